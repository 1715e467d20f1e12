"""The page: one sentence, the tables, the file, and nothing of anybody; a change outside its range is not run."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alongside.agencies.models import Area
from alongside.audit.models import Event
from alongside.insight import tried
from alongside.insight.models import CaseSet
from tests.apps.partnership import Partnership

Prepare = Callable[[], CaseSet]
TWELVE = "/what-if/?area=all&marac_ticks=12"


def text(client: Client, path: str) -> str:
    """The words of the part that answers, as they are read."""
    page = client.get(path).content.decode()
    said = re.sub(r"<[^>]+>", " ", page[page.index('<div id="answer">') :])
    return re.sub(r"\s+", " ", html.unescape(said))


def test_the_answer_in_one_sentence(client: Client, prepared: Prepare) -> None:
    prepared()
    said = text(client, "/what-if/?area=coventry&marac_ticks=12&per_meeting=2&minutes=12")
    assert (
        "12 instead of 14 in Coventry: 5 more cases would have met a criterion for MARAC, which makes about 2.5 more meetings "
        "(2.5 a month) and 1 hour of meeting." in said
    )
    assert "Replaying the rules in force then:" in said and " decisions, 0 differ." in said


def test_the_drawings_hold_what_the_tables_hold(client: Client, prepared: Prepare) -> None:
    prepared()
    page = client.get(TWELVE).content.decode()
    bars, line = re.findall(r"<svg xmlns.*?</svg>", page, re.DOTALL)
    assert {"Coventry", "Walsall", "Already", "More"} <= set(re.findall(r">([^<>]+)</text>", bars))
    assert "Walsall: 0 already, 6 to 11 more cases, no fewer cases." in bars
    assert 'aria-label="Cases that meet a criterion for MARAC, by area"' in bars
    assert "At most 5 in a week." in line
    assert "style=" not in bars + line and "<script" not in bars + line


def test_what_cannot_be_told_says_which_question_is_open(client: Client, prepared: Prepare) -> None:
    prepared()
    said = text(client, TWELVE)
    assert "15 more cases would have met a criterion for MARAC" in said
    assert (
        "10 cannot be told, because “How many of the checklist's topics were answered yes?” is not known, or not fully."
        in said
    )


def test_what_it_rests_on_and_what_the_weeks_do_not_say(client: Client, prepared: Prepare) -> None:
    """The rule of any agency hangs on the number of events that count as escalation; the IDVA's age hangs on nothing of the kind."""
    prepared()
    said = text(client, TWELVE)
    assert said.count("Default, to be confirmed by your partnership, on “How many callouts, or events told to any") == 1
    assert "They came at once." in said
    assert "to be confirmed by your partnership, on" not in text(client, "/what-if/?area=all&idva_min_age=17")


def test_a_small_count_is_nowhere(client: Client, prepared: Prepare) -> None:
    prepared()
    answer = client.get(TWELVE.replace("/?", "/table.csv?"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="what-a-change-would-do.csv"'
    held = list(csv.DictReader(io.StringIO(answer.content.decode())))
    walsall = {row["kind"]: row["cases"] for row in held if row["area"] == "walsall" and not row["rule"]}
    assert walsall == {
        "before": "0",
        "no → yes": "1 to 4",
        "cannot decide → yes": "5",
        "newly undecided": "10",
        "yes → no": "0",
        "cannot decide → no": "0",
        "cannot be told": "10",
    }
    assert {row["cases"] for row in held} <= {"0", "1 to 4", *map(str, range(5, 50, 5))}
    assert "1 to 4" in text(client, TWELVE)


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("area=coventry&marac_ticks=15", "“15” is outside what this choice may be: 10 to 14. Nothing was replayed."),
        ("area=coventry&marac_ticks=many", "“many” is outside what this choice may be: 10 to 14."),
        ("area=coventry&marac_ticks=-1", "“-1” is outside"),
        (
            "area=stoke-on-trent&dvpo_min_days=28&dvpo_max_days=14",
            "The shortest, 28, would be longer than the longest, 14.",
        ),
        ("area=coventry&s47_list_scope=sometimes", "sometimes is none of the words of this choice."),
        ("area=atlantis&marac_ticks=12", "atlantis"),
        ("area=all&marac_ticks=12&on_0=31&on_1=2", "31"),
        ("area=all&marac_ticks=12&per_meeting=0", "greater than or equal to 1"),
    ],
)
def test_an_unsound_change_is_named_and_not_run(
    client: Client, prepared: Prepare, monkeypatch: pytest.MonkeyPatch, asked: str, named: str
) -> None:
    prepared()
    monkeypatch.setattr(tried, "try_out", lambda *_, **__: pytest.fail("it was run"))
    page = client.get(f"/what-if/?{asked}").content.decode()
    assert "There is a problem" in page and named in page
    file = client.get(f"/what-if/table.csv?{asked}")
    assert file.status_code == 400 and named in file.content.decode()


