"""Each rule's examples, decided by the engine: they are the rule's tests and its published page."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from alongside.policy import Library, Pack, Rule
from tests.shipped import shipped_packs

from .shelf import ids, rules

RULES = ids(rules())
TODAY = date(2026, 3, 2)


@lru_cache
def library() -> Library:
    """The shipped packs, with every check passed."""
    return shipped_packs()


@lru_cache
def bare() -> Pack:
    """All rules of all packs with no local choice in force, as the examples are meant."""
    library_ = library()
    rules: tuple[Rule, ...] = tuple(library_.every_rule())
    return Pack(area="", on=TODAY, rules=rules, layers=[], vocabulary=library_.vocabulary, parameters={}, values={})


@pytest.mark.parametrize("rule_id", RULES)
def test_the_examples_of_a_rule_come_out(rule_id: str) -> None:
    rule = bare().rule(rule_id)
    assert rule.examples
    for example in rule.examples:
        result = bare().decide_rule(rule_id, example.given)
        assert result.outcome == example.then, dict(example.given)
        if example.ask is not None:
            assert set(result.ask) == example.ask, dict(example.given)


@pytest.mark.parametrize("area", ["coventry", "stoke-on-trent"])
def test_every_rule_of_an_area_is_in_force_today(area: str) -> None:
    held = [rule for rule in library().pack(area, TODAY).rules if not rule.cite.sources]
    assert len(held) == {"coventry": 164, "stoke-on-trent": 188}[area]


def test_nothing_is_in_force_before_its_document() -> None:
    for area, day in (("coventry", date(2023, 8, 31)), ("staffordshire", date(2019, 8, 31))):
        assert [rule.id for rule in library().pack(area, day).rules if not rule.cite.sources] == []
    assert library().pack("coventry", date(2018, 7, 3)).rules == ()
