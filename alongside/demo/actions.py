"""What the demonstration puts on record by itself, before anybody signs in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

from alongside.audit.actors import Actor
from alongside.audit.api import action, record
from alongside.cases.afterwards import AS_SHIPPED
from alongside.cases.hooks import OwnDoor, own_record
from alongside.cases.models import Case, CaseMember
from alongside.cases.queries import free_references
from alongside.children.models import School, Term
from alongside.demo.generate import KnownFamily
from alongside.demo.queries import Desk
from alongside.gate.models import Ground
from alongside.people import matching
from alongside.people.models import Address, ContactPoint, MatchKey, Person
from alongside.people.records import PersonSaid


@action("demo.schools_registered")
def register_schools(*, schools: Sequence[School], terms: Sequence[Term], by: Actor, at: datetime) -> None:
    """Put schools and the term dates of areas on the register."""
    School.objects.bulk_create(schools)
    Term.objects.bulk_create(terms)
    record(("children.school", " ".join(str(school.pk) for school in schools)), by=by, at=at, terms=len(terms))


@action("demo.families_loaded")
def load_families(
    *, families: Sequence[KnownFamily], desks: Mapping[tuple[str, str], Desk], by: Actor, at: datetime
) -> list[Case]:
    """Put an agency's records of many families on file, each family a case of that agency, without evaluating it."""
    told = [(family, desks[family.agency, family.area]) for family in families]
    references = free_references(len(told))
    cases = [_case(family, desk, one) for (family, desk), one in zip(told, references, strict=True)]
    people = [
        (_person(said, family, desk), said, role, case)
        for (family, desk), case in zip(told, cases, strict=True)
        for said, role in family.people
    ]
    Case.objects.bulk_create(cases)
    doors = {desk: own_record(desk.agency, desk.person, desk.team) for desk in {desk for _, desk in told}}
    Ground.objects.bulk_create(
        _ground(case, door, desk) for case, (_, desk) in zip(cases, told, strict=True) for door in doors[desk]
    )
    Person.objects.bulk_create(person for person, *_ in people)
    _add_what_is_known([(person, said) for person, said, *_ in people])
    CaseMember.objects.bulk_create(
        CaseMember(case=case, person=person, role=role, ref=said.ref, lives_in=case.area_id)
        for person, said, role, case in people
    )
    record(("cases.case", ""), by=by, at=at, cases=len(cases), people=len(people))
    return cases


def _case(family: KnownFamily, desk: Desk, reference: str) -> Case:
    return Case(
        reference=reference,
        area_id=family.area,
        local_authority=family.area,
        opened_by_agency=desk.agency,
        recording_team=desk.team,
        opened_at=family.told_on,
        opened_by=desk.person,
        occurred_on=family.told_on,
        received_on=family.told_on,
    )


def _ground(case: Case, door: OwnDoor, desk: Desk) -> Ground:
    """Nothing is left to do in these cases: the team's door stood open for a while after they were told of, and has closed since."""
    return Ground(
        subject_kind="case",
        subject_id=case.pk,
        **{type(door.viewer).__name__.lower(): door.viewer},
        ground=door.ground,
        purpose=door.purpose,
        opened_at=case.opened_at,
        opened_by=desk.person,
        ends_on=case.opened_at + AS_SHIPPED if door.ground == "at-work" else None,
    )


def _person(said: PersonSaid, family: KnownFamily, desk: Desk) -> Person:
    return Person(
        recorded_by_agency=desk.agency,
        given_name=said.given_name,
        family_name=said.family_name,
        date_of_birth=said.date_of_birth,
        sex=said.sex,
        nhs_number=said.nhs_number,
        recorded_at=family.told_on,
        recorded_by=desk.person,
    )


def _add_what_is_known(people: Sequence[tuple[Person, PersonSaid]]) -> None:
    Address.objects.bulk_create(
        Address(person=person, lines=one.lines, postcode=one.postcode, current=one.current)
        for person, said in people
        for one in said.addresses
    )
    points = [
        ContactPoint(person=person, kind="phone", value=phone) for person, said in people for phone in said.phones
    ]
    points += [ContactPoint(person=person, kind="email", value=said.email) for person, said in people if said.email]
    ContactPoint.objects.bulk_create(points)
    _add_keys(people)


def _add_keys(people: Sequence[tuple[Person, PersonSaid]]) -> None:
    """Ten rows a person, straight into their table: through the models they took longer than all the rest."""
    name, whose = connection.ops.quote_name, MatchKey._meta.get_field("person")
    into = f"INSERT INTO {name(MatchKey._meta.db_table)} ({name(whose.column)}, {name('key')}) VALUES (%s, %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            into,
            [
                (whose.get_db_prep_save(person.pk, connection), key)
                for person, said in people
                for key in matching.hashes(said)
            ],
        )
