"""All that leaves of a change, taken together, tells no count of one to four."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path

import z3
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.insight.effect import Effect, effect
from alongside.policy import Range, Value
from alongside.policy.asked import changes, regimes
from alongside.policy.bands import SMALL, Band, added
from alongside.policy.population import week_of
from alongside.policy.regime import Regime
from alongside.policy.store import read
from alongside.procedures.queries import library
from tests.apps.insight.conftest import DAY, population

AREAS, WEEKS = ("coventry", "walsall"), 3
# What becomes of a case with so many ticks when 12 take the place of 14.
BECOMES: dict[str, Value] = {"no → yes": 12, "cannot decide → yes": Range(13, 15), "already": 20, "still open": None}
counts = st.lists(st.integers(0, 8), min_size=12, max_size=12) | st.lists(
    st.sampled_from([0, 0, 1, 2, 4, 5, 12]), min_size=12, max_size=12
)


@cache
def rules() -> tuple[Regime, Regime]:
    return regimes(library(), DAY, {}, changes(library(), "all", DAY, {"marac_ticks": "12"}))


def day_of(week: int) -> date:
    return DAY - timedelta(weeks=week)


def tried(folder: Path, cells: dict[tuple[str, int, str], int]) -> Effect:
    """The effect on so many cases of each area, week and kind."""
    cases = [(area, BECOMES[kind], day_of(week)) for (area, week, kind), count in cells.items() for _ in range(count)]
    out = folder / "cases.parquet"
    population(out, [*cases, ("coventry", 0, DAY), ("walsall", 0, DAY)])
    return effect(*rules(), read(out, library().vocabulary).frame, [week_of(day_of(week)) for week in range(WEEKS)])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts)
def test_no_small_count_can_be_worked_out(tmp_path_factory: object, many: list[int]) -> None:
    gained = list(BECOMES)[:2]
    cells = dict(zip(product(AREAS, range(WEEKS), gained), many, strict=True))
    found = tried(tmp_path_factory.mktemp("effect"), cells)  # type: ignore[attr-defined]
    asked = {key: z3.Int(str(key)) for key in cells}
    solver = z3.Solver()
    solver.add(*(one >= 0 for one in asked.values()))
    shown: list[tuple[z3.ArithRef, Band]] = [(z3.Sum(list(asked.values())), found.more)]
    for area, kind in product(AREAS, gained):
        shown.append((z3.Sum([asked[area, week, kind] for week in range(WEEKS)]), found.areas[area].kinds[kind]))
    for week in range(WEEKS) if found.weeks is not None else ():
        held = [asked[area, week, kind] for area, kind in product(AREAS, gained)]
        shown.append((z3.Sum(held), (found.weeks or {})[week_of(day_of(week))]))
    solver.add(*(one for sum_, band in shown for one in (sum_ >= band.low, sum_ <= band.high)))
    assert (
        solver.check(*(asked[key] == count for key, count in cells.items())) == z3.sat
    )  # the truth is among what may be
    for sum_, band in shown:
        if band == SMALL:
            assert [count for count in range(1, 5) if solver.check(sum_ == count) != z3.sat] == []


def test_what_is_counted(tmp_path: Path) -> None:
    cells = {
        ("coventry", 0, "no → yes"): 6,
        ("coventry", 1, "cannot decide → yes"): 11,
        ("walsall", 2, "already"): 9,
        ("walsall", 1, "still open"): 8,
    }
    found = tried(tmp_path, cells)
    coventry, walsall = found.areas["coventry"], found.areas["walsall"]
    assert (coventry.kinds["no → yes"].words, coventry.kinds["cannot decide → yes"].words) == ("5", "10")
    assert (walsall.before.words, walsall.more.words, walsall.undecided.words) == ("10", "0", "10")
    assert (found.more.words, found.fewer.words, found.undecided.words) == ("15", "0", "10")
    assert [(fact, band.words) for fact, band in found.undecided_for] == [("dash_yes_count", "10")]
    assert found.is_marac and found.cases.words == "35"
    assert Counter(band.words for band in (found.weeks or {}).values()) == {"5": 1, "10": 1, "0": 1}
    assert set(found.rules) == {"wm-marac-14-ticks", "wm-marac-any-agency"}
    assert added(kinds["no → yes"] for kinds in found.rules["wm-marac-14-ticks"].values()).words == "5"


def test_only_the_area_of_the_change_is_told_of(tmp_path: Path) -> None:
    out = tmp_path / "cases.parquet"
    population(out, [("coventry", 12, DAY)] * 7 + [("walsall", 12, DAY)] * 40)
    one = regimes(library(), DAY, {}, changes(library(), "coventry", DAY, {"marac_ticks": "12"}))
    found = effect(*one, read(out, library().vocabulary).frame, [week_of(DAY)])
    assert set(found.areas) == {"coventry"} and found.cases.words == "5" and found.more.words == "5"
