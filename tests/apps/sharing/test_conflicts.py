"""Conflicts of interest: whoever is close to a party sees nothing of it, is not told, and only two leads together lift that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.audit.models import Event
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.gate.models import Block
from alongside.gate.viewing import NotVisible, Viewer
from alongside.outbox.models import Message
from alongside.people.models import Person
from alongside.people.queries import candidates_for, kept_apart
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.conflicts import actions, queries
from alongside.sharing.conflicts.models import CarryOn, ClosePerson, Conflict, TwoLeads
from alongside.sharing.conflicts.queries import finding
from tests.apps.partnership import NOW, Partnership, call
from tests.apps.passkey import proven
from tests.apps.reading import page, words
from tests.apps.sharing.leads import add_leads

SignIn = Callable[[str], Client]
HOUR = timedelta(hours=1)
DEAN = PersonSaid(ref="x", given_name="Dean", family_name="Marsh", date_of_birth="1991-02")
CLOSE: Mapping[str, PersonSaid] = {
    "name and whole date of birth": PersonSaid(
        ref="x", given_name="Amina", family_name="Hartley", date_of_birth="1996-05-04"
    ),
    "telephone": PersonSaid(ref="x", given_name="Sam", phones=["+44 7700 900 123"]),
    "address": PersonSaid(ref="x", given_name="Sam", addresses=[AddressSaid("14 Sample St", "cv1 4aa", current=True)]),
    "other spelling": PersonSaid(ref="x", given_name="Aminah", family_name="Hartly", date_of_birth="1996-05-04"),
    "maiden name": PersonSaid(
        ref="x", given_name="Amina", family_name="Other", other_names=["Amina Hartley"], date_of_birth="1996-05-04"
    ),
}
APART: Mapping[str, PersonSaid] = {
    "a name alone": PersonSaid(ref="x", given_name="Amina", family_name="Hartley", date_of_birth="1961-01-30"),
    "next door": PersonSaid(
        ref="x", given_name="Sam", addresses=[AddressSaid("16 Sample Street", "CV1 4AA", current=True)]
    ),
    "another telephone": PersonSaid(ref="x", given_name="Sam", phones=["07700 900456"]),
}


@pytest.fixture
def leads(there: Partnership) -> Partnership:
    add_leads(there)
    return there


def sees(there: Partnership, name: str, case: Case) -> bool:
    """Whether somebody sees the case, or anybody in it."""
    viewer = Viewer(there.users[name], NOW)
    found = Case.objects.visible_to(viewer).filter(pk=case.pk).exists()
    assert found == Person.objects.visible_to(viewer).filter(memberships__case=case).exists()
    return found


def declare(there: Partnership, said: PersonSaid, name: str = "officer") -> ClosePerson:
    return actions.declare(relation="ex-partner", said=said, by=there.users[name], at=NOW)


@pytest.mark.parametrize("said", CLOSE.values(), ids=CLOSE.keys())
@pytest.mark.parametrize("first", ["declared", "called"])
def test_whoever_is_close_sees_nothing_whichever_came_first(leads: Partnership, said: PersonSaid, first: str) -> None:
    if first == "declared":
        declare(leads, said)
        case = call(leads)
    else:
        case = call(leads)
        assert sees(leads, "officer", case)
        declare(leads, said)
    assert not sees(leads, "officer", case)
    assert sees(leads, "second", case)
    assert Conflict.objects.get().how == "found"


@pytest.mark.parametrize("said", APART.values(), ids=APART.keys())
def test_whoever_only_shares_a_name_or_a_street_works_on(leads: Partnership, said: PersonSaid) -> None:
    case = call(leads)
    declare(leads, said)
    assert sees(leads, "officer", case)
    assert not Conflict.objects.exists()


def test_nobody_can_be_found_by_a_given_name_alone(leads: Partnership) -> None:
    with pytest.raises(Refused, match="Nothing was kept"):
        declare(leads, PersonSaid(ref="x", given_name="Amina"))
    assert not ClosePerson.objects.exists()


def test_a_person_of_two_cases_is_hidden_where_only_one_is_kept_apart(leads: Partnership, case: Case) -> None:
    other = call(leads)
    victim = Person.objects.get(memberships__case=case, memberships__role="victim")
    cases.add_people(
        case=other,
        members=[other.members.model(case=other, person=victim, role="other")],
        by=leads.users["officer"],
        at=NOW,
    )
    actions.declare_case(case=case, reason="My cousin.", by=leads.users["officer"], at=NOW)
    viewer = Viewer(leads.users["officer"], NOW)
    assert list(Case.objects.visible_to(viewer)) == [other]
    assert victim not in Person.objects.visible_to(viewer)


def test_look_ups_leave_out_who_is_kept_apart(leads: Partnership, case: Case) -> None:
    sought = {case.pk: PersonSaid(ref="x", given_name="Amina", family_name="Hartley", date_of_birth="1996-05-04")}
    assert candidates_for(sought, Viewer(leads.users["officer"], NOW))[case.pk]
    declare(leads, CLOSE["telephone"])
    viewer = Viewer(leads.users["officer"], NOW)
    assert len(kept_apart(viewer)) == 3
    assert not candidates_for(sought, viewer)[case.pk]
    assert candidates_for(sought, Viewer(leads.users["second"], NOW))[case.pk]


def test_the_page_answers_as_for_what_is_not_there(leads: Partnership, case: Case, at_desk: SignIn) -> None:
    declare(leads, CLOSE["telephone"])
    client = at_desk("officer")
    hidden, absent = client.get(f"/cases/{case.reference}/"), client.get("/cases/AL-9999-99/")
    assert hidden.status_code == absent.status_code == 404
    assert page(hidden) == page(absent)
    assert case.reference not in words(client.get("/cases/")) and case.reference not in words(client.get("/"))


def test_saying_it_oneself_closes_the_case_and_asks_a_lead(leads: Partnership, case: Case, at_desk: SignIn) -> None:
    client = at_desk("officer")
    address = f"/cases/{case.reference}/known-to-me/"
    assert "Say so, and it is closed to you" in words(client.get(f"/cases/{case.reference}/see/family/"))
    assert client.post(address, {"reason": " "}).status_code == 422
    assert sees(leads, "officer", case)
    assert "The case is closed to you" in words(client.post(address, {"reason": "My brother."}))
    assert not sees(leads, "officer", case)
    assert client.get(address).status_code == 404
    assert client.post(address, {"reason": "Again."}).status_code == 404
    task = CarryOn.objects.get()
    assert task.agency.code == "west-midlands-police"
    assert Message.objects.filter(recipient=f"user:{leads.users['lead'].pk}").exists()
    lead = at_desk("lead")
    page = words(lead.get("/conflicts/"))
    assert case.reference in page and "Ash Officer" not in page and "brother" not in page
    assert lead.post(f"/conflicts/carry-on/{task.pk}/", {"how": ""}).status_code == 422
    assert "Kept, with your name" in words(
        lead.post(f"/conflicts/carry-on/{task.pk}/", {"how": "The desk."}, follow=True)
    )
    assert lead.post(f"/conflicts/carry-on/{task.pk}/", {"how": "The desk."}).status_code == 404
    assert at_desk("lead-csc").get(f"/conflicts/carry-on/{task.pk}/").status_code == 404


def test_a_lead_is_told_and_one_word_is_enough(leads: Partnership, case: Case, at_desk: SignIn) -> None:
    told = {"reference": case.reference, "agency": "west-midlands-police", "reason": "She says that he is his brother."}
    lead = at_desk("lead")
    assert lead.post("/conflicts/told/", told | {"email": "nobody@alongside.example"}).status_code == 422
    assert lead.post("/conflicts/told/", told | {"email": "second@alongside.example"}, follow=True).status_code == 200
    assert not sees(leads, "second", case) and sees(leads, "officer", case)
    assert (
        at_desk("lead-haven").post("/conflicts/told/", told | {"email": "officer@alongside.example"}).status_code == 404
    )
    assert at_desk("second").get("/conflicts/").status_code == 403


def opened(there: Partnership, case: Case) -> Conflict:
    return actions.declare_case(case=case, reason="My brother.", by=there.users["officer"], at=NOW)


def test_two_leads_of_different_agencies_see_and_lift(leads: Partnership, case: Case, at_desk: SignIn) -> None:
    held = opened(leads, case)
    lead, other = proven(at_desk("lead"), NOW), proven(at_desk("lead-haven"), NOW)
    one = f"/conflicts/{held.pk}/"
    assert "Ash Officer" not in words(lead.get(one))
    lead.post(one, {"what": "see", "reason": "He asks why."})
    asked = TwoLeads.objects.get()
    assert lead.post(f"/conflicts/asked/{asked.pk}/", {"agreed": "yes"}).status_code == 403
    assert "He asks why" in words(other.get(f"/conflicts/asked/{asked.pk}/"))
    other.post(f"/conflicts/asked/{asked.pk}/", {"agreed": "yes"})
    for client in (lead, other):
        page = words(client.get(one))
        assert "Ash Officer" in page and "My brother." in page and case.reference in page
    assert "Ash Officer" not in words(at_desk("lead-csc").get(one))
    later = Viewer(leads.users["lead"], NOW + HOUR)
    assert queries.sees_until(later, held) is None
    assert queries.sees_until(Viewer(leads.users["lead"], NOW + HOUR - timedelta(seconds=1)), held)
    actions.ask(conflict=held, what="lift", reason="They are not related.", by=leads.users["lead"], at=NOW)
    lift = TwoLeads.objects.get(what="lift")
    with pytest.raises(Refused, match="A lead of another agency"):
        actions.answer(asked=lift, agreed=True, by=leads.users["lead"], at=NOW)
    assert not sees(leads, "officer", case)
    actions.answer(asked=lift, agreed=True, by=leads.users["lead-csc"], at=NOW)
    assert sees(leads, "officer", case)
    with pytest.raises(Refused, match="answered already"):
        actions.answer(asked=lift, agreed=False, by=leads.users["lead-haven"], at=NOW)


def test_a_no_leaves_it_as_it_is(leads: Partnership, case: Case) -> None:
    held = opened(leads, case)
    asked = actions.ask(conflict=held, what="lift", reason="Why not.", by=leads.users["lead"], at=NOW)
    actions.answer(asked=asked, agreed=False, by=leads.users["lead-haven"], at=NOW)
    assert not sees(leads, "officer", case)
    assert queries.sees_until(Viewer(leads.users["lead"], NOW), held) is None


def test_what_two_leads_lifted_is_not_found_again(leads: Partnership, case: Case) -> None:
    declare(leads, CLOSE["address"])
    held = Conflict.objects.get()
    asked = actions.ask(conflict=held, what="lift", reason="They moved out.", by=leads.users["lead"], at=NOW)
    actions.answer(asked=asked, agreed=True, by=leads.users["lead-haven"], at=NOW)
    cases.changed(case=case, by=leads.users["second"], at=NOW)
    assert sees(leads, "officer", case)
    declare(leads, CLOSE["telephone"])  # something else that agrees is another matter
    assert not sees(leads, "officer", case)


def test_a_lead_sees_nothing_of_what_is_about_themselves(leads: Partnership, case: Case, at_desk: SignIn) -> None:
    held = actions.declare_case(case=case, reason="My sister.", by=leads.users["lead"], at=NOW)
    assert not queries.standing(Viewer(leads.users["lead"], NOW)).exists()
    with pytest.raises(NotVisible):
        queries.conflict(Viewer(leads.users["lead"], NOW), held.pk)
    assert case.reference not in words(at_desk("lead").get("/conflicts/"))
    assert at_desk("lead").get(f"/conflicts/{held.pk}/").status_code == 404
    # The police have no other lead: one of an agency that holds the case is asked, else any.
    assert CarryOn.objects.exclude(agency__code="west-midlands-police").exists()


def test_no_administrator_sees_or_lifts_and_the_audit_names_nobody(
    leads: Partnership, case: Case, at_desk: SignIn
) -> None:
    held = opened(leads, case)
    for name in ("administrator", "auditor", "manager", "sergeant"):
        for address in ("/conflicts/", f"/conflicts/{held.pk}/", "/conflicts/told/"):
            assert at_desk(name).get(address).status_code == 403, (name, address)
    said = Event.objects.filter(name__in=("gate.kept_apart", "sharing.conflict_opened"))
    assert said.count() == 2
    assert not any(str(leads.users["officer"].pk) in event.detail + event.subject_ids for event in said)


def test_the_seal_keeps_what_was_said(leads: Partnership) -> None:
    row = declare(leads, CLOSE["maiden name"])
    assert finding.opened(row) == PersonSaid(
        ref="x",
        given_name="Amina",
        family_name="Other",
        other_names=["Amina Hartley"],
        date_of_birth="1996-05-04",
        phones=[],
        addresses=[],
        safe_contacts=[],
    )


def test_people_close_to_you_shows_oneself_no_value(leads: Partnership, at_desk: SignIn) -> None:
    client = at_desk("officer")
    typed = {"relation": "myself", "given_name": "Ash", "family_name": "Officer", "phone": "07700 900222"}
    page = words(client.post("/people-close-to-you/", typed, follow=True))
    assert "Kept. If they are in a case" in page and "Myself, A.O." in page and "900222" not in page
    assert client.post("/people-close-to-you/", {"relation": "friend", "given_name": "Sam"}).status_code == 403
    assert "A.O." not in words(at_desk("second").get("/people-close-to-you/"))


def test_declared_twice_is_one_block(leads: Partnership, case: Case) -> None:
    declare(leads, CLOSE["address"])
    declare(leads, CLOSE["telephone"])
    assert Block.objects.filter(lifted_on__isnull=True).count() == 1
