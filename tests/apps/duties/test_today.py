"""Today: what must I do now, for whom, by when; no full name until it is pressed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.audit import guard
from alongside.cases.models import Case
from alongside.duties import queries
from alongside.duties.models import Task
from alongside.procedures.queries import library
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, title, words
from tests.apps.statements import differing, statements

SignIn = Callable[[str], Client]


def test_tasks_stand_with_case_initials_ages_and_call(case: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get("/"))
    assert "Send to children's social care" in said
    assert f"{case.reference} · Coventry · A.H., child 11 months · call of 9:30pm" in said
    assert "line" not in said.split("Send to children")[1].split("Why")[0], (
        "the card gives the section, the why the line"
    )


def test_no_full_name_stands_there(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get("/").content.decode()
    assert [name for name in ("Amina", "Hartley", "Marsh", "Lily") if name in page] == []


def test_names_are_shown_when_pressed_and_that_is_logged(case: Case, at_desk: SignIn) -> None:
    task = Task.objects.filter(act="finish_scene_record").get()
    page = at_desk("officer").post(f"/today/{task.pk}/names/")
    assert "Amina Hartley (victim)" in words(page)
    assert "Hartley" not in title(page)
    assert {event.subject_kind for event in reads("duties.names")} == {"duties.task", "people.person"}


def test_names_of_a_foreign_task_answer_as_what_does_not_exist(case: Case, at_desk: SignIn) -> None:
    task = Task.objects.filter(act="finish_scene_record").get()
    foreign = at_desk("manager").post(f"/today/{task.pk}/names/")
    missing = at_desk("manager").post("/today/00000000-0000-4000-8000-000000000000/names/")
    assert (foreign.status_code, words(foreign)) == (missing.status_code, words(missing))
    assert foreign.status_code == 404
    assert reads("duties.names") == []


def test_an_immediate_task_counts_up_and_is_not_late(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get("/")
    assert "Now , 30 minutes so far" in words(page)
    assert b"al-task--past" not in page.content
    assert "1 now" in words(page)
    assert "due" not in words(page).split("Now ,")[0].split("1 now")[1], "a number that is nothing is left out"


def test_what_was_due_stands_above_what_has_no_time(case: Case, at_desk: SignIn) -> None:
    _due("refer_to_childrens_social_care", NOW - timedelta(minutes=50))
    said = words(at_desk("officer").get("/"))
    assert "1 was due" in said
    assert "was due 9:30pm , 50 minutes ago" in said
    assert said.index("Send to children's social care") < said.index("Finish the scene record")


def _due(act: str, on: object) -> None:
    with guard.opened():
        Task.objects.filter(act=act).update(due_on=on)


def test_the_number_to_ring_first_stands_in_and_out_of_hours(case: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get("/"))
    assert "Ring first: Coventry Childrens Social Care, Csc team, 0121 496 0101 , out of hours 0121 496 0909" in said


def test_a_question_stands_once_for_each_of_three_cases_and_the_rest_behind_a_link(
    there: Partnership, at_desk: SignIn
) -> None:
    for _ in range(5):
        invented.call(there)
    page = words(at_desk("officer").get("/")).split("Questions only you can answer")[1].split("Waiting for")[0]
    assert len(re.findall(r"AL-\w{4}-\w\w ·", page)) == 3
    assert "2 more cases with such a question" in page
    everything = words(at_desk("officer").get("/questions/"))
    assert all(case.reference in everything for case in Case.objects.all())


def test_only_what_decides_a_duty_and_is_no_judgement_is_a_question_of_today(case: Case) -> None:
    facts = library().vocabulary
    for role in ("police-officer", "social-worker", "health", "specialist-worker"):
        assert [name for name in queries.only_mine(role) if facts[name].kind == "judgement"] == []
    assert "positive_action_required" not in queries.only_mine("police-officer")
    assert "recipient_at_risk_or_can_safeguard" not in queries.only_mine("police-officer"), "a bar asks it at its act"
    assert "police_hold_information_person_at_risk" in queries.only_mine("police-officer")


def test_who_may_answer_nothing_is_asked_nothing(case: Case, at_desk: SignIn) -> None:
    said = words(at_desk("auditor").get("/"))
    assert "Questions" not in said
    assert "Waiting for others" not in said
    assert "Nothing waits for you. Reads the audit chain, and nothing else." in said
    assert at_desk("auditor").get("/questions/").status_code == 403


def test_waiting_for_others_says_who_and_since_when(there: Partnership, at_desk: SignIn) -> None:
    facts = invented.CALL | {
        "child_of_school_age": True,
        "child_experienced_incident": True,
        "force_in_encompass": True,
    }
    case = invented.call(there, facts=facts, at=NOW - timedelta(minutes=20))
    said = words(at_desk("officer").get("/"))
    assert "Tell the school West Midlands Police, Desk team, since 20 minutes" in said
    assert case.reference in said.split("Waiting for others")[1]
    assert "Tell the school" in words(at_desk("officer").get("/waiting/"))


def test_empty_says_what_would_be_here_and_how_it_comes(there: Partnership, at_desk: SignIn) -> None:
    said = words(at_desk("manager").get("/"))
    assert "Nothing is owed by your team now." in said
    assert "It comes when somebody records a call" in said


def test_another_agency_sees_nothing_of_it(case: Case, at_desk: SignIn) -> None:
    for name in ("manager", "idva", "administrator", "auditor"):
        assert case.reference not in words(at_desk(name).get("/")), name


@pytest.mark.parametrize("path", ["/", "/cases/", "/waiting/"])
def test_as_many_statements_for_sixty_tasks_as_for_three(there: Partnership, at_desk: SignIn, path: str) -> None:
    """The calls come a minute apart: of tasks as old as each other chance chooses those on page 1, and a page without an
    act that is done by telephone has nobody to look up."""
    invented.call(there)
    client = at_desk("officer")
    client.get(path)
    few = statements(lambda: client.get(path))
    for minutes in range(1, 20):
        invented.call(there, at=NOW - timedelta(minutes=minutes))
    assert Task.objects.count() >= 60
    many = statements(lambda: client.get(path))
    assert len(many) == len(few), differing(few, many)


def test_two_hundred_rows_are_paged(there: Partnership, at_desk: SignIn) -> None:
    for _ in range(10):
        invented.call(there, people=False)
    first = words(at_desk("officer").get("/"))
    assert "Page 1 of 2" in first
    second = at_desk("officer").get("/?page=2")
    assert "Page 2 of 2" in words(second)
    assert second.content.count(b"<article") == Task.objects.count() - 25
