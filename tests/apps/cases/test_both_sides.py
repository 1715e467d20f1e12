"""An agency that supervises the person reported works on the case, and opens no door of the victim or a child."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.models import Agency, User
from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.casework.queries.drafts import draft
from alongside.gate.actions import open_ground
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from tests.apps.partnership import NOW, PASSWORD, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.reading import words

SignIn = Callable[[str], Client]


@pytest.fixture
def supervisor(case: Case, there: Partnership, at_desk: SignIn) -> Client:
    agency = Agency.objects.create(code="probation", name="Probation", kind="probation")
    there.users["supervisor"] = User.objects.create_user(
        "supervisor@alongside.example", PASSWORD, name="Ash Supervisor", agency=agency, role="probation"
    )
    open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=User.objects.get(email="supervisor@alongside.example"),
        ground="case-team",
        purpose="supervision",
        by=there.users["officer"],
        at=NOW,
    )
    return at_desk("supervisor")


@pytest.mark.parametrize("role", ["victim", "child"])
@pytest.mark.parametrize("what", ["addresses", "contacts", "reach", "safe-contact"])
def test_no_address_or_number_of_hers_is_opened_there(case: Case, supervisor: Client, role: str, what: str) -> None:
    person = case.members.get(role=role).person
    page = supervisor.post(f"/people/{person.pk}/{what}/", {"act": "phone"})
    assert page.status_code == 403 and "they reach this person for you" in words(page)
    assert "Sample Street" not in page.content.decode() and "900123" not in page.content.decode()


def test_the_page_of_the_family_names_no_school_or_area_there(case: Case, supervisor: Client, at_desk: SignIn) -> None:
    with writing():
        child = CaseMember.objects.get(case=case, role="child")
        child.school_name, child.lives_in = "Larkhill Primary School", "walsall"
        child.save()
        Person.objects.filter(pk=child.person_id).update(date_of_birth="2018-01-09")
    page = f"/cases/{case.reference}/see/family/"
    theirs, police = words(supervisor.get(page)), words(at_desk("officer").get(page))
    assert "Larkhill" in police and "Area they live in Walsall" in police
    assert "Larkhill" not in theirs and "Walsall" not in theirs and "Not opened to your agency" in theirs


def test_the_contact_rules_of_the_case_are_not_opened_there(case: Case, supervisor: Client) -> None:
    page = supervisor.post(f"/cases/{case.reference}/contact/", {"purpose": "ring"})
    assert page.status_code == 403 and "he sees the phone at night" not in page.content.decode()
    assert supervisor.get(f"/cases/{case.reference}/").status_code == 200, "the case itself is theirs to work on"


def test_of_whom_they_supervise_and_of_their_own_records_they_open_what_they_need(
    case: Case, supervisor: Client, there: Partnership
) -> None:
    person = case.members.get(role="person-causing-harm").person
    assert supervisor.post(f"/people/{person.pk}/addresses/").status_code == 200
    assert on_record(there.users["supervisor"]).recorded_by_agency.kind == "probation"


def test_everybody_else_opens_them_as_before(case: Case, at_desk: SignIn) -> None:
    person = case.members.get(role="victim").person
    assert "14 Sample Street" in words(at_desk("officer").post(f"/people/{person.pk}/addresses/"))


def test_a_referral_written_there_begins_without_her_number_or_address(
    case: Case, supervisor: Client, there: Partnership
) -> None:
    def said(name: str) -> str:
        held = draft(case, Viewer(there.users[name], NOW))
        return " ".join([held.safe_contact, *(f"{one.detail} {one.address}" for one in held.people)])

    assert "900123" in said("officer") and "14 Sample Street" in said("officer")
    assert "900123" not in said("supervisor") and "Sample Street" not in said("supervisor")
