"""What is noticed in a pack, each kind provoked; and whether a case can fall through."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alongside.policy import Act, Outcome, PolicyError, Rule
from alongside.policy.exclusive import giving_way
from alongside.policy.noticing import falls_through, notices
from tests.policy import small


def texts(*rules: Any) -> list[str]:
    return [notice.text for notice in notices(small.pack(*rules), {})]


def rule(id_: str, when: str, **more: Any) -> Any:
    return small.rule(when, id=id_, **{"opens": "refer", **more})


def test_a_rule_that_can_never_fire_is_noticed() -> None:
    assert texts(rule("never", "n > 4")) == ["never can never fire: no case makes “n > 4” so with the choices in force"]


def test_a_rule_that_always_fires_is_noticed() -> None:
    assert texts(rule("always", "n >= 0")) == ["always always fires: every case makes “n >= 0” so"]


def test_a_rule_within_another_of_the_same_act_is_noticed() -> None:
    inside, outside = rule("inside", "a AND b"), rule("outside", "a")
    assert texts(inside, outside) == ["inside fires only where outside does, which asks for the same act"]
    assert texts(inside, rule("elsewhere", "a", opens="another")) == []
    assert texts(inside, rule("apart", "c")) == []


def test_a_duty_whose_act_is_forbidden_is_a_fault_with_its_case() -> None:
    duty = rule("duty", "a", reaches_as="duty", action="refer", opens=None)
    bar = rule("bar", "b AND NOT c", reaches_as="bar", forbids="refer", opens=None)
    [found] = notices(small.pack(duty, bar), {})
    assert found.is_fault
    assert found.text == "duty owes what bar forbids, as where a = true, b = true, c = false"
    never = rule("bar", "b AND NOT a", reaches_as="bar", forbids="refer", opens=None)
    assert notices(small.pack(duty, never), {}) == []


ACTS = {"wait": Act("wait", excludes=("act",)), "act": Act("act")}


def exclusive(*rules: Rule) -> list[str]:
    return [notice.text for notice in notices(small.pack(*rules), ACTS) if notice.is_fault]


def test_rules_that_call_for_acts_which_exclude_each_other_are_a_fault_with_their_case() -> None:
    wait, act = rule("wait", "a AND NOT b", opens="wait"), rule("act", "n >= 3", opens="act")
    told = (
        "wait (wait) and act (act) exclude each other and both fire, as where a = true, b = false, n = 3: "
        "say with yields_to which of them gives way"
    )
    assert exclusive(wait, act) == [told]
    assert exclusive(wait, rule("act", "b", opens="act")) == []
    assert exclusive(replace(wait, yields_to=("act",)), act) == exclusive(wait, replace(act, yields_to=("wait",))) == []
    assert exclusive(wait, rule("bar", "n >= 3", reaches_as="bar", forbids="act", opens=None)) == []


def test_a_rule_gives_way_only_where_both_fire_and_its_outcome_stays() -> None:
    wait, act = rule("wait", "a", opens="wait", yields_to=("act",)), rule("act", "b", opens="act")
    held = small.pack(wait, act)
    for facts, away in (
        ({"a": True, "b": True}, {"wait": "act"}),
        ({"a": True, "b": False}, {}),
        ({"a": True}, {}),
        ({"a": False, "b": True}, {}),
    ):
        fires = held.decide(facts).fires
        assert giving_way(held.rules, fires) == away
        assert ("wait" in fires) is facts["a"]


def test_a_choice_that_is_not_made_may_be_anything() -> None:
    assert texts(rule("open", "n >= :threshold AND n < 1")) == []
    held = small.pack(rule("open", "n >= :threshold AND n < 1"), threshold=2)
    assert [notice.text[:24] for notice in notices(held, {})] == ["open can never fire: no "]


def test_a_case_that_falls_through_is_printed() -> None:
    held = small.pack(rule("r", "a AND n < 3"))
    assert str(falls_through(held, "a AND n < 4", ["r"])) == "a = true, n = 3"
    assert falls_through(held, "a AND n < 2", ["r"]) is None
    assert str(falls_through(held, "n = 4", [])) == "n = 4"


@pytest.mark.parametrize(
    ("condition", "unless", "said"),
    [
        ("a AND nn < 2", "r", "unknown fact nn"),
        ("a AND b OR c", "r", "brackets"),
        ("n = 'x'", "r", "compares"),
        ("a", "rr", "unknown rule 'rr'; did you mean r?"),
    ],
)
def test_what_cannot_be_read_is_said(condition: str, unless: str, said: str) -> None:
    with pytest.raises(PolicyError, match=said.replace("?", r"\?")):
        falls_through(small.pack(rule("r", "a")), condition, [unless])


UNDECIDED = "{} holds “{}” together with its own negation: with that not known it stays undecided, though either way comes to the same"


@pytest.mark.parametrize(
    ("when", "part"),
    [
        ("c AND (a OR NOT a)", "a"),
        ("c OR (a AND NOT a)", "a"),
        ("c AND (NOT a OR b OR a)", "a"),
        ("c AND (n = 2 OR NOT n = 2)", "n = 2"),
        ("c AND ((a AND b) OR NOT (a AND b))", "a AND b"),
        ("c AND ((a AND b) OR NOT b OR NOT a)", "a AND b"),
        ("c AND (dv OR NOT dv)", "dv"),
        ("c AND (dv OR (NOT n >= 2 AND NOT b))", "dv"),
        ("c AND (dv OR NOT b)", "b"),
        ("c AND (n < :limit OR NOT n < 2)", "n < 2"),
    ],
)
def test_a_part_beside_its_own_negation_is_noticed(when: str, part: str) -> None:
    held = small.pack(rule("r", when), limit=2)
    assert held.outcomes({"c": not when.startswith("c OR")})["r"] is Outcome.CANNOT_DECIDE
    assert [(one.text, one.is_fault) for one in notices(held, {}) if "own" in one.text] == [
        (UNDECIDED.format("r", part), False)
    ]


@pytest.mark.parametrize(
    "when",
    [
        "a OR NOT b",
        "(a AND c) OR (b AND NOT a)",
        "n < 3 OR n > 3",
        "dv OR NOT c",
        "k < 2 OR k >= 2",
        "dv OR NOT (b AND n >= 2)",
    ],
)
def test_parts_that_are_not_each_other_s_negation_are_not(when: str) -> None:
    assert [text for text in texts(rule("r", when)) if "own negation" in text] == []
