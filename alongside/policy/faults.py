"""What is wrong with a pack: every fault at once, each with its file, its line and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = frozenset(
    {
        "always-open",
        "bar-act",
        "condition",
        "cyclic-extends",
        "cyclic-fact",
        "dates-reversed",
        "duty-act",
        "duty-evidence",
        "duty-owner",
        "example",
        "failing-example",
        "follows",
        "form",
        "gap",
        "guidance-place",
        "may-vary",
        "missing-citation",
        "missing-date",
        "missing-example",
        "missing-gist",
        "missing-id",
        "no-pack",
        "no-packs",
        "not-utf-8",
        "opens-act",
        "overlap",
        "parameter-question",
        "parameter-type",
        "promise",
        "reaches",
        "replaces",
        "replaces-words",
        "severity",
        "source",
        "status",
        "timer",
        "toml-syntax",
        "twice",
        "unconfirmed",
        "unknown-act",
        "unknown-actor",
        "unknown-document",
        "unknown-fact",
        "unknown-key",
        "unknown-pack",
        "unknown-parameter",
        "unknown-rule",
        "unknown-word",
        "unreadable",
        "unproved",
        "vocabulary",
        "weaker",
        "why-reaches",
        "wrong-type",
        "yields",
    }
)


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `file` is relative to the root of the packs; `line` counts from 1; `kind` is a stable code."""

    file: str
    line: int
    message: str
    remedy: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of fault")

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
