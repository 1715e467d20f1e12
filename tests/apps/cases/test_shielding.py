"""A shield lies over everybody behind the door, on what is really on record; it ends with its reason; and it costs a bounded look."""

from __future__ import annotations

from importlib import import_module
from random import Random
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.agencies.models import TeamRole, User
from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.cases.sides import Side, hidden_for, side_of
from alongside.people import actions
from alongside.people.doors import door
from alongside.people.models import Address, Household, HouseholdMember, LinkDecision, Person, Shield
from alongside.people.queries import hidden_from, look_for, shields_over
from alongside.people.records import AddressSaid, PersonSaid
from alongside.people.shielding import EVERYTHING, REFUGE
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import on_record
from tests.prove import shield_oracle as oracle

HIDDEN = AddressSaid("3 Hidden Lane", "CV9 9ZZ", current=True, confidential=True)


def part(case: Case, role: str) -> Person:
    return case.members.get(role=role).person


@pytest.fixture
def mother(case: Case) -> Person:
    return part(case, "victim")


@pytest.fixture
def father(case: Case) -> Person:
    return part(case, "person-causing-harm")


@pytest.fixture
def child(case: Case) -> Person:
    return part(case, "child")


@pytest.fixture
def officer(there: Partnership) -> User:
    return there.users["officer"]


def say_lives(person: Person, address: AddressSaid, by: User) -> None:
    actions.add_to(person=person, said=PersonSaid(ref="", addresses=[address]), by=by, at=NOW)


def same(person: Person, other: Person, by: User) -> LinkDecision:
    with writing():
        return LinkDecision.objects.create(
            person=person, candidate=other, answer="same", weight=9, decided_at=NOW, decided_by=by
        )


def test_a_child_is_hidden_with_the_mother_and_from_the_father(
    mother: Person, father: Person, child: Person, officer: User
) -> None:
    assert hidden_from(father.pk, [child.pk]) == {}, "nothing is shielded yet"
    say_lives(mother, HIDDEN, officer)
    assert hidden_from(father.pk, [mother.pk, child.pk]) == {mother.pk: EVERYTHING, child.pk: EVERYTHING}
    assert hidden_from(None, [child.pk, father.pk]) == {child.pk: EVERYTHING}, "nothing of his own is hidden"
    assert hidden_from(mother.pk, [mother.pk, child.pk]) == {}
    assert hidden_from(child.pk, [child.pk]) == {}


def test_to_the_side_of_the_person_reported_no_door_is_told_even_without_a_shield(
    mother: Person, father: Person, child: Person
) -> None:
    assert hidden_for(father.pk, [mother.pk, child.pk, father.pk]) == {mother.pk: EVERYTHING, child.pk: EVERYTHING}
    assert hidden_for(mother.pk, [child.pk]) == {}


def test_sides_are_of_a_human_being_in_every_agency(
    mother: Person, father: Person, child: Person, officer: User, there: Partnership
) -> None:
    assert [side_of(one.pk) for one in (mother, father, child)] == [Side.SURVIVOR, Side.REPORTED, Side.CHILD]
    elsewhere = on_record(there.users["idva"], given_name="Dean", family_name="Marsh")
    assert side_of(elsewhere.pk) is Side.NOT_KNOWN
    link = same(father, elsewhere, officer)
    assert side_of(elsewhere.pk) is Side.REPORTED
    with writing():
        LinkDecision.objects.filter(pk=link.pk).update(undone_at=NOW, undone_by=officer)
    assert side_of(elsewhere.pk) is Side.NOT_KNOWN


def test_whoever_lives_behind_the_same_door_is_shielded_whatever_agency_says_so(
    mother: Person, father: Person, officer: User, there: Partnership
) -> None:
    """Her sister, on record with housing alone, at the address that is confidential for her."""
    open_ = AddressSaid("Hidden Lane 3", "cv9 9zz", current=True)
    sister = on_record(there.users["idva"], given_name="Sana", addresses=[open_])
    assert hidden_from(None, [sister.pk]) == {}
    say_lives(mother, HIDDEN, officer)
    assert hidden_from(father.pk, [sister.pk]) == {sister.pk: EVERYTHING}
    moved = AddressSaid("8 Other Street", "CV2 2BB", current=True)
    say_lives(sister, moved, there.users["idva"])
    assert hidden_from(None, [sister.pk]) == {}, "she moved out"


