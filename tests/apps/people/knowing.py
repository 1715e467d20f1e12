"""People on record for tests of who is who: told by somebody, in no case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alongside.agencies.models import User
from alongside.people.actions import record_people
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid
from tests.apps.partnership import NOW

AMINA: dict[str, Any] = {
    "given_name": "Amina",
    "family_name": "Hartley",
    "date_of_birth": "1996-05-04",
    "sex": "female",
    "phones": ["07700 900123"],
}


def on_record(by: User, *, at: datetime = NOW, **said: Any) -> Person:
    """One person as an agency recorded her; Amina unless said otherwise."""
    return record_people(agency=by.agency, people=[PersonSaid(ref="v", **(AMINA | said))], by=by, at=at)["v"]


def crowd(by: User, count: int, **said: Any) -> list[Person]:
    """So many people of one name at one address."""
    home = [AddressSaid("1 Sample Street", "CV1 4AA", current=True)]
    told = {"given_name": "Mohammed", "family_name": "Khan", "addresses": home} | said
    people = [PersonSaid(ref=str(n), **told) for n in range(count)]
    return list(record_people(agency=by.agency, people=people, by=by, at=NOW).values())


def opposite(answer: str) -> str:
    """Another answer than this one."""
    return "not-same" if answer == "same" else "same"
