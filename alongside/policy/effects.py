"""What a change comes to, for people to read: its counts in words, the meetings it makes, small counts not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import polars as pl

from alongside.policy.bands import band, release
from alongside.policy.counting import CASES, IS, WAS, Engine, Pair, readers
from alongside.policy.population import CASE, LEVELS, PLACE
from alongside.policy.regime import Regime
from alongside.policy.replay import AREA, Cases, engine_of
from alongside.policy.values import Outcome

MARAC: Final = "refer_to_marac"
# SafeLives' figure for a meeting's usual length; a default, to be confirmed by the partnership.
CASES_PER_MEETING: Final = 16
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

    @property
    def about(self) -> Meetings:
        """The same from what is shown of the cases: at one case a meeting the meetings would tell the count."""
        before, after = (ceil(band(count).about) for count in (self.heard_before, self.heard_after))
        return Meetings(self.area, before, after, self.per_meeting)


def meetings(before: Regime, after: Regime, cases: Cases, per_meeting: int, case: str | None = CASE) -> list[Meetings]:
    """For each area, by the victim's home: cases in which any rule refers to MARAC, or opens referring to it."""
    engine = engine_of(cases)
    was, is_ = (_heard(regime, engine) for regime in (before, after))
    counted = engine.count({MARAC: Pair(was, is_, {AREA: PLACE["victim"]})}, case, changed=False)
    heard = [
        pl.col(CASES).filter(pl.col(which) == LEVELS.index(Outcome.FIRES)).sum().alias(which) for which in (WAS, IS)
    ]
    found = counted.group_by(AREA).agg(heard).sort(AREA)
    return [Meetings(where, was, is_, per_meeting) for where, was, is_ in found.iter_rows()]


def _heard(regime: Regime, engine: Engine[Any]) -> Any:
    written = readers(engine)
    truths = [regime.said(rule, written) for rule in referring(regime)]
    return engine.say.level(engine.say.some([engine.say.constant(False), *truths]))


def referring(regime: Regime) -> list[str]:
    """The rules that refer to MARAC, or open referring to it."""
    return [id_ for id_, rule in regime.rules.items() if MARAC in (rule.action, rule.opens)]


def shown(count: int, exact: bool) -> str:
    """A count as it may be read, here and on the page: nought, "1 to 4", or to the nearest five."""
    return f"{count:,}" if exact else band(count).words


def in_all(table: pl.DataFrame, exact: bool) -> pl.DataFrame:
    """A table by rule and area in words, added up over the areas: no total narrows a small count that it is made of."""
    rows = []
    for (rule,), held in table.group_by("rule", maintain_order=True):
        cells = {kind: {area: int(count) for area, count in held.select(AREA, kind).iter_rows()} for kind in KINDS}
        told = {
            kind: shown(sum(counts.values()), True) if exact else release({**counts}).total.words
            for kind, counts in cells.items()
        }
        rows.append({"rule": rule} | told)
    return pl.DataFrame(rows, schema=dict.fromkeys(["rule", *KINDS], pl.String))
