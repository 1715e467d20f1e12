"""Reading the TOML of a pack, and knowing on which line each table and key stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from alongside.policy.faults import Fault

_HEADER = re.compile(r"^\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
UNREAD = frozenset({"not-utf-8", "toml-syntax", "unreadable"})
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass
class Source:
    """One TOML file: its data, and where things stand in it. `name` is the path under the root."""

    name: str
    text: str
    data: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lines = self.text.splitlines()
        self._headers = [
            (number, found.group(1)) for number, line in enumerate(self.lines, 1) if (found := _HEADER.match(line))
        ]

    def line_of(self, table: str, index: int = 0, key: str | None = None) -> int:
        """Line of the `index`-th table of that name, or of a key in it; 1 when it cannot be told."""
        places = [place for place, (_, name) in enumerate(self._headers) if name == table]
        if index >= len(places):
            return self._inline(table, key)
        place = places[index]
        first = self._headers[place][0]
        last = self._headers[place + 1][0] - 1 if place + 1 < len(self._headers) else len(self.lines)
        return self._key(first, last, key) or first

    def _inline(self, table: str, key: str | None) -> int:
        """`[parameter]` with `name = { … }` on one line; `atom` of which there is only `[atom.NAME]`."""
        above, _, name = table.rpartition(".")
        for number, header in self._headers:
            if key is None and header.startswith(f"{table}."):
                return number
            if header == above and above:
                return self._key(number, len(self.lines), name) or number
        return self._key(1, len(self.lines), key or name) or 1

    def _key(self, first: int, last: int, key: str | None) -> int | None:
        wanted = re.compile(rf'^\s*"?{re.escape(key)}"?\s*[=.]') if key else None
        for number in range(first, last + 1):
            if wanted and wanted.match(self.lines[number - 1]):
                return number
        return None


def read(root: Path, path: Path) -> Source | Fault:
    """Read one file; a fault when it is not there, not UTF-8 or not TOML."""
    name = path.relative_to(root).as_posix()
    try:
        text = path.read_bytes().decode("utf-8")
        return Source(name, text, tomllib.loads(text, parse_float=Decimal))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Fault(name, line, "the file is not UTF-8", "save it as UTF-8", "not-utf-8")
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at.group(1)) if at else text.count("\n") + 1
        return Fault(name, line, f"not TOML: {error}", "mend the line", "toml-syntax")
    except (OSError, RecursionError) as error:
        return Fault(name, 1, f"the file cannot be read: {type(error).__name__}", "", "unreadable")


def read_folder(root: Path, folder: Path) -> tuple[list[Source], list[Fault]]:
    """Every *.toml directly in a folder, in the order of their names."""
    found = [read(root, path) for path in sorted(folder.glob("*.toml"))]
    return [one for one in found if isinstance(one, Source)], [one for one in found if isinstance(one, Fault)]


def tables(source: Source, name: str) -> Iterator[tuple[str, Any, int]]:
    """The sub-tables of `[name.X]` with their lines; a list gives each of its tables."""
    held = source.data.get(name, {})
    if not isinstance(held, dict):
        return
    for key, value in held.items():
        each = value if isinstance(value, list) else [value]
        for index, one in enumerate(each):
            yield key, one, source.line_of(f"{name}.{key}", index)
