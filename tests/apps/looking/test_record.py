"""Who looked at a record: for the lead, through the gate, and without telling where somebody turned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.testing import writing
from alongside.cases.models import ROLES, Case
from alongside.gate.actions import open_ground
from alongside.looking import access, records
from alongside.looking.models import Look
from alongside.looking.queries import reading
from alongside.people.models import Address, Person
from tests.apps.looking.looks import NOBODY, follow, looked, member, signed_in
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]


@pytest.fixture
def lead(there: Partnership, at_desk: SignIn) -> User:
    return member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police", "desk")


@pytest.fixture
def victim(case: Case) -> Person:
    return case.members.get(role="victim").person


@pytest.fixture
def at_haven(there: Partnership, case: Case) -> User:
    """A worker of another agency, to whose team the case was sent."""
    officer, worker = there.users["officer"], there.users["idva"]
    open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=there.teams["haven-idva"],
        ground="sent",
        purpose="support offered",
        by=officer,
        at=NOW - timedelta(hours=1),
    )
    looked(worker, case, at=NOW - timedelta(minutes=10))
    return worker


def test_who_when_what_and_on_what_ground(there: Partnership, case: Case, victim: Person, lead: User) -> None:
    looked(there.users["officer"], case)
    looked(there.users["officer"], victim, what="people.person", at=NOW + timedelta(minutes=1))
    said = words(signed_in(lead).get(f"/people/{victim.pk}/looked/"))
    assert "2 March 2026, 10:21pm Ash Officer, Police officer West Midlands Police The page of the person" in said
    assert "10:20pm Ash Officer, Police officer West Midlands Police The case They recorded this case" in said
    assert [event.actor for event in reads("looking.person")] == [lead.audit_name]


def test_the_latest_look_is_there_though_no_worker_ran(
    there: Partnership, case: Case, victim: Person, lead: User
) -> None:
    assert Look.objects.count() == 0
    looked(there.users["officer"], case)
    assert "1 page was looked at" in words(signed_in(lead).get(f"/people/{victim.pk}/looked/"))


def test_staff_of_another_agency_are_shown_by_role(at_haven: User, victim: Person, lead: User) -> None:
    said = words(signed_in(lead).get(f"/people/{victim.pk}/looked/"))
    assert "Specialist worker or IDVA Haven The case" in said
    assert at_haven.name not in said
    assert "by a recorded decision" in said and "to their team" in said


def protect(person: Person, there: Partnership) -> None:
    with writing():
        Address.objects.filter(person=person).update(confidential=True)


@pytest.mark.parametrize("whose", ["victim", "child"])
def test_where_somebody_is_protected_another_agency_is_not_named(
    whose: str, there: Partnership, case: Case, at_haven: User, victim: Person, lead: User
) -> None:
    """That a refuge of one town looked at her record tells where she is."""
    if whose == "child":
        child = case.members.get(role="child").person
        with writing():
            Address.objects.filter(person=victim).update(person=child)
        protect(child, there)
    else:
        protect(victim, there)
    page = signed_in(lead).get(f"/people/{victim.pk}/looked/")
    assert "Haven" not in page.content.decode() and "Specialist" not in words(page)
    assert "Somebody of another agency Not said here. The safeguarding lead of that agency can answer." in words(page)
    narrowed = signed_in(lead).get(f"/people/{victim.pk}/looked/?agency=haven")
    assert narrowed.status_code == 422 and "Haven" not in words(narrowed)


def test_narrowed_to_an_agency_and_to_days(
    there: Partnership, case: Case, at_haven: User, victim: Person, lead: User
) -> None:
    looked(there.users["officer"], case, at=NOW - timedelta(days=3))
    client, address = signed_in(lead), f"/people/{victim.pk}/looked/"
    assert "2 pages were looked at" in words(client.get(address))
    assert "1 page was looked at" in words(client.get(f"{address}?agency=haven"))
    days = "first_0=27&first_1=2&first_2=2026&last_0=28&last_1=2&last_2=2026"
    narrowed = words(client.get(f"{address}?{days}"))
    assert "1 page was looked at" in narrowed and "Ash Officer" in narrowed
    wrong = "first_0=28&first_1=2&first_2=2026&last_0=27&last_1=2&last_2=2026"
    assert "before the first one" in words(client.get(f"{address}?{wrong}"))


def test_two_hundred_pages_stand_on_one(there: Partnership, case: Case, victim: Person, lead: User) -> None:
    Look.objects.bulk_create(
        Look(
            event=number,
            chain="west-midlands-police",
            looker=there.users["officer"].pk,
            what="cases.now",
            subject_kind="case",
            subject=case.pk,
            is_opened=True,
            looked_on=NOW - timedelta(minutes=number),
        )
        for number in range(201)
    )
    first = words(signed_in(lead).get(f"/people/{victim.pk}/looked/"))
    assert "201 pages were looked at; 1 to 200 are here" in first and "Next page" in first
    # The lead's own first look is one more.
    assert "202 pages were looked at; 201 to 202 are here" in words(
        signed_in(lead).get(f"/people/{victim.pk}/looked/?page=2")
    )


def test_a_record_the_lead_may_not_see_answers_as_none(there: Partnership, victim: Person, at_desk: SignIn) -> None:
    client = signed_in(member(there, "Ali Other", "safeguarding-lead", "haven"))
    for end in ("looked/", "looked/sheet/"):
        hidden, nothing = client.get(f"/people/{victim.pk}/{end}"), client.get(f"/people/{NOBODY}/{end}")
        assert hidden.status_code == nothing.status_code == 404
        assert words(hidden) == words(nothing)


def test_looks_at_a_case_the_lead_may_not_open_are_not_told(
    there: Partnership, case: Case, at_haven: User, victim: Person, lead: User
) -> None:
    from alongside.gate.models import Ground

    with writing():
        own = Ground.objects.filter(subject_id=case.pk).exclude(team=there.teams["haven-idva"])
        own.update(ends_on=NOW - timedelta(minutes=1))
    assert signed_in(lead).get(f"/people/{victim.pk}/looked/").status_code == 404


def test_a_sheet_names_days_and_work_of_ones_own_agency_and_nobody(
    there: Partnership, case: Case, at_haven: User, victim: Person, lead: User
) -> None:
    looked(there.users["officer"], case, at=NOW - timedelta(days=3))
    looked(there.users["officer"], case, what="cases.list", at=NOW - timedelta(days=9))
    page = signed_in(lead).get(f"/people/{victim.pk}/looked/sheet/")
    said = words(page)
    assert "27 February 2026 Police officer the case" in said
    listed = said[: said.index("Printed")]
    for held_back in ("Ash", "Haven", "IDVA", "pm", "Amina", case.reference, "21 February"):
        assert held_back not in listed, held_back
    assert reads("looking.sheet")


def test_a_sheet_leaves_others_out_even_where_it_is_given_them(
    there: Partnership, case: Case, at_haven: User, victim: Person, lead: User
) -> None:
    looked(there.users["officer"], case)
    follow()
    shown = reading.looks_at(victim, [case.pk])
    assert {one.chain for one in shown} == {"haven", "west-midlands-police"}
    assert {row["role"] for row in records.sheet(shown, lead)} == {"Police officer"}


@pytest.mark.parametrize("role", ["person-causing-harm", "child"])
def test_no_sheet_of_whom_the_days_of_others_would_be_told(role: str, case: Case, lead: User) -> None:
    """He who asks when police looked learns on which day she rang them; a parent who asks for a child, the same."""
    person = case.members.get(role=role).person
    refused = signed_in(lead).get(f"/people/{person.pk}/looked/sheet/")
    assert refused.status_code == 403
    assert "the days on which somebody looked could tell when somebody else asked for help" in words(refused)
    assert "Make a sheet" not in words(signed_in(lead).get(f"/people/{person.pk}/looked/"))


def test_only_a_victim_in_every_case_is_given_a_sheet() -> None:
    codes = [code for code, _ in ROLES]
    tried = [set(some) for count in range(len(codes) + 1) for some in combinations(codes, count)]
    assert [roles for roles in tried if access.may_hand_over(roles)] == [{"victim"}]
    for roles in tried:
        if roles != {"victim"}:
            with pytest.raises(Refused):
                access.check_may_hand_over(roles)


def test_the_page_of_a_person_leads_there_for_a_lead_alone(victim: Person, lead: User, at_desk: SignIn) -> None:
    assert "Who looked at this record" in words(signed_in(lead).get(f"/people/{victim.pk}/"))
    assert "Who looked" not in words(at_desk("officer").get(f"/people/{victim.pk}/"))
    follow()
