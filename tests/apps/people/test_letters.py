"""Post: never to an address that was left, never to somebody protected until they said so since, never read by one person alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.access import Refused
from alongside.audit.api import StateRefused
from alongside.cases.models import Case
from alongside.outbox.api import PERSON, post
from alongside.people import actions, clearance
from alongside.people.models import Address, ContactTask, ContactTry, Person, PlannedLetter
from alongside.people.queries import addresses_to_post
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.apps.people.reachable import adopt, confirm, move
from tests.apps.people.test_second import say
from tests.apps.reading import words

SignIn = Callable[[str], Client]
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def victim(case: Case, there: Partnership) -> Person:
    """Amina, in an area whose partnership lets letters be posted once a second person has read them."""
    adopt(there.area, there.users["officer"], NOW)
    return case.members.get(role="victim").person


def home(person: Person) -> Address:
    return Address.objects.get(person=person, superseded_on__isnull=True)


def agree(person: Person, there: Partnership, at: datetime = LATER) -> None:
    confirm(person, "letter", by=there.users["officer"], at=at, to=home(person))


def plan(person: Person, there: Partnership, at: datetime = LATER) -> PlannedLetter:
    row, _, _ = actions.ask_to_reach(person=person, act="letter", by=there.users["officer"], at=at)
    return actions.plan_letter(row=row, by=there.users["officer"], at=at)


def answered(person: Person, at: datetime = LATER) -> tuple[str, ...]:
    return clearance.answer(person.pk, "letter", at)[0].reasons


def test_a_letter_is_planned_read_by_somebody_else_and_posted(
    victim: Person, there: Partnership, at_desk: SignIn
) -> None:
    agree(victim, there)
    letter = plan(victim, there, LATER)
    officer, second = there.users["officer"], there.users["second"]
    with pytest.raises(Refused, match="waits already"):
        plan(victim, there, LATER)
    with pytest.raises(Refused, match="planned this letter yourself"):
        actions.read_letter(letter=letter, by=officer, at=LATER)
    with pytest.raises(StateRefused):
        actions.post_letter(letter=letter, by=officer, at=LATER)
    actions.read_letter(letter=letter, by=second, at=LATER)
    actions.post_letter(letter=letter, by=officer, at=LATER)
    assert (letter.state, letter.posted_by, letter.read_by) == ("posted", officer, second)


def test_the_address_is_shown_on_request_only_and_only_while_the_letter_may_go(
    victim: Person, there: Partnership, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(victim, there)
    letter = plan(victim, there)
    client = at_desk("officer")
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: LATER)
    path = f"/people/letters/{letter.pk}/"
    assert "Sample Street" not in words(client.get(path))
    assert "14 Sample Street CV1 4AA" in words(client.post(path, {"do": "show"}))
    actions.shield(person=victim, reason="he was seen there", by=there.users["officer"], at=LATER)
    gone = words(client.post(path, {"do": "show"}))
    assert "Sample" not in gone and "Do not post this letter. Destroy it." in gone
    assert at_desk("manager").get(path).status_code == 404


def test_what_is_not_cleared_as_it_is_posted_is_taken_back_and_a_team_asked(
    victim: Person, there: Partnership, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing voided it: she only said since that post is not safe."""
    agree(victim, there)
    letter = actions.read_letter(letter=plan(victim, there), by=there.users["second"], at=LATER)
    since = LATER + timedelta(minutes=1)
    confirm(victim, "letter", by=there.users["officer"], at=since, safe=False)
    client = at_desk("officer")
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: since)
    shown = words(client.post(f"/people/letters/{letter.pk}/", {"do": "show"}))
    assert "Sample" not in shown and "Do not post it." in shown
    said = words(client.post(f"/people/letters/{letter.pk}/", {"do": "post"}, follow=True))
    assert "Do not post this letter. Destroy it." in said
    letter.refresh_from_db()
    assert (letter.state, letter.problem, letter.posted_at) == ("void", "not-safe", None)
    assert ContactTask.objects.get().act == "letter"


