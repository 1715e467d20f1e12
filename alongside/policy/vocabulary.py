"""The facts that may be known of a case: type, bounds, words, and the question in plain words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

TYPES = ("boolean", "integer", "number", "word", "datetime")
KINDS = ("observed", "event", "judgement", "setting", "derived", "moment", "timer")
PER = ("case", "pair", "child", "consent")


@dataclass(frozen=True)
class Fact:
    """One entry of the vocabulary (`packs/vocabulary`).

    `range` holds the least and greatest possible number; `words` the allowed words of type word; `applies_when` and
    `derived` are condition texts. `who` names the staff roles who can know; empty where no person is ever asked.
    `said` and `not_said` are how a sentence says a boolean ("the victim is pregnant"); of any other type `said` is what it
    is ("the age of the victim"), with the `unit` of a number in the singular and a phrase for each of `words`.
    """

    name: str
    type: str
    kind: str = "observed"
    unknown_ok: bool = True
    question: str = ""
    meaning: str = ""
    said: str = ""
    not_said: str = ""
    unit: str = ""
    words_said: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    per: str = "case"
    range: tuple[int | Decimal, int | Decimal] | None = None
    words: tuple[str, ...] = ()
    applies_when: str | None = None
    derived: str | None = None
    sensitive: bool = False

    @property
    def is_number(self) -> bool:
        return self.type in ("integer", "number")

    @property
    def askable(self) -> bool:
        """Whether the fact is ever a question to a person."""
        return self.kind in ("observed", "judgement") and self.unknown_ok and self.type != "datetime"


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name spelt most like `name`, or None when nothing comes near."""
    return _nearest(name, tuple(names))


@lru_cache(maxsize=1000)  # a name that is missing may be met in a hundred rules
def _nearest(name: str, names: tuple[str, ...]) -> str | None:
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A remedy naming the nearest spelling, or the empty string."""
    close = nearest(name, names)
    return f"did you mean {close}?" if close else ""