def test_it_ends_with_its_reason(mother: Person, child: Person, officer: User, there: Partnership) -> None:
    say_lives(mother, HIDDEN, officer)
    row = Address.objects.get(person=mother, confidential=True)
    say_lives(mother, AddressSaid("9 New Street", "CV3 3CC", current=True), officer)
    assert child.pk in shields_over([child.pk]), "whether the new address is confidential is not known"
    actions.set_confidential(address=row, confidential=False, by=officer, at=NOW)
    assert shields_over([child.pk]) == {}
    actions.shield(person=child, reason="Her father waits at schools.", by=officer, at=NOW)
    assert shields_over([mother.pk, child.pk]).keys() == {mother.pk, child.pk}
    actions.lift_shield(shield=Shield.objects.get(), why="He moved abroad.", by=there.users["sergeant"], at=NOW)
    assert shields_over([mother.pk, child.pk]) == {}


def test_a_child_said_to_live_elsewhere_is_not_shielded_with_her(mother: Person, child: Person, officer: User) -> None:
    say_lives(mother, HIDDEN, officer)
    with writing():
        CaseMember.objects.filter(person=child).update(lives_in_household=False)
    assert shields_over([child.pk]) == {}


def test_what_a_refuge_records_is_shielded_until_it_says_that_the_address_is_open(
    mother: Person, child: Person, father: Person, case: Case, there: Partnership, officer: User
) -> None:
    TeamRole.objects.create(team=there.teams["response"], role="refuge", area=there.area)
    found = shields_over([mother.pk, child.pk, father.pk])
    assert found.keys() == {mother.pk, child.pk}
    assert {source.why for source in found[child.pk].by} == {REFUGE}
    for person in (mother, child):
        say_lives(person, AddressSaid("9 New Street", "CV3 3CC", current=True, confidential=False), officer)
    assert shields_over([mother.pk, child.pk]) == {}


def test_his_own_secret_address_opens_nothing_of_theirs_to_him(
    mother: Person, father: Person, child: Person, officer: User
) -> None:
    """He says that his address is confidential, and an old record has all of them in one home."""
    with writing():
        home = Household.objects.create(recorded_by_agency=officer.agency)
        for person in (mother, father, child):
            HouseholdMember.objects.create(household=home, person=person, lives_there=True)
    say_lives(father, AddressSaid("1 His Street", "CV8 8HH", current=True, confidential=True), officer)
    say_lives(mother, HIDDEN, officer)
    assert hidden_from(father.pk, [mother.pk, child.pk]) == {mother.pk: EVERYTHING, child.pk: EVERYTHING}
    assert hidden_from(father.pk, [father.pk]) == {}


