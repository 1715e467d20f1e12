"""Consulting: every agency is asked at once; held, not held or cannot tell; a task only when it fails; names for cleared roles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency
from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.duties.hooks import evidence
from alongside.linkage import default_model
from alongside.people import matching
from alongside.people.models import KeysMark, Person
from alongside.sharing.consults import actions, hooks, queries
from alongside.sharing.consults.models import Consult
from alongside.sharing.consults.sources import actions as declaring
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.reading import reads, words

SignIn = Callable[[str], Client]
OPERATOR = SystemActor("operator")
MINUTES = count(9000, -1)  # each asking is a little later than the one before


def declare(there: Partnership, code: str, kept: str) -> Agency:
    agency = there.agencies[code]
    declaring.declare_source(agency=agency, kept=kept, by=OPERATOR, at=NOW)
    return agency


def ask(case: Case, there: Partnership) -> actions.Answered:
    return actions.consult_again(case=case, by=there.users["officer"], at=NOW - timedelta(minutes=next(MINUTES)))


def answers(case: Case) -> dict[str, tuple[str, str]]:
    return {row.agency.code: (row.answer, row.why) for row in Consult.objects.filter(case=case)}


def done(case: Case) -> set[str]:
    """Agencies whose duty to consult is discharged."""
    return {one.for_agency for one in evidence("consult.done", case, None)}


def test_each_agency_answers_by_where_its_records_are(case: Case, there: Partnership) -> None:
    on_record(there.users["idva"])
    declare(there, "coventry-childrens-social-care", "here")
    declare(there, "coventry-adult-social-care", "remote")
    assert not ask(case, there).is_whole
    told = answers(case)
    assert told["haven"] == ("held", "")
    assert told["coventry-childrens-social-care"] == ("not-held", "")
    assert told["coventry-adult-social-care"] == ("cannot-tell", "waiting")
    assert told["west-midlands-police"] == ("cannot-tell", "not-connected")
    assert "partnership" not in told
    held = Consult.objects.get(agency__code="haven")
    assert held.held_about == [str(case.members.get(role="victim").person_id)]
    assert len(held.about) == 3
    asked = Event.objects.filter(subject_ids=str(case.pk), name="sharing.consulted").latest("seq")
    assert json.loads(asked.detail)["model"] == default_model().hash


def test_somebody_only_alike_is_neither_held_nor_not_held(case: Case, there: Partnership) -> None:
    declare(there, "haven", "here")
    on_record(there.users["idva"], family_name="", date_of_birth="1996", phones=[], given_name="Amina")
    ask(case, there)
    assert answers(case)["haven"] == ("cannot-tell", "alike")
    row = Consult.objects.get(agency__code="haven")
    assert (row.held_about, row.found) == ([], [])


def test_somebody_more_likely_than_not_but_below_the_model_s_threshold_is_no_holding(
    case: Case, there: Partnership
) -> None:
    declare(there, "haven", "here")
    on_record(there.users["idva"], family_name="", date_of_birth="1996-05", phones=[])
    [look] = [found for one in queries.look(queries.people_of(case)).values() if (found := one.found)]
    assert 0 < look[0].weight < default_model().link_from
    ask(case, there)
    assert answers(case)["haven"] == ("cannot-tell", "alike")


def test_who_holds_is_told_to_cleared_roles_and_nothing_of_it_to_others(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    on_record(there.users["idva"])
    declare(there, "coventry-childrens-social-care", "here")
    ask(case, there)
    cleared = words(at_desk("sergeant").get(f"/cases/{case.reference}/see/sharing/"))
    assert "Haven Held about A.H. Haven-Idva team, 0121 496 0101; out of hours 0121 496 0909" in cleared
    assert re.search(r"Childrens Social Care Not held Coventry MASH", cleared), cleared
    assert "“Not held” is no nil return" in cleared
    assert cleared.index("Haven Held") < cleared.index("Cannot tell") < cleared.index("Social Care Not held")
    plain = words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/"))
    assert "4 agencies were asked" in plain
    assert "Haven" not in plain and "Not held" not in plain


def test_what_a_plain_role_sees_is_the_same_whoever_holds(case: Case, there: Partnership, at_desk: SignIn) -> None:
    ask(case, there)
    before = _without_time(words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/")))
    on_record(there.users["idva"])
    ask(case, there)
    assert _without_time(words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/"))) == before


def _without_time(text: str) -> str:
    return re.sub(r"were asked .*?m,", "were asked,", text)


def test_the_one_asked_sees_who_asked_and_what_for_and_only_its_own(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    on_record(there.users["manager"])
    ask(case, there)
    said = words(at_desk("manager").get("/consults/"))
    assert "Police officer, West Midlands Police asked about 3 people, asked again, to protect" in said
    assert "1 of your agency’s records is not yours to open." in said
    assert case.reference not in said and "Hartley" not in said
    assert {event.subject_kind for event in reads("sharing.consult_log")} == {"sharing.consult"}
    assert at_desk("officer").get("/consults/").status_code == 403


def test_a_look_up_that_fails_leaves_the_duty_open_and_asking_again_closes_it(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    KeysMark.objects.update(mark="of another sealing key")
    assert not ask(case, there).is_whole
    assert {why for _, why in answers(case).values()} == {"failed"}
    assert done(case) == set()
    said = words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/"))
    assert "4 could not answer: ring the team." in said and "The look-up failed." in said
    KeysMark.objects.update(mark=matching.mark())
    page = at_desk("officer").post(f"/cases/{case.reference}/consult/", follow=True)
    assert "Asked again. Every source that can be asked has answered." in words(page)
    assert done(case) == {"west-midlands-police"}


@contextmanager
def agent() -> Iterator[list[Any]]:
    """What an agent will be: told which agencies wait."""
    told: list[Any] = []
    hooks.on_asked(lambda rows, people, at: told.append((list(rows), dict(people))))
    try:
        yield told
    finally:
        hooks.ASKED.pop()


def test_an_agency_with_its_own_system_answers_later(case: Case, there: Partnership) -> None:
    declare(there, "haven", "remote")
    with agent() as told:
        ask(case, there)
    [(rows, people)] = told
    assert [row.agency.code for row in rows] == ["haven"] and len(people) == 3
    assert done(case) == set()
    victim = case.members.get(role="victim").person_id
    stranger = on_record(there.users["manager"]).pk
    row = actions.answer_later(consult=rows[0], answer="held", held_about=[victim, stranger], by=OPERATOR, at=NOW)
    assert row.held_about == [str(victim)], "only about those it was asked about"
    assert done(case) == {"haven", "west-midlands-police"}
    with pytest.raises(Refused, match="already"):
        actions.answer_later(consult=rows[0], answer="not-held", by=OPERATOR, at=NOW)


def test_no_answer_in_time_stays_a_task(case: Case, there: Partnership) -> None:
    declare(there, "haven", "remote")
    ask(case, there)
    row = Consult.objects.get(why="waiting")
    actions.answer_later(consult=row, answer="cannot-tell", why="no-answer", by=OPERATOR, at=NOW)
    assert done(case) == set()


def test_nobody_is_looked_up_by_nothing(case: Case, there: Partnership) -> None:
    with writing():
        for person in Person.objects.all():
            person.given_name = person.family_name = person.date_of_birth = ""
            person.save()
            person.contact_points.all().delete()
            person.addresses.all().delete()
    declare(there, "haven", "here")
    ask(case, there)
    assert answers(case)["haven"] == ("cannot-tell", "nothing-known")


def test_a_team_of_another_agency_answers_for_nobody(there: Partnership) -> None:
    with pytest.raises(Refused, match="no team of"):
        declaring.declare_source(
            agency=there.agencies["haven"], kept="here", team=there.teams["csc"], by=OPERATOR, at=NOW
        )


def test_asking_needs_the_case_and_the_role(case: Case, at_desk: SignIn) -> None:
    assert at_desk("manager").post(f"/cases/{case.reference}/consult/").status_code == 404
    assert at_desk("auditor").post(f"/cases/{case.reference}/consult/").status_code == 403
