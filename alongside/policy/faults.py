"""What is wrong with a pack: every fault at once, each with its file, its line and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `file` is relative to the root of the packs; `line` counts from 1; `kind` is a stable code."""

    file: str
    line: int
    message: str
    remedy: str = ""
    kind: str = ""

    def __str__(self) -> str:
        remedy = f": {self.remedy}" if self.remedy else ""
        return f"{self.file}:{self.line}: {self.message}{remedy}"


class PackFaults(Exception):
    """Packs that cannot be used; `faults` holds all of them, in the order of file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class PolicyError(ValueError):
    """Input that cannot be decided on: names the wrong thing and, where there is one, the nearest spelling."""
