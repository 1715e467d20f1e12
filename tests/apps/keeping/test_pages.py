"""The pages: what is due, one person, a hold, a decision; for two roles, of their own agency, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.api import unit_of_work
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseEvent
from alongside.gate.viewing import Viewer
from alongside.keeping import queries
from alongside.keeping.models import Erasure, LegalHold
from alongside.people.models import Address, Person
from tests.apps.keeping.test_erasing import erase, victim
from tests.apps.partnership import NOW, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import words

SignIn = Callable[[str], Client]
OVERVIEW = reverse("keeping:overview")
YEAR = timedelta(days=366)
DAY = {"review_on_0": "1", "review_on_1": "9", "review_on_2": "2027"}


def aged(case: Case, by: timedelta) -> None:
    """The last entry of a case lies so far back."""
    with writing():
        Case.objects.filter(pk=case.pk).update(received_on=NOW - by)
        CaseEvent.objects.filter(case=case).update(happened_at=NOW - by)


def grown(case: Case, born: str) -> None:
    with writing():
        Person.objects.filter(memberships__case=case).update(date_of_birth=born)


def due(there: Partnership, name: str = "lead") -> list[queries.Due]:
    return queries.due(Viewer(there.users[name], NOW))


@pytest.mark.parametrize(
    ("years", "born", "found"), [(11, "1980", 1), (9, "1980", 0), (11, "2001-03-03", 0), (11, "2001-03-01", 1)]
)
def test_a_case_is_due_once_nothing_was_entered_and_everybody_is_grown(
    leads: Partnership, quiet: Case, years: int, born: str, found: int
) -> None:
    aged(quiet, years * YEAR)
    grown(quiet, born)
    assert len(due(leads)) == found


def test_a_child_whose_birth_is_not_known_is_said_to_be(leads: Partnership, quiet: Case) -> None:
    aged(quiet, 30 * YEAR)
    grown(quiet, "")
    (one,) = due(leads)
    assert one.cannot_tell and len(one.members) == quiet.members.count()
    assert due(leads, "lead-csc") == []


def test_nobody_is_erased_by_the_clock(leads: Partnership, quiet: Case, at_desk: SignIn) -> None:
    aged(quiet, 90 * YEAR)
    grown(quiet, "1920")
    said = words(at_desk("lead").get(OVERVIEW))
    assert quiet.reference in said and "to be confirmed" in said
    assert not Person.objects.filter(erased_on__isnull=False).exists()


@pytest.mark.parametrize("name", ["officer", "manager", "administrator", "auditor"])
def test_other_roles_do_not_open_it(leads: Partnership, quiet: Case, at_desk: SignIn, name: str) -> None:
    person = reverse("keeping:person", args=[victim(quiet).pk])
    assert {at_desk(name).get(one).status_code for one in (OVERVIEW, person)} == {403}


def test_a_person_nobody_may_see_is_not_there(leads: Partnership, quiet: Case, at_desk: SignIn) -> None:
    person = reverse("keeping:person", args=[victim(quiet).pk])
    assert at_desk("lead-haven").get(person).status_code == 404


def test_from_asking_to_erased_by_two_people(leads: Partnership, quiet: Case, at_desk: SignIn) -> None:
    her = victim(quiet)
    name = her.given_name
    page = reverse("keeping:person", args=[her.pk])
    first, second = at_desk("lead"), at_desk("ig")
    assert "What erasing does" in words(first.get(page))
    assert first.post(page, {"do": "ask"}).status_code == 422
    sent = {"do": "ask", "ask-ground": "asked-for", "ask-reason": "They asked for it."}
    assert first.post(page, sent).status_code == 302
    decide = reverse("keeping:erasure", args=[Erasure.objects.get().pk])
    proven(first, NOW)
    assert "You asked for it" in words(first.get(decide))
    yes = {"agreed": "yes", "why": "Nothing keeps it."}
    assert first.post(decide, yes).status_code == 403
    assert second.post(decide, yes).status_code == 403 and Person.objects.get(pk=her.pk).erased_on is None
    proven(second, NOW)
    assert name in words(second.get(decide))
    assert second.post(decide, {"why": ""}).status_code == 422
    assert second.post(decide, yes).status_code == 302
    assert Person.objects.get(pk=her.pk).erased_on == NOW
    said = words(second.get(OVERVIEW))
    assert "Erased" in said and name not in said
    assert name not in words(second.get(decide)) and "a person who was erased" in words(second.get(page))
    assert Event.objects.filter(kind="read", name="keeping.erasure").count() >= 3


def test_a_hold_from_page_to_page(leads: Partnership, quiet: Case, at_desk: SignIn) -> None:
    page = reverse("keeping:person", args=[victim(quiet).pk])
    first, second = at_desk("lead"), at_desk("ig")
    sent = {"do": "hold", "hold-reason": "Proceedings run."} | {f"hold-{key}": value for key, value in DAY.items()}
    assert first.post(page, sent).status_code == 302
    row = LegalHold.objects.get()
    one = reverse("keeping:hold", args=[row.pk])
    assert "Proceedings run." in words(second.get(one)) and "a second person lifts it" in words(first.get(one))
    assert "It cannot be erased now" in words(first.get(page)) and "Ask for it" not in words(first.get(page))
    again = {"do": "again"} | {f"again-{key}": value for key, value in DAY.items()}
    assert second.post(one, again).status_code == 302
    assert second.post(one, {"do": "lift", "lift-why": "They are over."}).status_code == 302
    assert second.get(one).status_code == 404
    row.refresh_from_db()
    assert row.lifted_by == leads.users["ig"] and row.lifted_why.open() == "They are over."


def test_nothing_more_is_kept_about_somebody_erased(
    leads: Partnership, quiet: Case, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    her = victim(quiet)
    erase(leads, her)

    def keep(person: Person) -> None:
        with unit_of_work(), writing():  # as an act does
            Address.objects.create(person=person, lines="a new address")

    monkeypatch.setattr(queries, "holds_on", keep)
    answer = at_desk("lead").get(reverse("keeping:person", args=[her.pk]))
    assert answer.status_code == 403 and "Nothing more is kept about them" in words(answer)
    assert not any(row.lines for row in Address.objects.filter(person=her))
