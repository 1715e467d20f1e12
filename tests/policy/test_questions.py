"""What to ask next: facts a person can know, the one that settles most first."""

from __future__ import annotations

from datetime import date

from alongside.policy import Library, ask_next

ON = date(2026, 3, 2)


def test_the_question_that_settles_most_comes_first(townley: Library) -> None:
    pack = townley.pack("townley", ON)
    questions = ask_next(pack, {"incident": True})
    asked = [question["fact"] for question in questions]
    assert asked == ["child_months", "pregnant", "relation", "calls", "ticks"]
    first = questions[0]
    assert (first["fact"], first["weight"]) == ("child_months", 5.0)
    assert first["question"] == "How many months old is the youngest child?"
    assert [question["weight"] for question in questions] == sorted((q["weight"] for q in questions), reverse=True)


def test_only_those_who_can_know_are_asked(townley: Library) -> None:
    pack = townley.pack("townley", ON)
    assert {q["fact"] for q in ask_next(pack, {"incident": True}, known_by="health")} == {"child_months", "pregnant"}
    assert ask_next(pack, {"incident": True}, known_by="auditor") == []


def test_settings_events_and_times_are_never_asked(townley: Library) -> None:
    pack = townley.pack("townley", ON, document="region-2.24")
    asked = {question["fact"] for question in ask_next(pack, {})}
    assert asked and not asked & {"call_threshold", "escalating", "called_at", "hours_after_call"}
    assert pack.decide_rule("rg-escalation", {}).ask == ("call_threshold", "calls")


def test_nothing_is_asked_when_all_is_decided(townley: Library) -> None:
    facts = {"incident": False, "ticks": 3, "calls": 0, "pregnant": False}
    assert ask_next(townley.pack("townley", ON), facts) == []


def test_less_is_expected_of_a_fact_that_needs_another(townley: Library) -> None:
    pack = townley.pack("townley", ON)
    alone = {q["fact"]: q["weight"] for q in ask_next(pack, {"incident": True}, rules=["rg-at-once"])}
    together = {q["fact"]: q["weight"] for q in ask_next(pack, {}, rules=["rg-at-once"])}
    assert alone == {"pregnant": 5.0}
    assert together == {"incident": 3.75, "pregnant": 3.75}  # half decides at once, half of the rest is each one's
