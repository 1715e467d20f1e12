"""Counts of people as they may be shown: nought, "1 to 4", or to the nearest five; and sums that give nothing away.

Every number of a page is one of these bands, or is worked out from them and from nothing else. What rounding leaves open could
still be narrowed by a total beside its parts, so each is released only if every "1 to 4" may still be any of the four.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

FEWEST: Final = 5  # fewer than this could be known by somebody who knows the area


@dataclass(frozen=True, order=True)
class Band:
    """What a count is known to be: at least `low`, at most `high`."""

    low: int
    high: int

    def __add__(self, other: Band) -> Band:
        return Band(self.low + other.low, self.high + other.high)

    @property
    def is_small(self) -> bool:
        return self == SMALL

    @property
    def about(self) -> float:
        """The number shown, else the middle: for a drawing, and for work that is only estimated."""
        middle = (self.low + self.high) / 2
        return FEWEST * round(middle / FEWEST) if self._is_rounded else middle

    @property
    def words(self) -> str:
        if self._is_rounded:
            return f"{self.about:,}"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"

    @property
    def _is_rounded(self) -> bool:
        return self.low >= FEWEST and self.high - self.low < FEWEST


NONE: Final = Band(0, 0)
SMALL: Final = Band(1, FEWEST - 1)


def band(count: int) -> Band:
    """A count as it may be shown."""
    if count == 0:
        return NONE
    if count < FEWEST:
        return SMALL
    middle = FEWEST * round(count / FEWEST)
    return Band(max(FEWEST, middle - 2), middle + 2)


def added(bands: Iterable[Band]) -> Band:
    """What a sum is known to be from its parts."""
    return sum(bands, NONE)


@dataclass(frozen=True)
class Released:
    """One count in all, and cut in two ways. `weeks` is None where showing them would narrow a small count."""

    total: Band
    parts: Mapping[object, Band]
    weeks: Mapping[str, Band] | None = field(default=None)


def release(parts: Mapping[object, int], weeks: Mapping[str, int] | None = None) -> Released:
    """Of a count cut into parts, and into weeks, as much as may be shown together.

    First the weeks are given up, then the rounded total, in whose place stands what the parts add up to.
    """
    total = band(sum(parts.values()))
    cut = {key: band(count) for key, count in parts.items()}
    weekly = {key: band(count) for key, count in weeks.items()} if weeks is not None else None
    if weekly is not None and is_safe(total, [list(cut.values()), list(weekly.values())]):
        return Released(total, cut, weekly)
    if is_safe(total, [list(cut.values())]):
        return Released(total, cut)
    return Released(added(cut.values()), cut)


def is_safe(total: Band, cuts: Sequence[Sequence[Band]]) -> bool:
    """Whether every small count may still be any of 1 to 4 for whoever sees the total and each way it is cut.

    Exact: cuts meet in nothing but their sum, and any table of counts can be filled in to have these sums.
    """
    sums = [added(cut) for cut in cuts]
    low = max(total.low, *(one.low for one in sums))
    high = min(total.high, *(one.high for one in sums))
    return all(
        low - (whole.high - SMALL.high) <= SMALL.low and high - (whole.low - SMALL.low) >= SMALL.high
        for cut, whole in zip(cuts, sums, strict=True)
        if SMALL in cut
    )
