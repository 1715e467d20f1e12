"""Putting people on record, as one agency tells of them: never merged with a record somebody else made."""

from collections.abc import Sequence
from datetime import datetime

from alongside.agencies.models import Agency, User
from alongside.audit.api import action, record
from alongside.people import matching
from alongside.people.models import (
    Address,
    ContactPoint,
    Household,
    HouseholdMember,
    MatchKey,
    OtherName,
    Person,
    Relationship,
    SafeContact,
    SafeHours,
)
from alongside.people.records import PersonSaid, RelationshipSaid, SafeContactSaid

HELD_AS_SAID = (
    "given_name",
    "family_name",
    "date_of_birth",
    "sex",
    "ethnicity",
    "first_language",
    "interpreter_needed",
    "nhs_number",
)

WAY_AS_SAID = (
    "channel",
    "value",
    "safe",
    "monitored",
    "shared",
    "when",
    "hours",
    "answered_by",
    "who_may_answer",
    "may_leave",
    "code_word",
    "say_to_others",
    "note",
)


@action("people.recorded")
def record_people(
    *,
    agency: Agency,
    people: Sequence[PersonSaid],
    relationships: Sequence[RelationshipSaid] = (),
    by: User,
    at: datetime,
) -> dict[str, Person]:
    """Keep people told of together, with everything told of each: ref to record. One insert for each kind of row."""
    held = {
        said.ref: Person(
            recorded_by_agency=agency,
            recorded_at=at,
            recorded_by=by,
            **{name: getattr(said, name) for name in HELD_AS_SAID},
        )
        for said in people
    }
    Person.objects.bulk_create(held.values())
    pairs = [(held[said.ref], said) for said in people]
    OtherName.objects.bulk_create(
        OtherName(person=person, name=name) for person, said in pairs for name in said.other_names
    )
    Address.objects.bulk_create(
        Address(
            person=person,
            lines=a.lines,
            postcode=a.postcode,
            current=a.current,
            confidential=a.confidential,
            changed_on=at,
        )
        for person, said in pairs
        for a in said.addresses
    )
    _keep_contacts(pairs, by, at)
    Relationship.objects.bulk_create(
        Relationship(person=held[r.person], other=held[r.other], kind=r.kind) for r in relationships
    )
    _keep_household(agency, pairs)
    MatchKey.objects.bulk_create(
        MatchKey(person=person, key=key) for person, said in pairs for key in matching.hashes(said)
    )
    record(("people.person", " ".join(str(person.pk) for person in held.values())), by=by, at=at, count=len(held))
    return held


def _keep_contacts(pairs: Sequence[tuple[Person, PersonSaid]], by: User, at: datetime) -> None:
    points = [ContactPoint(person=person, kind="phone", value=phone) for person, said in pairs for phone in said.phones]
    points += [ContactPoint(person=person, kind="email", value=said.email) for person, said in pairs if said.email]
    ContactPoint.objects.bulk_create(points)
    keep_ways([(person, way) for person, said in pairs for way in said.safe_contacts], by, at)


def keep_ways(said: Sequence[tuple[Person, SafeContactSaid]], by: User, at: datetime) -> list[SafeContact]:
    """Keep ways of reaching people as told, with their hours: one insert for the ways and one for the hours of all."""
    told = [(person, way.read()) for person, way in said]
    rows = SafeContact.objects.bulk_create(
        SafeContact(
            person=person,
            **{name: getattr(way, name) for name in WAY_AS_SAID},
            # Said long ago and stored today, it was confirmed long ago.
            confirmed_at=min(way.told_on or at, at),
            confirmed_by=by,
        )
        for person, way in told
    )
    hours = {
        (row.pk, day, window.opens, window.closes): row
        for row, (_, way) in zip(rows, told, strict=True)
        for window in way.windows
        for day in window.weekdays
    }
    SafeHours.objects.bulk_create(
        SafeHours(way=row, weekday=day, opens=opens, closes=closes) for (_, day, opens, closes), row in hours.items()
    )
    return rows


def _keep_household(agency: Agency, pairs: Sequence[tuple[Person, PersonSaid]]) -> None:
    """One household of those of whom it was told whether they live in it; nobody told of: none."""
    lived = [(person, said.lives_in_household) for person, said in pairs if said.lives_in_household is not None]
    if lived:
        household = Household.objects.create(recorded_by_agency=agency)
        HouseholdMember.objects.bulk_create(
            HouseholdMember(household=household, person=person, lives_there=there) for person, there in lived
        )
