"""Going through the people of a case who may already be known, one after the other."""

from __future__ import annotations

from alongside.cases import queries
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people import queries as people
from alongside.people.models import Person


def next_who_may_be_known(case: Case, viewer: Viewer, *, after: str = "") -> Person | None:
    """The first person behind `after` (an id; "" for the first of all) with a record that may be the same one's; None after the last."""
    members = [member.person for member in queries.members_of([case.pk], viewer).get(case.pk, [])]
    place = next((number for number, person in enumerate(members, 1) if str(person.pk) == after), 0)
    return next((person for person in members[place:] if _may_be_known(person, viewer)), None)


def _may_be_known(person: Person, viewer: Viewer) -> bool:
    """No, too, when it cannot be told just now: the duty to consult records stays open then."""
    try:
        return bool(people.candidates(person, viewer, limit=1))
    except people.CannotTell:
        return False
