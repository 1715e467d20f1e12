"""Deciding without storing anything: the contract, sentence by sentence, on invented packs."""

from __future__ import annotations

from typing import Any

import pytest

from alongside.cli.policy import decide_case
from alongside.policy import Library, PolicyError

AT = "2026-03-02T22:14:00Z"
NA = {"not_applicable": True}
FIRES, NOT, OPEN = "fires", "does-not-fire", "cannot-decide"


def decide(library: Library, facts: dict[str, Any], *settings: str, document: str | None = None) -> dict[str, Any]:
    answer = decide_case(library, area="townley", at=AT, facts=facts, settings=settings, document=document)
    return {result["rule"]: result for result in answer["results"]}


@pytest.mark.parametrize(
    ("facts", "outcome", "ask"),
    [
        # known, not known, ranges
        ({"ticks": 14}, FIRES, []),
        ({"ticks": 13}, NOT, []),
        ({"ticks": None}, OPEN, ["ticks"]),
        ({}, OPEN, ["ticks"]),
        ({"ticks": {"min": 9, "max": 17}}, OPEN, ["ticks"]),
        ({"ticks": {"min": 14, "max": 17}}, FIRES, []),
        ({"ticks": {"min": 14}}, FIRES, []),
        ({"ticks": {"max": 13}}, NOT, []),
        ({"ticks": {"max": 14}}, OPEN, ["ticks"]),
        ({"ticks": {"min": 14, "max": 14}}, FIRES, []),
        ({"ticks": NA}, NOT, []),
    ],
)
def test_a_comparison(townley: Library, facts: dict[str, Any], outcome: str, ask: list[str]) -> None:
    result = decide(townley, facts)["rg-ticks"]
    assert (result["outcome"], result["ask"]) == (outcome, ask)


@pytest.mark.parametrize(
    ("facts", "outcome", "ask"),
    [
        ({"child_in_family": False}, NOT, []),  # left out, and it does not apply
        ({"child_in_family": False, "child_months": None}, OPEN, ["child_months"]),  # null stays not known
        ({"child_in_family": False, "child_months": 5}, FIRES, []),  # given, it stands
        ({"child_in_family": True}, OPEN, ["child_months"]),
        ({}, OPEN, ["child_months"]),
        ({"child_in_family": NA}, NOT, []),
    ],
)
def test_what_does_not_apply_is_filled_in_when_left_out(
    townley: Library, facts: dict[str, Any], outcome: str, ask: list[str]
) -> None:
    result = decide(townley, {"incident": True, **facts})["rg-baby"]
    assert (result["outcome"], result["ask"]) == (outcome, ask)


def test_not_of_what_does_not_apply_is_true(townley: Library) -> None:
    assert decide(townley, {"incident": True, "relation": NA}, document="region-2.24")["rg-note"]["outcome"] == FIRES


def test_not_applicable_is_false_on_either_side(townley: Library) -> None:
    for facts in ({"calls": NA, "call_threshold": None}, {"calls": None, "call_threshold": NA}):
        assert decide(townley, facts)["rg-escalation"]["outcome"] == NOT


def test_the_tool_of_the_area_says_whether_ticks_apply(townley: Library) -> None:
    assert decide(townley, {}, "tool=DIAL")["rg-ticks"]["outcome"] == NOT
    assert decide(townley, {}, "tool=DASH")["rg-ticks"]["outcome"] == OPEN


def test_derived_facts_are_computed_and_ask_for_their_parts(townley: Library) -> None:
    assert decide(townley, {"calls": 3})["rg-escalation"]["outcome"] == FIRES  # the land ships 3
    assert decide(townley, {})["rg-escalation"]["ask"] == ["calls"]
    assert decide(townley, {}, document="region-2.24")["rg-escalation"]["ask"] == ["call_threshold", "calls"]
    assert decide(townley, {"escalating": None, "calls": 3})["rg-escalation"]["outcome"] == FIRES


def test_derived_facts_that_are_given_stand(townley: Library) -> None:
    assert decide(townley, {"escalating": True})["rg-escalation"]["outcome"] == FIRES
    with pytest.raises(PolicyError, match=r"escalating .*false.* calls and call_threshold .*true"):
        decide(townley, {"escalating": False, "calls": 9})


