"""What somebody disputes stands beside what they dispute, and changes nothing of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from alongside.agencies.access import Refused
from alongside.audit.errors import SideDoor
from alongside.audit.models import Event
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseEvent
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.rights import actions, queries
from alongside.rights.models import Dispute, DisputeFinding
from tests.apps.partnership import NOW, Partnership, call
from tests.apps.reading import page, words

SignIn = Callable[[str], Client]
WORDS = "I never said that he lives with us."


@pytest.fixture
def entry(case: Case, there: Partnership) -> CaseEvent:
    return cases.note(
        case=case, what="The scene record was finished", record_kind="casework.scenerecord", record_id=case.pk, by=there.users["officer"], at=NOW
    )  # fmt: skip


@pytest.fixture
def victim(case: Case) -> Person:
    return Person.objects.get(memberships__case=case, memberships__role="victim")


def say(there: Partnership, entry: CaseEvent, person: Person, name: str = "officer", **more: str) -> Dispute:
    said = {"nature": "fact", "words": WORDS} | more
    return actions.dispute(case=entry.case, entry=entry, person=person, **said, by=there.users[name], at=NOW)


def test_the_entry_stands_and_the_words_stand_beside_it(
    case: Case, entry: CaseEvent, victim: Person, at_desk: SignIn
) -> None:
    before = CaseEvent.objects.filter(pk=entry.pk).values().get()
    typed = {"entry": str(entry.pk), "person": str(victim.pk), "nature": "fact", "words": WORDS}
    officer = at_desk("officer")
    shown = words(officer.post(f"/cases/{case.reference}/dispute/", typed, follow=True))
    assert "Kept. The entry stands" in shown and "Disputed: A.H. says that this is not right" in shown
    assert WORDS not in shown, "the words are opened on a page of their own"
    assert CaseEvent.objects.filter(pk=entry.pk).values().get() == before
    one = words(officer.get(f"/disputes/{Dispute.objects.get().pk}/"))
    assert WORDS in one and "This is about an entry of your own" in one


def test_nothing_typed_is_lost_and_what_is_missing_is_said(case: Case, entry: CaseEvent, at_desk: SignIn) -> None:
    answer = at_desk("officer").post(f"/cases/{case.reference}/dispute/", {"entry": str(entry.pk), "words": WORDS})
    assert answer.status_code == 422 and WORDS in words(answer) and "Say who says so." in words(answer)
    assert not Dispute.objects.exists()


def test_the_words_are_sealed_and_no_event_holds_them(entry: CaseEvent, victim: Person, there: Partnership) -> None:
    row = say(there, entry, victim)
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM rights_dispute")
        assert b"lives with us" not in bytes(cursor.fetchone()[0])
    assert not any("lives" in event.detail for event in Event.objects.all())
    assert row.words.open() == WORDS


def test_another_looks_at_it_and_each_look_is_a_row(
    case: Case, entry: CaseEvent, victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    row = say(there, entry, victim)
    with pytest.raises(Refused, match="an entry of your own"):
        actions.look_at(dispute=row, found="stands", reason="I was there.", by=there.users["officer"], at=NOW)
    second = at_desk("second")
    assert second.post(f"/disputes/{row.pk}/", {"found": "wrong", "reason": " "}).status_code == 422
    said = {"found": "wrong", "reason": "Recorded anew as the second entry."}
    assert "It is wrong. What is right was recorded anew" in words(
        second.post(f"/disputes/{row.pk}/", said, follow=True)
    )
    actions.look_at(dispute=row, found="unclear", reason="Two say two things.", by=there.users["sergeant"], at=NOW)
    assert DisputeFinding.objects.count() == 2
    assert [one.found for one in queries.findings(case, Viewer(there.users["officer"], NOW))[row.pk]].count(
        "wrong"
    ) == 1


def test_who_may_not_see_the_case_finds_nothing(
    entry: CaseEvent, victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    row = say(there, entry, victim)
    client = at_desk("manager")
    hidden, absent = client.get(f"/disputes/{row.pk}/"), client.get(f"/disputes/{entry.pk}/")
    assert hidden.status_code == absent.status_code == 404 and page(hidden) == page(absent)
    assert client.post(f"/disputes/{row.pk}/", {"found": "stands", "reason": "x"}).status_code == 404
    assert at_desk("auditor").get(f"/disputes/{row.pk}/").status_code == 403


def test_a_foreign_entry_or_person_is_not_taken(
    entry: CaseEvent, victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    other = call(there)
    foreign = cases.note(case=other, what="Another", by=there.users["officer"], at=NOW)
    stranger = Person.objects.get(memberships__case=other, memberships__role="victim")
    with pytest.raises(Refused, match="not one of the case"):
        actions.dispute(
            case=entry.case, entry=foreign, person=victim, nature="", words="x", by=there.users["officer"], at=NOW
        )
    with pytest.raises(Refused, match="not in the case"):
        say(there, entry, stranger)
    address = f"/cases/{entry.case.reference}/dispute/"
    typed = {"entry": str(foreign.pk), "person": str(stranger.pk), "nature": "fact", "words": WORDS}
    assert at_desk("officer").post(address, typed).status_code == 422
    assert not Dispute.objects.exists()


def test_a_dispute_is_never_changed_by_the_side_door(entry: CaseEvent, victim: Person, there: Partnership) -> None:
    row = say(there, entry, victim)
    with pytest.raises(SideDoor):
        row.save()
    with pytest.raises(SideDoor):
        Dispute.objects.filter(pk=row.pk).update(nature="opinion")
