"""On which side of a family somebody stands, and what may not be said to them: for whatever is written, posted, exported or answered.

Both look beyond the gate and are shown to nobody: a page says what its viewer's own case tells (`living.strictest`).
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, User
from alongside.cases import queries
from alongside.cases.living import OF_ROLE, WORDS, Side, strictest, ties_of
from alongside.cases.models import CaseMember
from alongside.people.models import Person
from alongside.people.queries import hidden_from, same_records
from alongside.people.shielding import EVERYTHING, CaseTies

__all__ = [
    "OF_ROLE",
    "WORDS",
    "Side",
    "check_may_locate",
    "hidden_for",
    "is_of_the_other_side",
    "may_locate",
    "may_see_places",
    "side_of",
    "strictest",
    "ties",
]


def side_of(person: UUID) -> Side:
    """The strictest side of a human being in every case of every agency; not known for somebody in none.

    Whoever is reported anywhere is written to as one reported: what is kept from a victim can be told her another way.
    """
    own = {person, *same_records(person)}
    return strictest(part.role for part in queries.parts_around(own) if part.person in own)


def hidden_for(reader: UUID | None, people: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """What may not be said of some people to a reader (a record; None for anybody): codes of `people.shielding.HIDDEN`, by person.

    What is shielded, from everybody it is not for (`people.queries.hidden_from`). To somebody reported as causing harm, or of whom no
    side is known, what leads to anybody's door but their own: who is not shielded today may be tomorrow.
    """
    hidden = hidden_from(reader, people)
    if reader is not None and side_of(reader) in (Side.REPORTED, Side.NOT_KNOWN):
        own = {reader, *same_records(reader)}
        hidden |= {person: EVERYTHING for person in people if person not in own}
    return hidden


HERS = frozenset({Side.SURVIVOR, Side.CHILD})
# Agencies that supervise the person reported: what is opened there may be said to him in the same hour. To be confirmed by the partnership
# (a victim liaison officer of probation is another matter); docs/explanation/two-sides.md.
OF_THE_OTHER_SIDE = frozenset({"probation"})


def is_of_the_other_side(agency: Agency) -> bool:
    """Whether an agency supervises people reported as causing harm."""
    return agency.kind in OF_THE_OTHER_SIDE


def check_may_locate(by: User, person: Person) -> None:
    """Raise where an agency of the other side opens where a victim or a child lives, on a record that is not its own."""
    if not may_locate(by, person):
        raise Refused(
            "Your agency supervises people reported as causing harm, so where this person lives and how to reach them is not opened here. Ring "
            "the team that recorded the case: they reach this person for you. If there is danger now, ring 999."
        )


def may_locate(by: User, person: Person) -> bool:
    """Boolean twin of `check_may_locate`."""
    if not is_of_the_other_side(by.agency) or person.recorded_by_agency_id == by.agency_id:
        return True
    return not {OF_ROLE[role] for role in queries.roles_of(person)} & HERS


def may_see_places(by: User, member: CaseMember) -> bool:
    """`may_locate` for a part in one case, on the page of the case: area, school and the like."""
    own = member.person.recorded_by_agency_id == by.agency_id
    return own or not is_of_the_other_side(by.agency) or OF_ROLE[member.role] not in HERS


def ties(people: Collection[UUID]) -> CaseTies:
    """What cases tell of who lives with whom: asked by people as they work out who is shielded."""
    return ties_of(queries.parts_around(people))
