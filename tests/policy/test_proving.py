"""What `policy check` proves: the promises, whatever is chosen, from today on; and a case for and against every rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from alongside.cli._packs import packs_root
from alongside.policy import Library, Outcome, load_library
from alongside.policy.codec import read_facts
from alongside.policy.exclusive import pairs
from alongside.policy.proving import as_json, prove

ON = date(2026, 11, 30)


def broken(library: Library) -> list[str]:
    return [found.notice.text for found in prove(library, ON) if found.notice.is_fault]


def test_every_promise_of_the_shipped_packs_is_kept_and_nothing_else_is_a_fault(library: Library) -> None:
    assert len(library.promises) >= 11
    assert broken(library) == []


def test_every_promise_is_kept_in_every_area_by_some_promise_about_babies(library: Library) -> None:
    about_babies = [one for one in library.promises.values() if "months < 12" in one.when]
    assert {area for one in about_babies for area in one.areas or library.areas} == set(library.areas)


def test_a_witness_decides_as_it_says_for_every_rule_of_every_area(library: Library) -> None:
    lacking = set()
    for area in library.areas:
        pack = library.pack(area, ON)
        found = as_json(pack, ON)["witnesses"]
        assert list(found) == [rule.id for rule in pack.rules]
        for rule, cases in found.items():
            for key, outcome in (("yes", Outcome.FIRES), ("no", Outcome.DOES_NOT_FIRE)):
                if cases[key] is None:
                    lacking.add((rule, key))
                else:
                    facts = read_facts(cases[key], pack.vocabulary)
                    assert pack.decide_rule(rule, facts).outcome is outcome, (rule, key)
    assert lacking <= {("wm-encompass-local-alternative", "yes"), ("england-newer-notice-use", "yes")}


def spoil(root: Path, file: str, was: str, becomes: str) -> Library:
    path = root / file
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, becomes, 1))
    return load_library(root)


def test_the_invented_promises_are_kept(townley: Library) -> None:
    assert broken(townley) == []


def test_a_choice_within_its_range_that_breaks_a_promise_is_told_with_its_case(packs_copy: Path) -> None:
    held = spoil(packs_copy, "land/pack.toml", "may_vary = [10, 14]", "may_vary = [10, 15]")
    [told] = broken(held)
    assert told.startswith(
        "promises.toml:1: promise ticks is broken: Fourteen ticks are never lost. A case falls through: "
    )
    assert "ticks = 14" in told and "ticks_needed = 15" in told and "ticks_needed_is_chosen = true" in told


def test_a_choice_set_aside_may_break_it(packs_copy: Path) -> None:
    spoil(packs_copy, "promises.toml", 'areas = ["townley"]', 'areas = ["townley"]\naside = { ticks_needed = "x" }')
    held = spoil(
        packs_copy, "promises.toml", 'unless = ["rg-ticks"]', 'unless = ["rg-ticks"]\naside = { ticks_needed = "x" }'
    )
    assert broken(held) == []
    assert broken(spoil(packs_copy, "land/pack.toml", "may_vary = [10, 14]", "may_vary = [10, 15]")) == []


def test_a_rule_that_ends_breaks_a_promise_from_the_day_after(packs_copy: Path) -> None:
    held = spoil(
        packs_copy,
        "region/01-rules.toml",
        "effective_from = 2020-01-01",
        "effective_from = 2020-01-01\neffective_to = 2027-03-31",
    )
    [found] = [found for found in prove(held, ON) if found.notice.is_fault]
    assert "promise baby is broken" in found.notice.text
    assert (found.on, found.areas) == (date(2027, 4, 1), ("townley",))


def test_a_promise_about_no_case_at_all_is_a_fault(packs_copy: Path) -> None:
    held = spoil(packs_copy, "promises.toml", "child_months < 12", "child_months < 0")
    assert ["promises nothing" in told for told in broken(held)] == [True]


def test_the_shipped_packs_are_checked_in_time() -> None:
    import time

    start = time.monotonic()
    prove(load_library(packs_root()), ON)
    assert time.monotonic() - start < 60


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('unless = ["rg-ticks"]', 'unless = ["rg-tick"]', "unknown rule rg-tick: did you mean rg-ticks?"),
        ('areas = ["townley"]', 'areas = ["townly"]', "unknown area townly: did you mean townley?"),
        ("ticks >= 14", "tickz >= 14", "unknown fact tickz: did you mean ticks?"),
        ('why = "Somebody may be killed."', "", "has no why"),
        ("cite = {", "#cite = {", "has no citation"),
        ('why = "Some', 'aside = { ticks_neded = "x" }\nwhy = "Some', "did you mean ticks_needed?"),
        ('why = "Some', 'aside = { ticks_needed = "" }\nwhy = "Some', "without saying why"),
        ('says = "Fourteen', 'sayz = "Fourteen', "did you mean says?"),
    ],
)
def test_a_promise_that_cannot_be_read_is_told_with_its_line(
    packs_copy: Path, was: str, becomes: str, told: str
) -> None:
    from alongside.policy import PackFaults

    with pytest.raises(PackFaults) as refused:
        spoil(packs_copy, "promises.toml", was, becomes)
    assert any(told in str(fault) for fault in refused.value.faults), str(refused.value)
    assert all(fault.file == "promises.toml" and fault.line in range(1, 16) for fault in refused.value.faults)


def test_what_gives_way_gives_way_to_exactly_what_could_fire_beside_it(library: Library) -> None:
    pack = library.pack("coventry", ON)
    keep = pack.rule("wm-csc-info-advice-only")
    alone = [replace(rule, yields_to=()) for rule in pack.rules]
    assert {other.id for one, other in pairs(alone, library.acts) if one.id == keep.id} == set(keep.yields_to)
    assert list(pairs(pack.rules, library.acts)) == []