@pytest.mark.parametrize("choice", [{}, {"contact_letters": "forbidden"}], ids=["nothing chosen", "forbidden"])
def test_where_the_partnership_has_not_chosen_otherwise_no_letter_is_posted(
    case: Case, there: Partnership, choice: dict[str, str]
) -> None:
    if choice:
        adopt(there.area, there.users["officer"], NOW, **choice)
    victim = case.members.get(role="victim").person
    agree(victim, there)
    assert answered(victim) == ("area-forbids",)


@pytest.mark.parametrize("act", ["letter", "leaflet", "voicemail"])
def test_a_procedure_that_forbids_it_stands_over_every_choice(there: Partnership, act: str) -> None:
    from alongside.agencies.models import Area

    stoke = Area.objects.create(code="stoke-on-trent", name="Stoke-on-Trent", police="staffordshire-police")
    adopt(stoke, there.users["officer"], NOW)
    person = invented.call(there, area=stoke).members.get(role="victim").person
    officer = there.users["officer"]
    confirm(person, "letter", by=officer, at=LATER, to=home(person))
    confirm(person, "phone", by=officer, at=LATER)
    confirm(person, "in-person", by=officer, at=LATER)
    assert clearance.answer(person.pk, act, LATER)[0].reasons == ("area-forbids",)


@pytest.mark.parametrize("act", ["leaflet", "voicemail"])
def test_what_is_left_behind_follows_the_area_and_her_word(victim: Person, there: Partnership, act: str) -> None:
    officer = there.users["officer"]
    channel = {"leaflet": "in-person", "voicemail": "phone"}[act]
    confirm(victim, channel, by=officer, at=NOW)
    assert clearance.answer(victim.pk, act, NOW)[0].allowed
    confirm(victim, channel, by=officer, at=LATER, may_leave=None)
    assert clearance.answer(victim.pk, act, LATER)[0].reasons == ("left-not-known",)


def test_a_person_in_two_areas_has_the_stricter_one(victim: Person, there: Partnership) -> None:
    agree(victim, there)
    assert answered(victim) == ()
    case = victim.memberships.get().case
    from alongside.cases import actions as cases

    cases.correct_area(
        case=case, place="victim", area=there.other_area, reason="She moved.", by=there.users["officer"], at=LATER
    )
    assert answered(victim) == ("area-forbids",)


def test_somebody_protected_has_no_post_until_a_way_is_confirmed_since(victim: Person, there: Partnership) -> None:
    agree(victim, there)
    message = post(to=f"person:{victim.pk}", key="m", template=PERSON, by=there.users["officer"], at=LATER)
    letter = plan(victim, there)
    shielded = LATER + timedelta(minutes=1)
    actions.shield(person=victim, reason="he was seen there", by=there.users["officer"], at=shielded)
    letter.refresh_from_db()
    message.refresh_from_db()
    assert (letter.state, letter.problem, message.state) == ("void", "protected", "void")
    assert set(ContactTask.objects.filter(reasons=["protected"]).values_list("act", flat=True)) == {"letter"}
    assert answered(victim, shielded) == ("protected",)
    agree(victim, there, shielded + timedelta(minutes=1))
    assert answered(victim, shielded + timedelta(minutes=1)) == ()


def test_a_child_s_shield_stops_post_to_whoever_lives_with_the_child(victim: Person, there: Partnership) -> None:
    from alongside.audit.testing import writing
    from alongside.people.models import Household, HouseholdMember

    agree(victim, there)
    child = victim.memberships.get().case.members.get(role="child").person
    with writing():
        household = Household.objects.create(recorded_by_agency=there.users["officer"].agency)
        HouseholdMember.objects.bulk_create(HouseholdMember(household=household, person=one) for one in (victim, child))
    actions.shield(person=child, reason="he asks for the child", by=there.users["officer"], at=LATER)
    assert answered(victim) == ("protected",)


def test_a_later_address_in_another_agency_s_record_stops_the_letter(victim: Person, there: Partnership) -> None:
    """The letter that would go to where she lived, because only another agency knows that she has left."""
    agree(victim, there)
    letter = plan(victim, there)
    hers = on_record(there.users["idva"], at=NOW - timedelta(days=9))
    say(victim, hers, there.users["officer"])
    assert answered(victim) == ()
    move(hers, "3 New Street", by=there.users["idva"], at=LATER + timedelta(minutes=1))
    letter.refresh_from_db()
    assert (letter.state, letter.problem) == ("void", "address-changed")
    assert answered(victim, LATER + timedelta(minutes=2)) == ("address-changed",)


