"""What is to be looked at again: each kind of it, for those who may know of it, and as quick for two hundred as for two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.people import actions
from alongside.people import reviewing as view
from alongside.people.models import Address, KeysMark, LinkDecision, MatchKey, Person
from alongside.people.queries import reviewing
from alongside.people.records import AddressSaid, PersonSaid
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import AMINA, on_record
from tests.apps.people.test_second import say
from tests.apps.reading import words
from tests.apps.statements import differing, statements

SignIn = Callable[[str], Client]


@pytest.fixture
def victim(case: Case) -> Person:
    return case.members.get(role="victim").person


def queue(client: Client, kind: str = "") -> str:
    return words(client.get(f"/people/review/?kind={kind}"))


def test_an_answer_left_open_waits_until_somebody_knows(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    assert "Nothing to look at again." in queue(at_desk("officer"))
    other = on_record(there.users["idva"])
    say(victim, other, there.users["officer"], "unsure", how="")
    said = queue(at_desk("officer"), "unsure")
    assert f"A.H. {victim.memberships.get().case.reference}" in said
    assert "“Not sure”, said by you" in said
    assert "Hartley" not in said and "Amina" not in said
    say(victim, other, there.users["officer"], "same")
    assert "Nothing to look at again." in queue(at_desk("officer"))


def test_several_records_of_one_person_are_looked_at_together(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    for _ in range(3):
        say(victim, on_record(there.users["idva"]), there.users["officer"], "unsure", how="")
    said = queue(at_desk("officer"))
    assert "All 1" in said and "Left at “not sure” 3 records" in said


def test_a_record_that_came_up_since_is_offered_and_one_that_was_there_is_not(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    first = on_record(there.users["idva"], at=NOW - timedelta(hours=2))
    on_record(there.users["idva"], at=NOW - timedelta(hours=1))
    say(victim, first, there.users["officer"])
    assert "Nothing to look at again." in queue(at_desk("officer"))
    on_record(there.users["manager"], at=NOW + timedelta(minutes=1))
    assert "A record came up since the last answer 1" in queue(at_desk("officer"))
    assert "What agrees:" in queue(at_desk("officer"), "new")


def test_a_link_whose_record_changed_is_looked_at_again(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    other = on_record(there.users["idva"], addresses=[AddressSaid("9 Any Road", "B1 1AA")])
    say(victim, other, there.users["officer"])
    later = NOW + timedelta(minutes=1)
    actions.set_confidential(
        address=Address.objects.get(person=other), confidential=True, by=there.users["idva"], at=later
    )
    assert "Nothing to look at again." in queue(at_desk("officer")), "the other record is not theirs to know of"
    assert "A record changed since it was linked 1" in queue(at_desk("sergeant"))
    actions.put_right(person=victim, now={"family_name": "Marsh"}, by=there.users["officer"], at=later)
    assert "A record changed since it was linked 1" in queue(at_desk("officer"))


def test_every_person_answered_about_is_looked_at_a_slice_after_another(
    victim: Person, there: Partnership, case: Case, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "ONE_LOOK", 2)
    monkeypatch.setattr(view, "ONE_LOOK", 2)
    say(victim, on_record(there.users["idva"], at=NOW - timedelta(hours=1)), there.users["officer"])
    on_record(there.users["manager"], at=NOW + timedelta(minutes=1))
    whole = queue(at_desk("officer"))
    assert "looked for among the one person answered about." in whole and "Look among" not in whole
    _left_open(there, case, 4, at=NOW + timedelta(minutes=2))
    first = queue(at_desk("officer"))
    assert (
        "among the 2 people answered about most recently, of 5. Everything else is complete. Look among the next 2"
        in first
    )
    assert "All 4" in first and "A record came up" not in first
    assert "Look among the other 1" in words(at_desk("officer").get("/people/review/?kind=new&from=2"))
    assert "looked for" not in queue(at_desk("officer"), "unsure")
    last = words(at_desk("officer").get("/people/review/?kind=new&from=4"))
    assert "among people 5 to 5 answered about most recently, of 5." in last and "Back to the most recent" in last
    assert "A record came up since the last answer 1" in last and "All 5" in last
    assert "All 4" in words(at_desk("officer").get("/people/review/?from=no-number"))


def test_what_cannot_be_told_is_said_and_the_rest_is_there(victim: Person, there: Partnership, at_desk: SignIn) -> None:
    say(victim, on_record(there.users["idva"]), there.users["officer"], "unsure", how="")
    KeysMark.objects.update(mark="of another sealing key")
    MatchKey.objects.all().delete()
    said = queue(at_desk("officer"))
    assert "Whether a record came up since somebody answered cannot be told just now" in said
    assert "Left at “not sure” 1" in said


def test_somebody_of_the_same_case_is_not_offered(
    victim: Person, there: Partnership, case: Case, at_desk: SignIn
) -> None:
    say(victim, on_record(there.users["idva"], at=NOW - timedelta(hours=1)), there.users["officer"])
    alike = on_record(there.users["officer"], at=NOW + timedelta(minutes=1))
    with writing():
        CaseMember.objects.create(case=case, person=alike, role="other", ref="alike")
    assert "Nothing to look at again." in queue(at_desk("officer"))


def test_nothing_of_a_case_one_may_not_see_stands_in_the_queue(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    other = on_record(there.users["idva"])
    say(victim, other, there.users["officer"], "unsure", how="")
    for name in ("manager", "idva"):
        assert "Nothing to look at again." in queue(at_desk(name))
    assert at_desk("auditor").get("/people/review/").status_code == 403


def test_two_hundred_take_as_many_statements_as_two(there: Partnership, case: Case, at_desk: SignIn) -> None:
    _left_open(there, case, 2)
    client = at_desk("sergeant")
    client.get("/people/review/")

    def look() -> None:
        assert client.get("/people/review/").status_code == 200

    few = statements(look)
    _left_open(there, case, 200)
    many = statements(look)
    assert len(many) == len(few), differing(few, many)
    said = queue(client)
    assert "All 202" in said and "Page 1 of 9" in said


def _left_open(there: Partnership, case: Case, count: int, at: datetime = NOW) -> None:
    """So many people of the case, each with one answer left at *not sure*."""
    before = Person.objects.count()
    said = [PersonSaid(ref=f"x{before + n}", given_name="Wren", family_name=f"Alder{before + n}") for n in range(count)]
    by = there.users["officer"]
    held = actions.record_people(agency=by.agency, people=said, by=by, at=NOW)
    rows = [CaseMember(case=case, person=person, role="other", ref=ref) for ref, person in held.items()]
    invented.cases.add_people(case=case, members=rows, by=by, at=NOW)
    other = on_record(there.users["idva"], **(AMINA | {"given_name": "Robin"}))
    with writing():
        LinkDecision.objects.bulk_create(
            LinkDecision(person=p, candidate=other, answer="unsure", weight=1, decided_at=at, decided_by=by)
            for p in held.values()
        )
