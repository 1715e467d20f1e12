"""No number that is shown, nor any sum or difference of them, tells a count of one to four."""

from __future__ import annotations

import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy.bands import NONE, SMALL, Band, Released, band, release

few = st.one_of(st.integers(0, 6), st.integers(0, 60))
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(few, min_size=width, max_size=width), min_size=1, max_size=4)
)


def test_a_count_is_nought_small_or_to_the_nearest_five() -> None:
    said = {count: band(count).words for count in (0, 1, 4, 5, 7, 8, 12, 13, 1_392)}
    assert said == {
        0: "0",
        1: "1 to 4",
        4: "1 to 4",
        5: "5",
        7: "5",
        8: "10",
        12: "10",
        13: "15",
        1_392: "1,390",
    }


@given(st.integers(0, 3_000))
def test_a_band_holds_its_count(count: int) -> None:
    held = band(count)
    assert held.low <= count <= held.high
    assert (held == SMALL) == (1 <= count <= 4) and (held == NONE) == (count == 0)


def test_a_total_that_would_tell_is_not_shown() -> None:
    # Two small counts and a total of ten: eight at the least, so that both would be four.
    assert release({"a": 4, "b": 4}).total.words == "2 to 8"
    assert release({"a": 50, "b": 3}).total.words == "55"
    assert release({"a": 50, "b": 3}).parts == {"a": band(50), "b": SMALL}


def test_weeks_that_would_tell_are_not_shown() -> None:
    # 4 and 3 by area, 5 and 2 by week: the weeks add up to six at the least, so that neither area could have one.
    assert release({"a": 4, "b": 3}, {"w1": 5, "w2": 2}) == Released(band(7), {"a": SMALL, "b": SMALL})
    assert release({"a": 40, "b": 2}, {"w1": 20, "w2": 22}).weeks is not None


@settings(max_examples=120, deadline=None)
@given(tables)
def test_every_small_count_may_be_any_of_four(table: list[list[int]]) -> None:
    areas = {f"a{at}": sum(row) for at, row in enumerate(table)}
    weeks = {f"w{at}": sum(column) for at, column in enumerate(zip(*table, strict=True))}
    shown = release(areas, weeks)
    solver = z3.Solver()
    cells = [[z3.Int(f"{a}/{w}") for w in weeks] for a in areas]
    solver.add(*(cell >= 0 for row in cells for cell in row))
    sums = {a: z3.Sum(row) for a, row in zip(areas, cells, strict=True)}
    sums |= {w: z3.Sum(column) for w, column in zip(weeks, zip(*cells, strict=True), strict=True)}
    _shown(solver, z3.Sum(list(sums[a] for a in areas)), shown.total)
    for key, held in _all(shown).items():
        _shown(solver, sums[key], held)
    assert solver.check() == z3.sat  # what is shown is so
    for key, held in _all(shown).items():
        if held == SMALL:
            assert [n for n in range(1, 5) if solver.check(sums[key] == n) != z3.sat] == [], key


def _all(shown: Released) -> dict[str, Band]:
    return {str(key): held for key, held in [*shown.parts.items(), *(shown.weeks or {}).items()]}


def _shown(solver: z3.Solver, value: z3.ArithRef, held: Band) -> None:
    solver.add(value >= held.low, value <= held.high)
