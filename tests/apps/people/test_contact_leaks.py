"""Leaks that happened, replayed: what the Information Commissioner reprimanded in 2022 and 2023 and that was about reaching somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import ForeignKey, ManyToManyField
from django.test import Client

from alongside.cases.models import Case
from alongside.people import actions, clearance
from alongside.people.contact.pages import to_act_on
from alongside.people.models import Address, ContactTry, Person, PlannedLetter
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.reachable import adopt, confirm, move
from tests.apps.people.test_letters import agree, plan
from tests.apps.reading import words

SignIn = Callable[[str], Client]


def victim_of(case: Case) -> Person:
    return case.members.get(role="victim").person


def test_a_letter_about_a_new_address_is_not_posted_to_the_old_one(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    """She moved and said so; the letter that confirms it was addressed before."""
    officer, victim = there.users["officer"], victim_of(case)
    adopt(there.area, officer, NOW)
    agree(victim, there, NOW + timedelta(seconds=1))
    letter = plan(victim, there, NOW + timedelta(seconds=2))
    actions.read_letter(letter=letter, by=there.users["second"], at=NOW + timedelta(seconds=3))
    move(victim, "3 New Street", by=officer, at=NOW + timedelta(seconds=4))
    letter.refresh_from_db()
    assert letter.state == "void"
    client = at_desk("officer")
    assert "Do not post this letter. Destroy it." in words(client.get(f"/people/letters/{letter.pk}/"))
    assert client.post(f"/people/letters/{letter.pk}/", {"do": "post"}).status_code in (403, 409)
    assert "Sample Street" not in words(client.post(f"/people/letters/{letter.pk}/", {"do": "show"}))
    letter.refresh_from_db()
    assert letter.state == "void"


def test_no_voice_message_is_left_on_a_telephone_that_he_answers(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    """The number on record is safe for a call in her hours; the answering machine is his too."""
    officer, victim = there.users["officer"], victim_of(case)
    adopt(there.area, officer, NOW)
    confirm(victim, "phone", by=officer, at=NOW, shared=True, may_leave=False)
    page = at_desk("officer").post(f"/people/{victim.pk}/reach/", {"act": "voicemail"})
    said = words(page)
    assert "No: do not do this" in said and "shared with somebody" in said and "Nothing may be left this way" in said
    assert "07700 900456" not in page.content.decode()
    assert ContactTry.objects.get().verdict == "no"
    assert clearance.answer(victim.pk, "phone", NOW)[0].allowed, "a call in her hours is another thing"
    confirm(victim, "phone", by=officer, at=NOW + timedelta(seconds=1), may_leave=True)
    row, said, way = actions.ask_to_reach(person=victim, act="voicemail", by=officer, at=NOW + timedelta(seconds=2))
    assert said.verdict == row.verdict == "yes" and way is not None
    told = {str(one["key"]): one["text"] for one in to_act_on("voicemail", way)}
    assert told["Say this and nothing else"] == "It is the library about a book."


def test_a_letter_has_one_person_and_one_address_and_no_place_for_another(case: Case, there: Partnership) -> None:
    """The letter that listed every recipient: there is no record that could hold two, and each is planned for itself."""
    fields = PlannedLetter._meta.get_fields()
    assert not [one.name for one in fields if isinstance(one, ManyToManyField)]
    pointing = [one.name for one in fields if isinstance(one, ForeignKey) and one.related_model in (Person, Address)]
    assert sorted(pointing) == ["address", "person"]
    officer = there.users["officer"]
    adopt(there.area, officer, NOW)
    people = [victim_of(case), case.members.get(role="person-causing-harm").person]
    move(people[1], "9 Other Street", by=officer, at=NOW)
    later = NOW + timedelta(minutes=1)
    for person in people:
        agree(person, there, later)
    letters = [plan(person, there, later) for person in people]
    assert [letter.address.person_id for letter in letters] == [person.pk for person in people]