def test_settings_stand_for_the_parameter(townley: Library) -> None:
    assert decide(townley, {"calls": 2, "call_threshold": 2})["rg-escalation"]["outcome"] == FIRES
    assert decide(townley, {"calls": 2}, "call_threshold=2")["rg-escalation"]["outcome"] == FIRES
    assert decide(townley, {"calls": 3, "call_threshold": None})["rg-escalation"]["outcome"] == OPEN
    assert decide(townley, {"call_threshold": 2, "calls": 2}, "call_threshold=2")["rg-escalation"]["outcome"] == FIRES
    for given in (3, None):
        with pytest.raises(PolicyError, match="call_threshold"):
            decide(townley, {"call_threshold": given}, "call_threshold=2")


def test_a_document_is_decided_as_it_words_itself(townley: Library) -> None:
    facts = {"incident": True, "relation": "ex-partner"}
    assert decide(townley, facts)["rg-note"]["outcome"] == NOT  # the town's wording
    assert decide(townley, facts, document="region-2.24")["rg-note"]["outcome"] == FIRES
    assert decide(townley, {"calls": 3}, document="region-2.24")["rg-escalation"]["outcome"] == OPEN  # 3 is the land's
    assert (
        decide(townley, {"incident": True}, document="region-2.24")["rg-school"]["outcome"] == FIRES
    )  # shipped in force
    assert decide(townley, {"ticks": 12}, "ticks_needed=12", document="region-2.24")["rg-ticks"]["outcome"] == FIRES


def test_adopted_choices_count_but_not_for_a_document(townley: Library) -> None:
    from datetime import date

    on = date(2026, 3, 2)
    facts = {"incident": True, "pregnant": True, "child_months": 30}
    assert townley.pack("townley", on).decide(facts).result("rg-baby").outcome == NOT  # proposed is not in force
    adopted = {"unborn_counts": "yes"}
    assert townley.pack("townley", on, adopted=adopted).decide(facts).result("rg-baby").outcome == FIRES
    assert townley.pack("townley", on, adopted={"unborn_counts": "no"}).decide(facts).result("rg-baby").outcome == NOT
    assert (
        townley.pack("townley", on, adopted=adopted, document="region-2.24").decide(facts).result("rg-baby").outcome
        == NOT
    )


def test_local_authority_may_differ_from_the_area(townley: Library) -> None:
    assert decide(townley, {"local_authority": "other", "ticks": 14})["rg-ticks"]["outcome"] == FIRES


@pytest.mark.parametrize(
    ("rule", "facts", "due", "text"),
    [
        ("rg-baby", {}, None, "no time is given"),
        ("rg-write-up", {"called_at": "2026-03-01T10:00:00+01:00"}, "2026-03-03T09:00:00Z", "48 hours after the call"),
        ("rg-write-up", {}, None, "cannot be worked out: called_at is not known"),
        ("rg-at-once", {"called_at": "2026-03-01T10:00:00Z"}, "2026-03-01T10:00:00Z", "at once"),
        ("rg-at-once", {"called_at": None}, None, "cannot be worked out: called_at is not known"),
        ("rg-school", {}, None, "cannot be worked out: called_at is not known"),
        ("rg-school", {"called_at": AT}, None, "cannot be worked out: the school's term dates are not known"),
    ],
)
def test_due(townley: Library, rule: str, facts: dict[str, Any], due: str | None, text: str) -> None:
    result = decide(townley, {"incident": True, **facts})[rule]
    assert (result["due"], result["due_text"]) == (due, text)


def test_a_time_in_the_text_without_a_timer_is_shown(townley: Library) -> None:
    result = decide(townley, {}, document="region-2.24")["rg-note"]
    assert (result["due"], result["due_text"]) == (None, "from the first contact on")


def test_a_local_number_takes_the_place_of_the_one_in_the_text(townley: Library) -> None:
    result = decide(townley, {"called_at": "2026-03-01T10:00:00Z"}, "write_up_hours=24")["rg-write-up"]
    assert (result["due"], result["due_text"]) == ("2026-03-02T10:00:00Z", "24 hours after the call")


