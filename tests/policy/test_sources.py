"""Rules of law and practice: how their source is shown, and how a default that awaits confirmation is told."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alongside.cli.policy import decide_case
from alongside.policy import Library, load_library
from alongside.policy.archive import restore, texts
from alongside.policy.awaiting import hanging, hangs_on, is_awaiting
from tests.policy.test_faults import CITE, RULES
from tests.shipped import shipped_packs

ON = date(2026, 3, 2)
AWAITS = "Default, to be confirmed by your partnership, on “How many calls count as escalation here?”: 3."


@pytest.fixture
def lawful(packs_copy: Path) -> Library:
    """The small packs, one rule of which rests on a law, with working days to do it in."""
    path = packs_copy / RULES
    text = path.read_text().replace(CITE, 'source = "law"', 1)
    path.write_text(text.replace("limit_hours = 48", "limit_working_days = 48", 1))
    return load_library(packs_copy)


def test_a_source_stands_where_a_sentence_would(lawful: Library) -> None:
    answer = decide_case(lawful, area="townley", at="2026-03-02T22:14:00Z", facts={})
    cite = next(one["cite"] for one in answer["results"] if one["rule"] == "rg-baby")
    assert (cite["document"], cite["section"], cite["line"]) == ("land-practice", "A law of the land", 3)
    assert cite.keys() == {"document", "section", "line", "gist", "quote"}
    assert cite["quote"] is None
    said = lawful.pack("townley", ON).rule("rg-baby").cite.says
    assert said == "A law of the land (law.example/1), seen there, 31 January 2026"


def test_a_rule_of_law_is_of_no_document(lawful: Library) -> None:
    assert "land-practice" not in lawful.documents
    alone = lawful.pack("townley", ON, document="region-2.24")
    assert "rg-baby" not in [rule.id for rule in alone.rules]
    assert "rg-ticks" in [rule.id for rule in alone.rules]


def test_kept_rules_keep_their_source(lawful: Library) -> None:
    pack = lawful.pack("townley", ON)
    kept = dict(texts(pack))
    again = restore(pack.hash, kept.get)
    assert again.hash == pack.hash
    assert again.rule("rg-baby").cite == pack.rule("rg-baby").cite
    assert again.rule("rg-write-up").timer == pack.rule("rg-write-up").timer


def test_working_days_are_said_and_counted_elsewhere(lawful: Library) -> None:
    began = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/London"))
    result = lawful.pack("townley", ON).decide_rule("rg-write-up", {"called_at": began})
    assert (result.due, result.due_text) == (None, "48 hours after the call")
    changed = lawful.pack("townley", ON, adopted={"write_up_hours": 24}).rule("rg-write-up")
    assert changed.timer is not None
    assert (changed.timer.limit_hours, changed.timer.limit_working_days) == (None, 24)


def test_a_working_day_is_due_when_the_calendar_of_the_command_says(lawful: Library) -> None:
    facts = {"called_at": "2026-03-02T09:00:00Z"}
    answer = decide_case(lawful, area="townley", at="2026-03-02T22:14:00Z", facts=facts, settings=["write_up_hours=10"])
    due = next((one["due"], one["due_text"]) for one in answer["results"] if one["rule"] == "rg-write-up")
    assert due == ("2026-03-16T17:00:00Z", "10 hours after the call")


def test_hours_leave_sundays_out_where_the_timer_says_so(packs_copy: Path) -> None:
    path = packs_copy / RULES
    path.write_text(path.read_text().replace("limit_hours = 48", "limit_hours = 48, sundays_left_out = true", 1))
    held = load_library(packs_copy)
    facts = {"called_at": "2026-03-07T12:00:00Z"}  # a Saturday
    answer = decide_case(held, area="townley", at="2026-03-07T22:14:00Z", facts=facts)
    assert next(one["due"] for one in answer["results"] if one["rule"] == "rg-write-up") == "2026-03-10T12:00:00Z"


def test_a_rule_says_which_default_it_hangs_on(townley: Library) -> None:
    assert townley.pack("townley", ON).rule("rg-escalation").local == (AWAITS,)
    assert townley.pack("townley", ON, document="region-2.24").rule("rg-escalation").local == ()
    assert townley.pack("townley", ON).rule("rg-ticks").local == ()


@pytest.mark.parametrize("value", [3, 4])
def test_once_chosen_it_awaits_nothing(townley: Library, value: int) -> None:
    before, after = (townley.pack("townley", ON, adopted=chosen) for chosen in ({}, {"call_threshold": value}))
    assert AWAITS not in after.rule("rg-escalation").local
    assert (before.hash == after.hash) == (value == 3), "confirmed, it decides as it did"


def test_what_awaits_is_told_by_its_status(townley: Library) -> None:
    held = townley.parameters("townley", ON)
    assert [name for name, one in held.items() if is_awaiting(one)] == ["call_threshold"]
    rules = townley.pack("townley", ON).rules
    found = [rule.id for rule in rules if hangs_on(rule, held["call_threshold"], townley.vocabulary)]
    assert found == ["rg-escalation"]


def test_what_hangs_on_every_choice_is_told_at_once_as_it_is_one_by_one() -> None:
    library = shipped_packs()
    rules, choices = list(library.every_rule()), library.parameters("coventry", ON).values()
    held = hanging(rules, choices, library.vocabulary)
    assert held == {one.name: [rule for rule in rules if hangs_on(rule, one, library.vocabulary)] for one in choices}
    assert sum(map(bool, held.values())) > 20