def test_another_parent_who_is_not_reported_sees_nothing_either(
    mother: Person, child: Person, officer: User, there: Partnership
) -> None:
    """Parental responsibility opens no door: a child's own father of an earlier time, in no case."""
    parent = on_record(there.users["idva"], given_name="Imran")
    say_lives(mother, HIDDEN, officer)
    assert hidden_from(parent.pk, [child.pk]) == {child.pk: EVERYTHING}
    with writing():
        home = Household.objects.create(recorded_by_agency=officer.agency)
        for person in (parent, child):
            HouseholdMember.objects.create(household=home, person=person, lives_there=True)
    assert hidden_from(parent.pk, [child.pk]) == {child.pk: EVERYTHING}, "an old record of a home opens nothing"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (("14 Sample Street", "CV1 4AA"), ("Flat B, 14 Sample St.", "cv14aa"), True),
        (("14 Sample Street", "CV1 4AA"), ("15 Sample Street", "CV1 4AA"), False),
        (("Rose Cottage, Mill Lane", "CV1 4AA"), ("rose cottage mill lane", "CV1 4AA"), True),
        (("Coventry", ""), ("Coventry", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_a_door_is_known_however_it_is_written(one: tuple[str, str], other: tuple[str, str], is_same: bool) -> None:
    assert (door(*one) == door(*other) != "") is is_same


def test_the_door_is_written_with_the_address_and_tells_nothing(mother: Person) -> None:
    row = Address.objects.get(person=mother)
    assert row.door == door("14 Sample Street", "CV1 4AA")
    assert "4AA" not in row.door.upper()


def put_on_record(family: oracle.Family, there: Partnership) -> list[UUID]:
    """A family of the oracle as rows; the id of each record."""
    by, refuge = there.users["officer"], there.teams["haven-idva"]
    TeamRole.objects.get_or_create(team=refuge, role="refuge", area=there.area)
    common = {"recorded_by_agency": by.agency, "recorded_at": NOW, "recorded_by": by}
    people = Person.objects.bulk_create(Person(**common) for _ in family.records)
    for person, record in zip(people, family.records, strict=True):
        Address.objects.bulk_create(
            Address(
                person=person,
                lines=f"{one.door + 1} Sample Street",
                postcode="CV7 7QQ",
                current=one.current,
                confidential=one.confidential,
                superseded_on=NOW if one.left else None,
            )
            for one in record.addresses
        )
        if record.shielded:
            Shield.objects.create(person=person, reason="So said.", set_at=NOW, set_by=by)
    for there_ in family.households:
        home = Household.objects.create(recorded_by_agency=by.agency)
        HouseholdMember.objects.bulk_create(
            HouseholdMember(household=home, person=people[one], lives_there=lives) for one, lives in there_
        )
    for parts, is_refuge in family.cases:
        case = Case.objects.create(
            area=there.area,
            local_authority="coventry",
            opened_by_agency=by.agency,
            recording_team=refuge if is_refuge else there.teams["response"],
            opened_at=NOW,
            opened_by=by,
            received_on=NOW,
        )
        CaseMember.objects.bulk_create(
            CaseMember(case=case, person=people[one], role=role, lives_in_household=lives) for one, role, lives in parts
        )
    for one, other in family.links:
        same(people[one], people[other], by)
    return [person.pk for person in people]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_what_is_on_record_comes_to_what_the_oracle_says(there: Partnership, seed: int) -> None:
    family = oracle.family(Random(seed))  # noqa: S311
    with transaction.atomic(), writing():
        ids = put_on_record(family, there)
        for reader, pk in enumerate(ids):
            hidden = hidden_from(pk, ids)
            told = {
                family.token(number, kind)
                for number, one in enumerate(ids)
                for kind in oracle.TOKENS
                if kind not in hidden.get(one, ())
            }
            assert told == oracle.may_reach(family, reader)
        transaction.set_rollback(True)


def test_it_takes_as_many_statements_for_many_as_for_few(
    case: Case, mother: Person, officer: User, there: Partnership
) -> None:
    def taken(people: list[UUID]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as sent:
            shields_over(people)
        return len(sent)

    say_lives(mother, HIDDEN, officer)
    few = taken([mother.pk])
    crowd = [on_record(officer, given_name=f"Person{n}", addresses=[HIDDEN]) for n in range(12)]
    assert taken([one.pk for one in crowd]) <= few + 7, "one round more at most"
    assert taken([]) == 0


def test_no_look_up_says_that_an_address_behind_a_shielded_door_agrees(
    mother: Person, officer: User, there: Partnership
) -> None:
    """Her child as housing has him on record, at her address, which nobody there knows to be confidential."""
    home = AddressSaid("3 Hidden Lane", "CV9 9ZZ", current=True)
    said = {"given_name": "Yusuf", "family_name": "Hartley", "date_of_birth": "2018-01-09", "phones": []}
    on_record(there.users["idva"], addresses=[home], **said)
    asked = {mother.pk: PersonSaid(ref="", addresses=[home], **said)}

    def agrees() -> str:
        [found] = look_for(asked)[mother.pk].found
        return " ".join(found.because)

    assert "address" in agrees() or "postcode" in agrees()
    say_lives(mother, HIDDEN, officer)
    assert "address" not in agrees() and "postcode" not in agrees() and "date of birth" in agrees()


def test_addresses_from_before_are_given_their_doors(mother: Person) -> None:
    fill = import_module("alongside.people.migrations.0005_doors").fill
    with writing():
        Address.objects.filter(person=mother).update(door="")
        fill(apps, SimpleNamespace(connection=connection))
    assert Address.objects.get(person=mother).door == door("14 Sample Street", "CV1 4AA")