STEPS = st.lists(
    st.sampled_from(["move", "tell", "shield", "agree", "agree-old", "plan", "read", "post", "none"]),
    min_size=4,
    max_size=14,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_letter_ever_goes_to_an_address_that_was_left(case: Case, there: Partnership, steps: list[str]) -> None:
    world = _World(there, on_record(there.users["officer"]))
    for step in ["move", "agree", *steps]:
        world.take(step)
        world.check()


class _World:
    """One person and what is done about her, a minute apart: where she lives is remembered here a second time."""

    def __init__(self, there: Partnership, person: Person) -> None:
        from alongside.cases import actions as cases
        from alongside.cases.models import CaseMember

        self.there, self.person, self.at = there, person, NOW
        self.officer, self.second = there.users["officer"], there.users["second"]
        if not hasattr(there, "chosen"):
            there.chosen = adopt(there.area, self.officer, NOW)  # type: ignore[attr-defined]
        row = cases.open_case(
            area=there.area,
            local_authority=there.area.code,
            agency=self.officer.agency,
            team=there.teams["response"],
            received_on=NOW,
            occurred_on=NOW,
            by=self.officer,
            at=NOW,
        )
        member = CaseMember(case=row, person=person, role="other", ref="x")
        cases.add_people(case=row, members=[member], by=self.officer, at=NOW)
        self.lives: Address | None = None
        self.left: set[Any] = set()
        self.posted: dict[Any, Any] = {}

    def take(self, step: str) -> None:
        self.at += timedelta(minutes=1)
        try:
            getattr(self, step.replace("-", "_"))()
        except (Refused, StateRefused):
            return

    def move(self) -> None:
        if self.lives is not None:
            self.left.add(self.lives.pk)
        self.lives = move(self.person, f"{self.at:%H%M} Any Street", by=self.officer, at=self.at)

    def tell(self) -> None:
        move(self.person, "2 Other Street", by=self.officer, at=self.at, current=None)

    def shield(self) -> None:
        actions.shield(person=self.person, reason="for the test", by=self.officer, at=self.at)

    def agree(self) -> None:
        confirm(self.person, "letter", by=self.officer, at=self.at, to=self.lives)

    def agree_old(self) -> None:
        for address in Address.objects.filter(pk__in=self.left)[:1]:
            confirm(self.person, "letter", by=self.officer, at=self.at, to=address)

    def plan(self) -> None:
        row, _, _ = actions.ask_to_reach(person=self.person, act="letter", by=self.officer, at=self.at)
        actions.plan_letter(row=row, by=self.officer, at=self.at)

    def read(self) -> None:
        for letter in PlannedLetter.objects.filter(person=self.person, state="to-read"):
            actions.read_letter(letter=letter, by=self.second, at=self.at)

    def post(self) -> None:
        for letter in PlannedLetter.objects.filter(person=self.person, state="read"):
            actions.post_letter(letter=letter, by=self.officer, at=self.at)

    def none(self) -> None:
        confirm(self.person, "none", by=self.officer, at=self.at, safe=False)

    def check(self) -> None:
        for letter in PlannedLetter.objects.filter(person=self.person):
            if letter.state in ("to-read", "read"):
                assert letter.address_id not in self.left, "it waits, for an address that was left"
            if letter.state == "posted" and letter.pk not in self.posted:
                self.posted[letter.pk] = letter.address_id
                assert letter.address_id not in self.left, "it was posted to an address that was left"


def test_only_addresses_that_stand_are_offered(victim: Person, there: Partnership) -> None:
    from alongside.gate.viewing import Viewer

    old, officer = home(victim), there.users["officer"]
    new = move(victim, "3 New Street", by=officer, at=LATER)
    assert addresses_to_post(victim, Viewer(officer, LATER)) == [new]
    with pytest.raises(Refused, match="where this person lives now"):
        confirm(victim, "letter", by=officer, at=LATER, to=old)
    other = on_record(officer)
    with pytest.raises(Refused, match="where this person lives now"):
        confirm(other, "letter", by=officer, at=LATER, to=new)
    assert ContactTry.objects.count() == 0
