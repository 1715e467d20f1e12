"""Looks are copied from the chains once, whole, and found by whom they are about; what is unusual is raised once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.agencies.models import User
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.looking.models import Followed, Look, Raised
from alongside.looking.queries import near, subjects
from alongside.looking.queries.raised import leads_of
from alongside.looking.rules import QUIET, RULES
from alongside.outbox.models import Message
from alongside.people.models import Address, ContactPoint
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.conflicts.models import ClosePerson
from alongside.sharing.conflicts.queries import finding
from tests.apps.looking.looks import follow, looked, member
from tests.apps.partnership import NOW, Partnership

pytestmark = pytest.mark.django_db


def raised() -> list[tuple[str, list[str], int]]:
    """In the order of names: what one look-over raises has one moment, and keys are random."""
    return [(row.looker.name, row.rules, row.times) for row in Raised.objects.order_by("looker__name", "pk")]


def test_each_read_is_copied_once_however_often_one_asks(there: Partnership, case: Case) -> None:
    officer = there.users["officer"]
    for number in range(3):
        looked(officer, case, at=NOW + timedelta(minutes=number))
    follow()
    assert follow() == 0
    assert Look.objects.filter(subject=case.pk, looker=officer.pk, is_opened=True).count() == 3
    head = Followed.objects.get(chain=officer.agency.code)
    assert head.seq == Event.objects.filter(chain=officer.agency.code).count()


def test_a_long_chain_is_copied_a_part_at_a_time(
    there: Partnership, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alongside.looking import actions
    from alongside.looking.watching import ACTOR

    monkeypatch.setattr(actions, "BATCH", 2)
    looked(there.users["idva"], case)
    for number in range(7):
        looked(there.users["officer"], case, at=NOW + timedelta(minutes=number))
    assert actions.follow(by=ACTOR, at=NOW, most=3) < 7
    while actions.follow(by=ACTOR, at=NOW, most=3):
        pass
    assert Look.objects.filter(subject=case.pk, is_opened=True).count() == 8


def test_a_read_of_what_belongs_to_somebody_is_a_look_at_them(there: Partnership, case: Case) -> None:
    victim = case.members.get(role="victim").person
    points = [Address.objects.get(person=victim), ContactPoint.objects.get(person=victim)]
    looked(there.users["officer"], *points, what="people.addresses_opened")
    looked(there.users["officer"], case.members.get(role="child"), what="cases.family")
    follow()
    found = set(Look.objects.values_list("subject_kind", "subject"))
    assert {("person", victim.pk), ("case", case.pk)} <= found


def test_every_gated_model_leads_to_a_person_or_a_case_or_is_nobodys_yet() -> None:
    """A page that shows another kind of record is found too: or somebody says here why not."""
    from django.apps import apps

    from alongside.gate.viewing import Gated

    gated = [model for model in apps.get_models() if issubclass(model, Gated)]
    assert len(gated) > 20, "the sweep has lost the models"
    lost = {model._meta.label for model in gated if subjects._path(model._meta.label_lower) is None}
    inside = {
        "uploads.Content",
        "uploads.Ticket",
    }  # no page shows them: what is shown is the file, which is found by its case
    assert lost == {"casework.UnsentReferral", "intake.Draft", "intake.UnsentCall"} | inside


def test_what_the_system_and_lists_show_is_not_opened(there: Partnership, case: Case) -> None:
    looked(there.users["officer"], case, what="cases.list")
    follow()
    assert not Look.objects.get(subject=case.pk).is_opened
    assert raised() == []


def test_work_is_not_raised_and_curiosity_is(there: Partnership, case: Case) -> None:
    curious = member(there, "Robin Quill", "police-officer", "west-midlands-police")
    looked(there.users["officer"], case)
    looked(there.users["second"], case)  # of the same team
    looked(there.users["sergeant"], case)  # a supervisor
    looked(curious, case)
    follow()
    assert raised() == [("Robin Quill", ["no-case"], 1)]


def test_a_surname_is_found_however_it_is_spelled(there: Partnership, case: Case) -> None:
    colleague = member(there, "Kim Märsh", "police-officer", "west-midlands-police", "response")
    looked(colleague, case)
    follow()
    assert raised() == [("Kim Märsh", ["surname"], 1)]


def test_a_neighbour_is_found_by_what_staff_said_of_their_home(there: Partnership, case: Case) -> None:
    """Same street, another number and postcode; and no word of it for the lead."""
    for name, lines, postcode in (
        ("Near Onestreet", "99 Sample Street", "CV1 9ZZ"),
        ("Near Onepost", "1 Other Road", "CV1 4AA"),
        ("Far Away", "14 Sample Street", "B1 1AA"),
        ("Elsewhere Again", "3 Long Lane", "CV1 9ZZ"),
    ):
        user = member(there, name, "police-officer", "west-midlands-police", "response")
        at_home(user, AddressSaid(lines, postcode, current=True))
        looked(user, case)
    follow()
    assert raised() == [("Near Onepost", ["close"], 1), ("Near Onestreet", ["close"], 1)]
    assert "lives" not in RULES["close"].words and "street" not in RULES["close"].words


def test_a_confidential_address_is_compared_with_nothing(there: Partnership, case: Case) -> None:
    with writing():
        Address.objects.update(confidential=True)
    user = member(there, "Near Onepost", "police-officer", "west-midlands-police", "response")
    at_home(user, AddressSaid("14 Sample Street", "CV1 4AA", current=True))
    looked(user, case)
    follow()
    assert raised() == []


def test_who_said_nothing_of_their_home_costs_nothing(
    there: Partnership, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "said_of", lambda ids: pytest.fail("addresses were opened for nobody"))
    looked(there.users["officer"], case)
    follow()


def at_home(user: User, address: AddressSaid) -> None:
    with writing():
        ClosePerson.objects.create(
            user=user,
            relation="myself",
            said=finding.sealed(PersonSaid(ref="", addresses=[address])),
            declared_on=NOW,
        )


def test_pages_of_one_family_are_one_thing_to_answer(there: Partnership, case: Case) -> None:
    curious = member(there, "Robin Quill", "police-officer", "west-midlands-police")
    looked(curious, case)
    looked(curious, case.members.get(role="victim").person, what="people.person")
    follow()
    looked(curious, case, at=NOW + timedelta(minutes=5))
    follow()
    assert raised() == [("Robin Quill", ["no-case"], 3)]
    assert Raised.objects.get().last_on == NOW + timedelta(minutes=5)


def test_what_was_explained_is_quiet_for_a_while(there: Partnership, case: Case) -> None:
    from alongside.looking import actions

    lead = member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police")
    curious = member(there, "Robin Quill", "police-officer", "west-midlands-police")
    looked(curious, case)
    follow()
    actions.answer(row=Raised.objects.get(), to="explained", why="Covered for a colleague.", by=lead, at=NOW)
    soon, late = NOW + QUIET - timedelta(days=1), NOW + QUIET + timedelta(days=1)
    looked(curious, case, at=soon)
    follow(soon)
    assert len(raised()) == 1
    looked(curious, case, at=late)
    follow(late)
    assert len(raised()) == 2


def test_an_old_chain_raises_nothing_from_long_ago(there: Partnership, case: Case) -> None:
    curious = member(there, "Robin Quill", "police-officer", "west-midlands-police")
    looked(curious, case, at=NOW - timedelta(days=15))
    follow()
    assert Look.objects.filter(looker=curious.pk).exists() and raised() == []


def test_leads_are_told_once_a_day_that_something_waits_and_not_what(there: Partnership, case: Case) -> None:
    lead = member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police")
    for name in ("Robin Quill", "Sam Quire"):
        looked(member(there, name, "police-officer", "west-midlands-police"), case)
    follow()
    told = Message.objects.filter(recipient=f"user:{lead.pk}")
    assert told.count() == 1 and told.get().template == "something_new"


def test_a_lead_is_not_told_of_their_own_looks(there: Partnership, case: Case) -> None:
    lead = member(there, "Lee Marsh", "safeguarding-lead", "west-midlands-police")
    assert leads_of(lead.agency, lead, case.pk) == []
    office = member(there, "Pat Office", "information-governance-lead", "partnership")
    assert leads_of(lead.agency, lead, case.pk) == [office]


def test_the_copy_says_nothing_that_the_chain_does_not(there: Partnership, case: Case) -> None:
    looked(there.users["officer"], case)
    follow()
    look = Look.objects.filter(looker=there.users["officer"].pk).latest("pk")
    event = Event.objects.get(pk=look.event)
    assert (look.chain, look.what, look.looked_on) == (event.chain, event.name, event.happened_on)
    assert str(look.subject) in event.subject_ids