def test_the_answer_has_the_form_of_the_contract(townley: Library) -> None:
    answer = decide_case(townley, area="townley", at=AT, facts={"ticks": {"min": 9, "max": 17}})
    assert list(answer) == ["area", "at", "packs", "results"]
    assert (answer["area"], answer["at"]) == ("townley", AT)
    assert [set(one) for one in answer["packs"]] == [{"id", "version", "hash"}] * 3
    assert len(answer["results"]) == 7
    assert next(one for one in answer["results"] if one["rule"] == "rg-ticks") == {
        "rule": "rg-ticks",
        "kind": "threshold",
        "reaches_as": "threshold",
        "actor": "anyone",
        "outcome": "cannot-decide",
        "ask": ["ticks"],
        "could_fire": [["ticks"]],
        "could_not_fire": [["ticks"]],
        "settles": [["ticks"]],
        "due": None,
        "due_text": "no time is given",
        "why": {"text": "ticks >= 14", "is": None, "saw": {"ticks": {"min": 9, "max": 17}}},
        "cite": {
            "document": "region-2.24",
            "section": "Ticks",
            "line": 4,
            "gist": "Fourteen ticks meet the criterion.",
            "quote": None,
        },
    }


def test_why_is_the_tree_with_the_values_seen(townley: Library) -> None:
    why = decide(townley, {"incident": True, "relation": None}, document="region-2.24")["rg-note"]["why"]
    assert why == {
        "text": "incident AND NOT relation = 'family'",
        "is": None,
        "saw": {"incident": True, "relation": None},
        "all": [
            {"text": "incident", "is": True, "saw": {"incident": True}},
            {
                "text": "NOT relation = 'family'",
                "is": None,
                "saw": {"relation": None},
                "not": {"text": "relation = 'family'", "is": None, "saw": {"relation": None}},
            },
        ],
    }


def test_a_decided_rule_asks_nothing(townley: Library) -> None:
    result = decide(townley, {"incident": False})["rg-baby"]
    assert [result[key] for key in ("ask", "could_fire", "could_not_fire", "settles")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        ({"tickz": 3}, ["tickz", "ticks"]),
        ({"relation": "ex_partner"}, ["relation", "ex_partner", "ex-partner"]),
        ({"incident": {"min": 1, "max": 2}}, ["incident", "range"]),
        ({"relation": {"min": 1}}, ["relation", "range"]),
        ({"called_at": {"min": 1}}, ["called_at", "range"]),
        ({"ticks": {"min": 9, "max": 3}}, ["ticks", "9", "3"]),
        ({"ticks": {}}, ["ticks"]),
        ({"ticks": {"min": 1, "top": 3}}, ["ticks", "top"]),
        ({"ticks": {"not_applicable": False}}, ["ticks"]),
        ({"ticks": {"min": 1.5}}, ["ticks", "1.5"]),
        ({"ticks": 9.5}, ["ticks", "9.5"]),
        ({"ticks": 9.0}, ["ticks", "9.0"]),
        ({"ticks": True}, ["ticks", "true"]),
        ({"ticks": "9"}, ["ticks"]),
        ({"ticks": [9]}, ["ticks"]),
        ({"incident": 1}, ["incident", "1"]),
        ({"incident": "yes"}, ["incident", "yes"]),
        ({"called_at": "2026-03-02T22:14:00"}, ["called_at", "zone"]),
        ({"called_at": "2026-02-31T22:14:00Z"}, ["called_at", "2026-02-31"]),
        ({"called_at": "20260302T221400Z"}, ["called_at"]),
        ({"called_at": "yesterday"}, ["called_at", "yesterday"]),
    ],
)
def test_what_is_out_of_form_is_named(townley: Library, facts: dict[str, Any], named: list[str]) -> None:
    with pytest.raises(PolicyError) as refused:
        decide(townley, facts)
    for name in named:
        assert name in str(refused.value)


@pytest.mark.parametrize(("hours", "met"), [("48", True), ("48.0", True), ("48.000000000000000000001", False)])
def test_decimals_are_compared_exactly(townley: Library, hours: str, met: bool) -> None:
    from alongside.policy.codec import load_json, read_facts
    from alongside.policy.evaluate import evaluate
    from alongside.policy.parser import parse

    facts = read_facts(load_json(f'{{"hours_after_call": {hours}}}'), townley.vocabulary)
    assert evaluate(parse("hours_after_call <= 48"), facts) is met
