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
_DEEPEST = 50
# A name of so many parts with dots between; the parser would take minutes over a very long one.
_LONG_NAME = re.compile(rf"""(?<![\w-])(?:["']?[\w-]+["']?[ \t]*\.[ \t]*){{{_DEEPEST}}}""")
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
    """Read one file; a fault when it is not there, no file at all (a pipe or a device), not UTF-8 or not TOML."""
    name = path.relative_to(root).as_posix()
    if path.exists() and not path.is_file():  # a pipe would be waited for without end
        return Fault(
            name, 1, "this is no file that can be read to its end", "put a file of text in its place", "unreadable"
        )
    try:
        text = path.read_bytes().decode("utf-8")
        if _LONG_NAME.search(text):
            return _too_deep(name)
        data = tomllib.loads(text, parse_float=Decimal)
        return Source(name, text, data) if _is_shallow(data) else _too_deep(name)
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return Fault(name, line, "the file is not UTF-8", "save it as UTF-8", "not-utf-8")
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at.group(1)) if at else text.count("\n") + 1
        return Fault(name, line, f"not TOML: {error}", "mend the line", "toml-syntax")
    except RecursionError:
        return _too_deep(name)
    except OSError as error:
        remedy = "see that it is there and may be read"
        return Fault(
            name, 1, f"the file cannot be read: {error.strerror or type(error).__name__}", remedy, "unreadable"
        )


def _is_shallow(data: Any) -> bool:
    """Whether tables and lists lie inside one another only as deep as a pack ever needs: what walks them may recurse."""
    level = [data]
    for _ in range(_DEEPEST):
        level = [
            part
            for one in level
            if isinstance(one, dict | list)
            for part in (one.values() if isinstance(one, dict) else one)
        ]
    return not level


def _too_deep(name: str) -> Fault:
    remedy = f"keep tables and lists at most {_DEEPEST} deep inside one another"
    return Fault(name, 1, "tables or lists are nested too deeply", remedy, "unreadable")


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
