"""Letters for somebody of a family: made from the typed context of their side; who stands where is plain, and a place cannot lead to a door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.access import Refused
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.cases.living import Side
from alongside.cases.models import Case, CaseEvent, CaseMember
from alongside.gate.actions import open_ground
from alongside.people import actions as people
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.letters.actions import Said, write_letter
from alongside.sharing.letters.places import told_in
from alongside.sharing.letters.table import wordings_for
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

SignIn = Callable[[str], Client]
# Whatever stands on the other side, each as it could be found in a letter.
CANARIES = (
    "Amina",
    "Lily",
    "Hartley",
    "Sample Street",
    "CV1 4AA",
    "07700",
    "Larkhill",
    "Hidden Lane",
    "CV9 9ZZ",
    "refuge",
)
TYPED = {
    "kind": "appointment",
    "starts_on_0": "27",
    "starts_on_1": "3",
    "starts_on_2": "2026",
    "starts_on_3": "2:30pm",
    "place": "Room 2, Civic Centre, Much Park Street",
    "checked": "on",
}


def part(case: Case, role: str) -> Person:
    return case.members.get(role=role).person


@pytest.fixture
def family(case: Case, there: Partnership) -> Case:
    """She has a confidential address now, and her daughter a nursery."""
    hidden = AddressSaid("3 Hidden Lane", "CV9 9ZZ", current=True, confidential=True)
    by = there.users["officer"]
    people.add_to(person=part(case, "victim"), said=PersonSaid(ref="", addresses=[hidden]), by=by, at=NOW)
    with writing():
        child = CaseMember.objects.get(case=case, role="child")
        child.school_name, child.whereabouts = "Larkhill Day Nursery", "with her aunt in Earlsdon"
        child.save()
    return case


def address_of(case: Case, role: str) -> str:
    return f"/cases/{case.reference}/letters/{part(case, role).pk}/"


def letter(page: HttpResponse) -> str:
    """The lines to be copied alone."""
    text = page.content.decode()
    return text.split('<section class="al-letter"')[1].split("</section>")[0]


def test_a_letter_for_the_other_side_holds_nothing_of_hers(family: Case, at_desk: SignIn, there: Partnership) -> None:
    client = at_desk("officer")
    page = client.get(address_of(family, "person-causing-harm"))
    assert "This goes to the other side." in words(page)
    for wording in wordings_for(Side.REPORTED):
        typed = TYPED | {"kind": wording.kind, "offered": "12", "attended": "9"}
        made = client.post(address_of(family, "person-causing-harm"), typed)
        assert made.status_code == 200, words(made)
        said = letter(made)
        assert "Dean Marsh" in said and "A.O., police officer" in said and "Ash Officer" not in said
        assert [canary for canary in CANARIES if canary.lower() in said.lower()] == []
    assert Event.objects.filter(name="sharing.letter_written").count() == len(wordings_for(Side.REPORTED)) >= 3
    line = CaseEvent.objects.filter(case=family, what__startswith="A letter").first()
    assert line is not None and line.what == "A letter was made for the person reported as causing harm"


@pytest.mark.parametrize(
    "place",
    [
        "3 Hidden Lane",
        "next to 3, hidden lane",
        "CV99ZZ",
        "the car park of Larkhill day nursery",
        "14 Sample St, CV1 4AA",
        "her aunt's, Earlsdon",
        "where Lily lives",
    ],
)
def test_the_address_of_the_children_is_not_sent_to_the_father(family: Case, at_desk: SignIn, place: str) -> None:
    """The leak of 2022, replayed: a place in a letter for him that leads to her door or to a school."""
    page = at_desk("officer").post(address_of(family, "person-causing-harm"), TYPED | {"place": place})
    assert page.status_code == 403 and "could tell where somebody of the family lives" in words(page)
    assert 'class="al-letter"' not in page.content.decode()
    assert not Event.objects.filter(name="sharing.letter_written").exists()


def test_a_letter_for_her_says_only_when_and_where(family: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").post(address_of(family, "victim"), TYPED | {"kind": "appointment"})
    said = letter(page)
    assert "Amina Hartley" in said and "A.O., telephone" in said
    assert "police" not in said.lower() and "Dean" not in said and "Lily" not in said


def test_a_service_for_victims_writes_nothing_to_the_other_side(
    family: Case, at_desk: SignIn, there: Partnership
) -> None:
    for viewer in (there.teams["haven-idva"],):
        open_ground(
            subject_kind="case",
            subject_id=family.pk,
            viewer=viewer,
            ground="case-team",
            purpose="support",
            by=there.users["officer"],
            at=NOW,
        )
    client = at_desk("idva")
    assert client.post(address_of(family, "person-causing-harm"), TYPED).status_code == 403
    assert client.get(address_of(family, "victim")).status_code == 200
    said = words(client.get(f"/cases/{family.reference}/see/family/"))
    assert "Write a letter for Amina Hartley" in said and "Write a letter for Dean Marsh" not in said


def test_whoever_may_not_see_the_case_is_told_nothing(family: Case, at_desk: SignIn, there: Partnership) -> None:
    address = address_of(family, "person-causing-harm")
    assert at_desk("manager").get(address).status_code == 404
    stranger = address.replace(str(part(family, "person-causing-harm").pk), "00000000-0000-0000-0000-000000000001")
    assert at_desk("officer").get(stranger).status_code == 404
    assert at_desk("auditor").get(address).status_code == 403


def test_the_warning_is_read_before_a_letter_is_made(family: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").post(address_of(family, "person-causing-harm"), TYPED | {"checked": ""})
    assert page.status_code == 422 and "Read who this goes to, and tick this." in words(page)
    page = at_desk("officer").post(address_of(family, "person-causing-harm"), {"checked": "on"})
    assert page.status_code == 422
    typed = TYPED | {"kind": "attendance", "offered": "3", "attended": "9"}
    page = at_desk("officer").post(address_of(family, "person-causing-harm"), typed)
    assert page.status_code == 422 and "More meetings were attended than offered." in words(page)


def test_of_one_reported_elsewhere_the_place_is_held_against_every_door_and_nothing_tells_why(
    family: Case, there: Partnership
) -> None:
    """In this case she is the victim; in another she was reported: words and timeline are as before."""
    victim, by = part(family, "victim"), there.users["officer"]
    typed = Said(starts_on=NOW, place="Room 2, Civic Centre")
    given: dict[str, Any] = {"case": family, "person": victim.pk, "kind": "appointment", "by": by, "at": NOW}
    before = write_letter(said=typed, **given)
    assert before[-1].startswith("A.O., telephone")
    with writing():
        other = Case.objects.create(
            area=there.area,
            local_authority="coventry",
            opened_by_agency=there.agencies["haven"],
            opened_at=NOW,
            opened_by=there.users["idva"],
            received_on=NOW,
        )
        CaseMember.objects.create(case=other, person=victim, role="person-causing-harm")
    assert write_letter(said=typed, **given) == before
    lines = CaseEvent.objects.filter(case=family, what__startswith="A letter").values_list("what", flat=True)
    assert set(lines) == {"A letter was made for the victim"}
    with pytest.raises(Refused, match="could tell where"):
        write_letter(said=Said(starts_on=NOW, place="Larkhill Day Nursery"), **given)
    with pytest.raises(Refused, match="no such letter"):
        write_letter(said=typed, **given | {"person": part(family, "child").pk, "kind": "programme"})


def test_the_page_of_the_family_says_who_stands_where(family: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get(f"/cases/{family.reference}/see/family/"))
    assert "Who stands on which side" in said
    hers, his = said.split("The victim’s side")[1].split("The other side")
    assert "Amina Hartley , Victim Shielded" in hers and "Lily Hartley , Child Shielded" in hers
    assert "Dean Marsh , Person reported as causing harm" in his and "Shielded" not in his.split("Shielded:")[0]


def test_why_somebody_is_shielded_is_told_to_a_cleared_reader_alone(family: Case, at_desk: SignIn) -> None:
    child = part(family, "child")
    said = words(at_desk("officer").get(f"/people/{child.pk}/"))
    assert "Protected" in said and "stay hidden from everybody outside that home" in said
    assert "Why this person is shielded" not in said and "Through Amina" not in said
    cleared = words(at_desk("sergeant").get(f"/people/{child.pk}/"))
    assert "Through Amina Hartley: the address is confidential." in cleared
    assert Event.objects.filter(name="people.shield_reasons").exists()


@pytest.mark.parametrize(
    ("typed", "hidden", "is_told"),
    [
        ("Civic Centre, Little Park Street", "14 Sample Street CV1 4AA", False),
        ("Park Street", "3 Park Road CV1 4AA", True),
        ("St Mary’s", "St. Mary's Primary School", True),
        ("the primary school", "St Mary's Primary School", False),
        ("Room 2", "", False),
        ("", "14 Sample Street", False),
    ],
)
def test_a_place_is_known_by_the_words_that_tell_it(typed: str, hidden: str, is_told: bool) -> None:
    assert told_in(typed, [hidden]) is is_told
