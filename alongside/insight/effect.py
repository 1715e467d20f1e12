"""What a change would do to the cases of a population, in bands only: no count leaves here that is not one.

The measure of a change is what its rules come to together: whether a case meets any criterion for MARAC where the change touches
one, else whether any rule that the change touches fires.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from alongside.insight.turning import is_not_known, undecided_by
from alongside.policy.bands import NONE, Band, Released, added, band, release
from alongside.policy.effects import KINDS, referring
from alongside.policy.population import CASE, LEVELS, PLACE, WEEK
from alongside.policy.regime import Regime, changed_areas, changed_rules
from alongside.policy.replay import by_case, compare
from alongside.policy.values import Outcome

_NO, _OPEN, _YES = (LEVELS.index(one) for one in (Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE, Outcome.FIRES))
_MOST_FACTS = 3
Steps = tuple[tuple[int, int], ...]
GAINED: Steps = ((_NO, _YES), (_OPEN, _YES))
LOST: Steps = ((_YES, _NO), (_YES, _OPEN))
OPENED: Steps = ((_NO, _OPEN),)
CLEARED: Steps = ((_OPEN, _NO),)


@dataclass(frozen=True)
class Area:
    """What changes for one area: each kind of change, the cases that count before, and those that cannot be told."""

    kinds: Mapping[str, Band]
    before: Band
    more: Band
    fewer: Band
    undecided: Band


@dataclass(frozen=True)
class Effect:
    """What a change does. `rules`: by rule and area; `areas`: by area, of the measure; `weeks`: more of it, or fewer, by week.

    `undecided_for`: the questions most often open in cases that cannot be told, each with how many such cases.
    """

    is_marac: bool
    cases: Band
    rules: Mapping[str, Mapping[str, Mapping[str, Band]]]
    areas: Mapping[str, Area]
    more: Band
    fewer: Band
    opened: Band
    undecided: Band
    undecided_for: tuple[tuple[str, Band], ...]
    weeks: Mapping[str, Band] | None
    weeks_are_fewer: bool


def effect(before: Regime, after: Regime, frame: pl.LazyFrame, weeks: Sequence[str]) -> Effect:
    """What the second regime does otherwise than the first, over a population. `weeks`: those to show, each once."""
    changed = changed_rules(before, after)
    marac = referring(after) or referring(before)
    is_marac = bool(set(changed) & set(marac))
    measured = marac if is_marac else changed
    columns = frame.collect_schema().names()
    open_, facts = undecided_by(changed, before, after, columns)
    place = PLACE["victim"] if is_marac else _place(changed, before, after)
    levels = {
        name: pl.max_horizontal(pl.lit(_NO, pl.Int8), *(one.level(rule, columns) for rule in measured))
        for name, one in (("was", before), ("is", after))
    }
    levels["open"] = open_.cast(pl.Int8)
    levels |= {f"?{fact}": (open_ & is_not_known(fact, columns)).cast(pl.Int8) for fact in facts}
    # Only where the change is: an area that it does not touch has nothing to tell of it, and would seem to be told "no".
    here = pl.col(place).is_in(sorted(changed_areas(before, after)))
    held = by_case(frame, levels, [place, WEEK], CASE).filter(here).collect(engine="streaming")
    return _told(held, place, facts, weeks, is_marac, _by_rule(compare(before, after, frame, by=["area"], case=CASE)))


def _told(
    held: pl.DataFrame,
    place: str,
    facts: Sequence[str],
    weeks: Sequence[str],
    is_marac: bool,
    rules: Mapping[str, Mapping[str, Mapping[str, Band]]],
) -> Effect:
    """The rows counted, and put into bands."""
    untold = held.filter((pl.col("open") == 1) & (pl.col("is") != _YES))
    areas = sorted(held[place].drop_nulls().unique())
    steps = _steps(held, place)
    undecided = release({area: 0 for area in areas} | _counts(untold, place))
    gained, lost = _sum(steps, GAINED), _sum(steps, LOST)
    falls = lost > gained
    weekly = {week: 0 for week in weeks} | _counts(_only(held, LOST if falls else GAINED), WEEK)
    more = release(_cells(steps, GAINED, areas), None if falls else weekly)
    fewer = release(_cells(steps, LOST, areas), weekly if falls else None)
    return Effect(
        is_marac=is_marac,
        cases=band(held.height),
        rules=rules,
        areas=_areas(areas, steps, _counts(held.filter(pl.col("was") == _YES), place), undecided),
        more=more.total,
        fewer=fewer.total,
        opened=release(_cells(steps, OPENED, areas)).total,
        undecided=undecided.total,
        undecided_for=_most(untold, facts),
        weeks=(fewer if falls else more).weeks,
        weeks_are_fewer=falls,
    )


def _areas(
    areas: Iterable[str], steps: Mapping[tuple[str, int, int], int], before: Mapping[str, int], undecided: Released
) -> dict[str, Area]:
    return {
        area: Area(
            kinds=_kinds({step: steps.get((area, *step), 0) for step in _EVERY}),
            before=band(before.get(area, 0)),
            more=added(band(steps.get((area, *step), 0)) for step in GAINED),
            fewer=added(band(steps.get((area, *step), 0)) for step in LOST),
            undecided=undecided.parts[area],
        )
        for area in areas
    }


_EVERY: Steps = (*GAINED, *OPENED, *LOST, *CLEARED)
_LEVEL = {str(one): place for place, one in enumerate(LEVELS)}


def _kinds(counts: Mapping[tuple[int, int], int]) -> dict[str, Band]:
    """Each kind of change in the words of the command, worked out from the bands of its steps."""
    return {
        words: added(band(counts.get((_LEVEL[was], _LEVEL[is_]), 0)) for was, is_ in pairs)
        for words, pairs in KINDS.items()
    }


def _by_rule(changes: pl.DataFrame) -> dict[str, dict[str, dict[str, Band]]]:
    found: dict[str, dict[str, dict[tuple[int, int], int]]] = {}
    for rule, area, was, is_, count in changes.iter_rows():
        found.setdefault(rule, {}).setdefault(area, {})[_LEVEL[was], _LEVEL[is_]] = count
    return {rule: {area: _kinds(counts) for area, counts in sorted(held.items())} for rule, held in found.items()}


def _steps(held: pl.DataFrame, place: str) -> dict[tuple[str, int, int], int]:
    counted = held.filter(pl.col("was") != pl.col("is")).group_by(place, "was", "is").len()
    return {(area, was, is_): count for area, was, is_, count in counted.iter_rows()}


def _cells(steps: Mapping[tuple[str, int, int], int], wanted: Steps, areas: Iterable[str]) -> dict[object, int]:
    """Every cell that is shown of some steps: they and the weeks add up to the same."""
    return {(area, *step): steps.get((area, *step), 0) for area in areas for step in wanted}


def _sum(steps: Mapping[tuple[str, int, int], int], wanted: Steps) -> int:
    return sum(count for (_, *step), count in steps.items() if tuple(step) in wanted)


def _only(held: pl.DataFrame, wanted: Steps) -> pl.DataFrame:
    return held.filter(pl.any_horizontal((pl.col("was") == was) & (pl.col("is") == is_) for was, is_ in wanted))


def _counts(rows: pl.DataFrame, column: str) -> dict[str, int]:
    return dict(rows.group_by(column).len().iter_rows())


def _most(untold: pl.DataFrame, facts: Sequence[str]) -> tuple[tuple[str, Band], ...]:
    counts = [(fact, band(int(untold[f"?{fact}"].sum()))) for fact in facts]
    return tuple(sorted((one for one in counts if one[1] != NONE), key=lambda one: -one[1].high)[:_MOST_FACTS])


def _place(changed: Sequence[str], before: Regime, after: Regime) -> str:
    return next(((after if rule in after.parts else before).place(rule) for rule in changed), PLACE["home"])