def test_where_replaying_gives_something_else_nothing_is_shown(client: Client, prepared: Prepare) -> None:
    from alongside.audit import guard

    made = prepared()
    with guard.opened():
        CaseSet.objects.filter(pk=made.pk).update(differing=7)
    said = text(client, TWELVE)
    assert "gives another result in 7 of" in said and "more cases" not in said
    assert client.get(TWELVE.replace("/?", "/table.csv?")).status_code == 404


def test_cases_of_other_rules_are_not_used(client: Client, prepared: Prepare, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared()
    monkeypatch.setattr(tried, "books", lambda *_: {})
    assert "The rules have changed since these cases were prepared." in text(client, TWELVE)


def test_without_cases_the_page_says_how_they_come(client: Client) -> None:
    assert "once there are cases to try a change on" in text(client, TWELVE)
    assert client.get(TWELVE.replace("/?", "/table.csv?")).status_code == 404


def test_a_change_that_touches_no_rule_says_so(
    client: Client, prepared: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared()
    monkeypatch.setattr(tried, "changed_rules", lambda *_: [])
    said = text(client, TWELVE.replace("12", "11"))
    assert "No rule in force there on that day hangs on what you changed. Nothing was replayed." in said
    assert "Adopt it" not in said


def test_what_stands_already_is_no_change(client: Client, prepared: Prepare) -> None:
    prepared()
    assert "This is what stands already." in text(client, "/what-if/?area=coventry&marac_ticks=14")


def test_what_was_asked_stays_on_the_trail(client: Client, prepared: Prepare) -> None:
    prepared()
    client.get(TWELVE)
    event = Event.objects.get(name="insight.what_if")
    assert json.loads(event.detail) == {"area": "all", "asked": "marac_ticks=12"}


def test_the_same_question_is_worked_out_once(
    client: Client, prepared: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared()
    first = text(client, TWELVE)
    monkeypatch.setattr(tried, "effect", lambda *_: pytest.fail("it was worked out again"))
    assert text(client, TWELVE) == first


def test_a_choice_leads_to_its_adoption_and_back(client: Client, prepared: Prepare) -> None:
    prepared()
    page = client.get("/what-if/?area=coventry&marac_ticks=12").content.decode()
    assert 'href="/procedures/areas/coventry/marac_ticks/?value=12"' in page
    choice = client.get("/procedures/areas/coventry/marac_ticks/?value=12").content.decode()
    assert 'value="12"' in choice and "/what-if/?area=coventry#id_marac_ticks" in choice
    other = client.get("/procedures/areas/coventry/contact_letters/").content.decode()
    assert "/what-if/" not in other.split("<main")[1]


def test_what_is_adopted_is_what_it_is_compared_with(
    client: Client, prepared: Prepare, lead: Any, there: Partnership
) -> None:
    from datetime import date

    from alongside.procedures.actions import adopt_choice
    from tests.apps.partnership import NOW

    prepared()
    area = Area.objects.get(code="coventry")
    adopt_choice(
        area=area, parameter="marac_ticks", value=12, reason="So decided.", from_on=date(2026, 3, 1), by=lead, at=NOW
    )
    assert "This is what stands already." in text(client, "/what-if/?area=coventry&marac_ticks=12")
    said = text(client, "/what-if/?area=coventry&marac_ticks=14")
    assert "14 instead of 12 in Coventry: 5 fewer cases would have met a criterion for MARAC" in said
