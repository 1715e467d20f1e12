"""The table of mutants, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("table.toml")
ENGINES = ("sqlite", "postgresql")


class NotThere(ValueError):
    """The text a mutant changes does not stand in its file exactly once."""


@dataclass(frozen=True)
class Mutant:
    """One change: in `file`, `old` becomes `new`; `tests` must then fail, on each of `engines`."""

    name: str
    danger: str
    file: str
    old: str
    new: str
    tests: Sequence[str]
    engines: Sequence[str] = ENGINES[:1]
    migrates: bool = False  # it changes what a migration makes, so that the database is made anew

    def changed(self, text: str) -> str:
        """The file's text with the change made; `NotThere` unless what is changed stands there once."""
        if text.count(self.old) != 1:
            raise NotThere(f"{self.name}: its text stands {text.count(self.old)} times in {self.file}, and not once")
        return text.replace(self.old, self.new)

    def said(self) -> str:
        """The change in one line, for a reader."""
        if not self.new.strip():
            return f"without `{_short(self.old)}`"
        return f"`{_short(self.old)}` becomes `{_short(self.new)}`"


def _short(text: str, longest: int = 90) -> str:
    line = " ".join(text.split()).replace("|", "/").replace("`", "'")
    return line if len(line) <= longest else f"{line[:longest]} …"


def mutants() -> list[Mutant]:
    """Every mutant, in the order of the table."""
    return [Mutant(**said) for said in tomllib.loads(TABLE.read_text("utf-8"))["mutant"]]
