"""Two packs beside each other: nothing is lost between the sides, and what is called the same decides the same."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.policy import NOT_APPLICABLE, Fact, Library, Pack, Range, Value
from alongside.policy.difference import PARTS, difference

from . import small

ON = date(2026, 3, 2)
ADOPTED: list[Mapping[str, Any]] = [
    {},
    {"marac_ticks": 12},
    {"marac_ticks": 14},
    {"marac_min_victim_age": 16, "police_share_trigger": "any-child"},
    {"force_in_encompass": False, "local_callout_threshold": 5},
    {"s47_list_scope": "after-nonengagement", "marf_deadline_hours": 24},
]


def value(fact: Fact, chance: random.Random) -> Value:
    kind = chance.random()
    if kind < 0.15:
        return None
    if kind < 0.18:
        return NOT_APPLICABLE
    if fact.type == "boolean":
        return chance.random() < 0.6
    if fact.words:
        return chance.choice(fact.words)
    low, high = sorted(chance.choices(range(40), k=2))
    return Range(low, high) if kind < 0.4 else low


def case(pack: Pack, chance: random.Random) -> dict[str, Value]:
    return {
        name: value(fact, chance)
        for name, fact in pack.vocabulary.items()
        if fact.type != "datetime" and fact.kind not in ("derived", "setting") and chance.random() < 0.8
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("coventry", "walsall"),
        ("coventry", "coventry"),
        ("staffordshire", "stoke-on-trent"),
        ("coventry", "staffordshire"),
    ],
)
@pytest.mark.parametrize("adopted", range(len(ADOPTED)))
def test_rules_called_the_same_decide_the_same(library: Library, one: str, other: str, adopted: int) -> None:
    before = library.pack(one, ON)
    declared = library.parameters(other, ON)
    after = library.pack(other, ON, adopted={k: v for k, v in ADOPTED[adopted].items() if k in declared})
    told = difference(before, after)
    ids = [rule.id for rule in (*told.only_before, *told.same)] + [one.before.id for one in told.changed]
    assert sorted(ids) == sorted(rule.id for rule in before.rules)
    assert len(told.only_after) + len(told.same) + len(told.changed) == len(after.rules)
    same, chance = [rule.id for rule in told.same], random.Random(adopted)  # noqa: S311
    for _ in range(150):
        facts = case(before, chance)
        assert before.outcomes(facts, same) == after.outcomes(facts, same)


def test_an_adopted_number_shows_as_a_condition_that_changed(library: Library) -> None:
    told = difference(library.pack("coventry", ON), library.pack("coventry", ON, adopted={"marac_ticks": 12}))
    assert {one.before.id: one.parts for one in told.changed} == {
        "wm-marac-14-ticks": ("when",),
        "wm-marac-any-agency": ("when",),
    }
    assert told.only_before == told.only_after == ()


def test_a_setting_and_a_deadline_show_too(library: Library) -> None:
    before = library.pack("staffordshire", ON)
    after = library.pack("staffordshire", ON, adopted={"marf_deadline_hours": 24, "local_callout_threshold": 9})
    changed = {one.before.id: one.parts for one in difference(before, after).changed}
    assert "timer" in changed["staffs-written-followup-48h"]
    coventry = difference(
        library.pack("coventry", ON), library.pack("coventry", ON, adopted={"local_callout_threshold": 9})
    )
    assert "wm-marac-escalation" in {one.before.id for one in coventry.changed if "when" in one.parts}


@pytest.mark.parametrize("part", PARTS)
def test_each_part_of_a_rule_is_looked_at(part: str) -> None:
    rule = small.rule("a")
    other = {"severity": 3, "timer": object(), "discharged_by": ("x",), "cite": replace(small.PLACE, line=2)}
    after = replace(rule, **{part: other.get(part, "other")})
    told = difference(small.pack(rule), small.pack(after))
    assert [one.parts for one in told.changed] == [(part,)]
    assert told.same == ()
