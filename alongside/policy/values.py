"""Values of facts: known, a range, not known, not applicable.

`True`, `False`, `int`, `Decimal`, `str` and an aware `datetime` are known. `None` is not known. `Range` is a number
known only within bounds. `NOT_APPLICABLE` means that the question does not arise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final, TypeAlias

Number: TypeAlias = int | Decimal


class NotApplicable(Enum):
    """The type of the one value NOT_APPLICABLE."""

    NOT_APPLICABLE = "not_applicable"

    def __repr__(self) -> str:
        return "NOT_APPLICABLE"


NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Range:
    """A number known to lie between `min` and `max`, both included; None leaves that end open.

    Raises ValueError when min > max.
    """

    min: Number | None = None
    max: Number | None = None

    def __post_init__(self) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min {self.min} is greater than max {self.max}")


Value: TypeAlias = bool | Number | str | datetime | Range | NotApplicable | None
Truth: TypeAlias = bool | None


class Outcome(StrEnum):
    """What a rule comes to, in the words of every file and answer."""

    FIRES = "fires"
    DOES_NOT_FIRE = "does-not-fire"
    CANNOT_DECIDE = "cannot-decide"


OUTCOME: Final[dict[Truth, Outcome]] = {
    True: Outcome.FIRES,
    False: Outcome.DOES_NOT_FIRE,
    None: Outcome.CANNOT_DECIDE,
}


def is_known(value: Value) -> bool:
    """Whether a value needs no further answer: a range and `None` do, not applicable does not."""
    return value is not None and not isinstance(value, Range)
