"""What would have been otherwise: two regimes over the same cases, counted by what changed. Only rules that differ are decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from alongside.policy.counting import CASES, IS, WAS, Engine, Pair, readers
from alongside.policy.frame import Frames, by_case
from alongside.policy.population import LEVELS
from alongside.policy.regime import Regime, changed_rules

__all__ = ["AREA", "Cases", "by_case", "compare", "engine_of", "said"]

AREA = "area"
Cases = pl.LazyFrame | Engine[Any]


def engine_of(cases: Cases) -> Engine[Any]:
    """What counts some cases: a frame is counted here."""
    return Frames(cases) if isinstance(cases, pl.LazyFrame) else cases


def compare(
    before: Regime, after: Regime, cases: Cases, by: Sequence[str] = (), case: str | None = None
) -> pl.DataFrame:
    """Cases whose outcome changed: columns `rule`, those of `by`, `was`, `becomes` and `cases` (a count), sorted.

    A rule that one regime does not have does not fire there. `case`: the column that says which rows are one case; None: each
    row is. `by`: columns that are alike in all rows of a case; `area` is the area by which a case comes under the rule.
    """
    rules, engine = changed_rules(before, after), engine_of(cases)
    pairs = {rule: _pair(rule, before, after, engine, by) for rule in rules}
    parts = [
        engine.count({rule: pairs[rule] for rule in rules[start : start + engine.at_once]}, case, changed=True)
        for start in range(0, len(rules), engine.at_once)
    ]
    empty = pl.DataFrame(schema={"pair": pl.String, **dict.fromkeys(by, pl.String), **_COUNTED})
    found = pl.concat([empty, *parts], how="vertical_relaxed").rename({"pair": "rule"})
    return found.with_columns(said(WAS), said(IS), pl.col(CASES).cast(pl.UInt32)).sort("rule", *by, WAS, IS)


_COUNTED = {WAS: pl.Int8, IS: pl.Int8, CASES: pl.UInt32}


def _pair(rule: str, before: Regime, after: Regime, engine: Engine[Any], by: Sequence[str]) -> Pair[Any]:
    written = readers(engine)
    was, is_ = (engine.say.level(regime.said(rule, written)) for regime in (before, after))
    place = (after if rule in after.parts else before).place(rule)
    return Pair(was, is_, {one: place if one == AREA else one for one in by})


def said(column: str) -> pl.Expr:
    """A level in the words of every file and answer."""
    return pl.col(column).replace_strict({place: str(one) for place, one in enumerate(LEVELS)}, return_dtype=pl.String)
