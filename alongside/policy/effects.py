"""What a change comes to, for people to read: its counts in words, the meetings it makes, small counts not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from alongside.policy.population import CASE, LEVELS, PLACE
from alongside.policy.regime import Regime
from alongside.policy.replay import by_case
from alongside.policy.values import Outcome

MARAC: Final = "refer_to_marac"
# SafeLives' figure for a meeting's usual length; a default, to be confirmed by the partnership.
CASES_PER_MEETING: Final = 16
FEWEST_SHOWN: Final = 5
_FIRES, _NOT, _OPEN = (str(one) for one in (Outcome.FIRES, Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE))
# A column of the table: its words, and the changes that it counts.
KINDS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "no → yes": ((_NOT, _FIRES),),
    "cannot decide → yes": ((_OPEN, _FIRES),),
    "newly undecided": ((_NOT, _OPEN), (_FIRES, _OPEN)),
    "yes → no": ((_FIRES, _NOT),),
    "cannot decide → no": ((_OPEN, _NOT),),
}


def in_words(changes: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """One line for each rule and group: how many cases changed in each way."""
    counted = [
        pl.col("cases").filter(pl.any_horizontal((pl.col("was") == was) & (pl.col("becomes") == is_) for was, is_ in kinds))
        .sum().cast(pl.Int64).alias(words)
        for words, kinds in KINDS.items()
    ]  # fmt: skip
    return changes.group_by("rule", *by).agg(counted).sort("rule", *by)


@dataclass(frozen=True)
class Meetings:
    """Cases that meet a criterion of an area's MARAC before and after, and the meetings it takes to hear them."""

    area: str
    heard_before: int
    heard_after: int
    per_meeting: int

    @property
    def before(self) -> int:
        return -(-self.heard_before // self.per_meeting)

    @property
    def after(self) -> int:
        return -(-self.heard_after // self.per_meeting)


def meetings(
    before: Regime, after: Regime, frame: pl.LazyFrame, per_meeting: int, case: str | None = CASE
) -> list[Meetings]:
    """For each area, by the victim's home: cases in which any rule refers to MARAC, or opens referring to it."""
    columns = frame.collect_schema().names()
    levels = {
        name: pl.max_horizontal(pl.lit(0, pl.Int8), *(regime.level(rule, columns) for rule in _referring(regime)))
        for name, regime in (("before", before), ("after", after))
    }
    area = PLACE["victim"]
    heard = [(pl.col(name) == LEVELS.index(Outcome.FIRES)).sum() for name in levels]
    found = by_case(frame, levels, [area], case).group_by(area).agg(heard).sort(area).collect(engine="streaming")
    return [Meetings(where, was, is_, per_meeting) for where, was, is_ in found.iter_rows()]


def _referring(regime: Regime) -> list[str]:
    return [id_ for id_, rule in regime.rules.items() if MARAC in (rule.action, rule.opens)]


def shown(count: int, exact: bool) -> str:
    """A count as it may be read: one to four people could be known by somebody who knows the area."""
    return str(count) if exact or count == 0 or count >= FEWEST_SHOWN else f"1 to {FEWEST_SHOWN - 1}"


def rounded(count: int, exact: bool) -> str:
    """A total whose difference from another would give away a small count: to the nearest five."""
    return f"{count:,}" if exact else f"about {FEWEST_SHOWN * round(count / FEWEST_SHOWN):,}"
