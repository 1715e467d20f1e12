"""Who may erase whom, and what stops it. Each reason is a sentence a person can read."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.keeping import queries
from alongside.keeping.models import Erasure, LegalHold
from alongside.people.models import Person


def check_may_keep(by: User, person: Person) -> None:
    """Raise `Refused` unless it is one's own agency's record."""
    check_may(by, "keep_records")
    if by.agency_id != person.recorded_by_agency_id:
        raise Refused(
            "This is another agency’s record: only they hold it or erase it. Ask their information governance lead. "
            "Nothing was changed."
        )
    if person.erased_on is not None:
        raise Refused("This record was erased already. Nothing was changed.")


def check_nothing_stops(person: Person, at: datetime) -> None:
    """Raise `Refused` with the first thing that still needs the record."""
    found = queries.stopped_by(person, at)
    if found:
        raise Refused(f"It cannot be erased now: {found[0]} Nothing was erased.")


def check_second(erasure: Erasure, by: User) -> None:
    """Raise `Refused` unless somebody else of the same agency decides, for the first time."""
    if erasure.asked_by_id == by.pk:
        raise Refused("You asked for it yourself; a second person decides. Nothing was erased.")
    if erasure.agreed is not None:
        raise Refused("A colleague has decided this already. Nothing was changed.")


def check_may_lift(hold: LegalHold, by: User) -> None:
    """Raise `Refused` unless the hold stands and somebody else placed it."""
    if hold.lifted_at is not None:
        raise Refused("This hold was lifted already. Nothing was changed.")
    if hold.placed_by_id == by.pk:
        raise Refused("You placed this hold; a second person lifts it. Nothing was changed.")
