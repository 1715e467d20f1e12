"""The shipped packs as they lie on disk, read without the engine: what a sweep runs over."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2] / "packs"
HERE = Path(__file__).resolve().parent
Table = dict[str, Any]

AREA_FOLDERS = (
    *("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton"),
    *("stoke-on-trent", "staffordshire-county"),
)


def read(path: Path) -> Table:
    """One TOML file as a table."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def frozen(name: str) -> list[dict[str, str]]:
    """The rows of one of the frozen lists beside this file."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def rules() -> tuple[Table, ...]:
    """Every rule of every pack, in the order of files; `file` says where it stands."""
    return tuple(_rules())


@lru_cache
def cited() -> tuple[Table, ...]:
    """Those of the catalogue: each with the place of its sentence. The others rest on law or practice, and are ours."""
    return tuple(rule for rule in rules() if "cite" in rule)


def ours() -> tuple[Table, ...]:
    """Rules that rest on a source of law or practice."""
    return tuple(rule for rule in rules() if "source" in rule)


def _rules() -> Iterator[Table]:
    for path in sorted(ROOT.glob("*/*.toml")):
        for rule in read(path).get("rule", []):
            yield {**rule, "file": f"{path.parent.name}/{path.name}"}


def merged(folder: str, table: str) -> Table:
    """The `table` entries of all files of a folder; a name that occurs twice raises ValueError."""
    found: Table = {}
    for path in sorted((ROOT / folder).glob("*.toml")):
        for name, entry in read(path).get(table, {}).items():
            if name in found:
                raise ValueError(f"{folder}/{path.name}: {name} is defined twice")
            found[name] = entry
    return found


def facts() -> Table:
    """The vocabulary."""
    return merged("vocabulary", "fact")


def acts() -> Table:
    """The acts of all packs."""
    return merged("acts", "act")


def actors() -> Table:
    """The table of owners."""
    found: Table = read(ROOT / "owners.toml")["actor"]
    return found


def pack(folder: str) -> Table:
    """A pack's own file."""
    return read(ROOT / folder / "pack.toml")


def ids(tables: tuple[Table, ...] | list[Table]) -> list[str]:
    """Their ids, for the names of parametrised tests."""
    return [str(table["id"]) for table in tables]
