"""What is in force on a day: the last day counts, a change comes at midnight in London, and a layer leaves other days to the one below."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.cli.policy import decide_case
from alongside.policy import Library, PackFaults, load_library
from alongside.policy.layers import area_pack, chain, rules_in_force

RULES, LOCAL, LAND = "region/01-rules.toml", "town/01-local.toml", "land/pack.toml"


def edit(root: Path, file: str, was: str, becomes: str) -> None:
    path = root / file
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, becomes, 1))


def anew(root: Path) -> Library:
    """Fourteen ticks until 31 March 2026, twelve from 1 April, under one id."""
    text = (root / RULES).read_text()
    start = text.index('[[rule]]\nid = "rg-ticks"')
    old = text[start : text.index("[[rule]]", start + 1)]
    new = old.replace("ticks >= 14", "ticks >= 12").replace("ticks = 14", "ticks = 12").replace("max = 13", "max = 11")
    new = new.replace("effective_from = 2020-01-01", "effective_from = 2026-04-01")
    old = old.replace("effective_from = 2020-01-01", "effective_from = 2020-01-01\neffective_to = 2026-03-31")
    (root / RULES).write_text(text[:start] + old + new + text[text.index("[[rule]]", start + 1) :])
    edit(root, LAND, 'replaces = [{ rule = "rg-ticks", was = "ticks >= 14", becomes = "ticks >= :ticks_needed" }]', "")
    return load_library(root)


def outcome(library: Library, at: str, rule: str = "rg-ticks", **facts: object) -> str | None:
    answer = decide_case(library, area="townley", at=at, facts=facts or {"ticks": 12})
    return {one["rule"]: one["outcome"] for one in answer["results"]}.get(rule)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2019-12-31T23:59:59Z", None),  # the day before the first
        ("2020-01-01T00:00:00Z", "does-not-fire"),
        ("2026-03-31T22:59:59Z", "does-not-fire"),  # 23:59:59 in London, where it is summer: the last day counts
        ("2026-03-31T23:00:00Z", "fires"),  # midnight in London
        ("2026-04-01T00:59:59+02:00", "does-not-fire"),
        ("2026-04-01T00:30:00+01:00", "fires"),
    ],
)
def test_a_new_wording_holds_from_midnight_in_london(packs_copy: Path, at: str, said: str | None) -> None:
    assert outcome(anew(packs_copy), at) == said


def test_the_clocks_going_back_change_no_day(packs_copy: Path) -> None:
    library = anew(packs_copy)
    for at in ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"):  # 01:30 in London, twice
        assert outcome(library, at) == "fires"


def test_on_days_that_a_local_wording_leaves_the_one_below_holds(packs_copy: Path) -> None:
    edit(packs_copy, LOCAL, "effective_from = 2025-01-01", "effective_from = 2025-01-01\neffective_to = 2025-12-31")
    library = load_library(packs_copy)
    held = {
        on: library.pack("townley", on).rule("rg-note").pack
        for on in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    }
    assert list(held.values()) == ["region", "region/townley", "region/townley", "region"]


def test_a_hole_that_no_layer_fills_is_refused_and_one_filled_below_is_none(packs_copy: Path) -> None:
    edit(packs_copy, RULES, 'id = "rg-note"', 'id = "rg-note"\neffective_to = 2024-12-31')
    load_library(packs_copy)  # the local one begins the day after
    edit(packs_copy, LOCAL, "effective_from = 2025-01-01", "effective_from = 2025-02-01")
    with pytest.raises(
        PackFaults, match="rg-note holds neither here nor in a pack below from 2025-01-01 to 2025-01-31"
    ):
        load_library(packs_copy)


def test_a_number_holds_from_its_day(packs_copy: Path) -> None:
    was = '[parameter.call_threshold]\ntype = "integer"\nvalue = 3\nstatus = "confirm"\n'
    later = (
        was.replace("value = 3", "value = 2")
        + 'effective_from = 2026-04-01\nmay_vary = [1, 9]\nquestion = "How many?"\n'
    )
    edit(packs_copy, LAND, was, was + "effective_to = 2026-03-31\n")
    text = (packs_copy / LAND).read_text()
    (packs_copy / LAND).write_text(
        text.replace("[parameter.call_threshold]", "[[parameter.call_threshold]]")
        + "\n"
        + later.replace("[parameter.call_threshold]", "[[parameter.call_threshold]]")
    )
    library = load_library(packs_copy)
    assert outcome(library, "2026-03-31T12:00:00Z", "rg-escalation", calls=2) == "does-not-fire"
    assert outcome(library, "2026-04-01T12:00:00Z", "rg-escalation", calls=2) == "fires"
    assert library.days_of_change(date(2026, 1, 1)) == [date(2026, 1, 1), date(2026, 4, 1)]
    before, on, after = (library.pack("townley", date(2026, *day)) for day in ((3, 31), (4, 1), (7, 9)))
    assert before is library.pack("townley", date(2026, 1, 1)), "worked out once for the days between two changes"
    assert on is after and on is not before and on.hash != before.hash


@given(data=st.data())
def test_a_pack_shared_by_days_is_that_of_each_of_them(library: Library, data: st.DataObject) -> None:
    turns = library.days_of_change(date.min)[1:]
    assert len(turns) > 3
    near = st.sampled_from([day + timedelta(days=apart) for day in turns for apart in (-1, 0, 1)])
    area, day = data.draw(st.sampled_from(library.areas)), data.draw(near | st.dates())
    layers = [library.packs[one] for one in chain(area_pack(area, library.packs) or "", library.packs)]
    held = library.pack(area, day)
    stand = rules_in_force(layers, day)
    assert [(one.id, one.line) for one in held.rules] == [(one.id, one.line) for one in stand]
    assert held.parameters == library.parameters(area, day)
