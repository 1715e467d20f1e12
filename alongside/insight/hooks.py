"""Where sets of cases come from; the demonstration registers cases of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Tick = Callable[[int], None]
DECIDED = "decided"


@dataclass(frozen=True)
class Source:
    """`write(path, count, tick)` writes a population; `count` says how many there are, None: as many as are asked for.

    `button` is what asks for it, `says` what the cases are, `caution` what their course over the weeks does not say.
    """

    write: Callable[[Path, int, Tick], None]
    count: Callable[[], int] | None
    button: str
    says: str
    caution: str = ""


SOURCES: dict[str, Source] = {}


def register_source(code: str, source: Source) -> None:
    """Offer a source of cases; the same code again replaces it."""
    SOURCES[code] = source
