"""What would have been otherwise: two regimes over the same cases, counted by what changed. Only rules that differ are decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from alongside.policy.population import LEVELS
from alongside.policy.regime import Regime, changed_rules

AREA = "area"
_AT_ONCE = 25  # rules whose outcomes are held for every case at a time


def compare(
    before: Regime, after: Regime, frame: pl.LazyFrame, by: Sequence[str] = (), case: str | None = None
) -> pl.DataFrame:
    """Cases whose outcome changed: columns `rule`, those of `by`, `was`, `becomes` and `cases` (a count), sorted.

    A rule that one regime does not have does not fire there. `case`: the column that says which rows are one case; None: each
    row is. `by`: columns that are alike in all rows of a case; `area` is the area by which a case comes under the rule.
    """
    rules = changed_rules(before, after)
    kept = [
        column for one in by for column in ([_place(rule, before, after) for rule in rules] if one == AREA else [one])
    ]
    parts = [
        found
        for start in range(0, len(rules), _AT_ONCE)
        for found in _some(rules[start : start + _AT_ONCE], before, after, frame, by, list(dict.fromkeys(kept)), case)
    ]
    empty = pl.DataFrame(schema={"rule": pl.String, **dict.fromkeys(by, pl.String), **_COUNTED})
    return pl.concat([empty, *parts], how="vertical_relaxed").sort("rule", *by, "was", "becomes")


_COUNTED = {"was": pl.String, "becomes": pl.String, "cases": pl.UInt32}


def by_case(frame: pl.LazyFrame, levels: dict[str, pl.Expr], kept: Sequence[str], case: str | None) -> pl.LazyFrame:
    """One row a case, with its columns `kept` and the greatest of each level over its rows."""
    rows = frame.select(*([case] if case else []), *(one for one in kept if one != case), **levels)
    if case is None:
        return rows
    return rows.group_by(case).agg(
        *(pl.col(one).first() for one in kept if one != case), *(pl.col(one).max() for one in levels)
    )


def _some(
    rules: Sequence[str],
    before: Regime,
    after: Regime,
    frame: pl.LazyFrame,
    by: Sequence[str],
    kept: Sequence[str],
    case: str | None,
) -> Iterator[pl.DataFrame]:
    """The changes of some rules. Outcomes are compared as numbers and put into words only once they are counted."""
    columns = frame.collect_schema().names()
    levels = {f"__was_{rule}": before.level(rule, columns) for rule in rules}
    levels |= {f"__is_{rule}": after.level(rule, columns) for rule in rules}
    held = by_case(frame, levels, kept, case).collect(engine="streaming")
    for rule in rules:
        was, is_ = f"__was_{rule}", f"__is_{rule}"
        groups = [pl.col(_place(rule, before, after) if one == AREA else one).alias(one) for one in by]
        yield (
            held.lazy()
            .filter(pl.col(was) != pl.col(is_))
            .group_by(*groups, said(was).alias("was"), said(is_).alias("becomes"))
            .agg(pl.len().alias("cases"))
            .select(pl.lit(rule).alias("rule"), *by, "was", "becomes", "cases")
            .collect()
        )


def said(column: str) -> pl.Expr:
    """A level in the words of every file and answer."""
    return pl.col(column).replace_strict({place: str(one) for place, one in enumerate(LEVELS)}, return_dtype=pl.String)


def _place(rule: str, before: Regime, after: Regime) -> str:
    return (after if rule in after.parts else before).place(rule)
