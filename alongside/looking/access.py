"""Who may answer an unusual look, and of whom a sheet may be handed over."""

from __future__ import annotations

from collections.abc import Collection

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.looking.models import Raised

TELLS_OF_OTHERS = (
    "No sheet is made for this record. In a case of theirs this person is {roles}: the days on which somebody looked could tell "
    "when somebody else asked for help, and to whom they turned. Nothing was made. If they ask, treat it as a request for their own data and decide "
    "it with your information governance lead."
)
NOT_IN_A_CASE = "No sheet is made: you may open no case of this person, so nobody can tell what the days of looking would give away."
ROLES_IN_WORDS = {
    "person-causing-harm": "reported as causing harm",
    "child": "a child",
    "unborn-child": "a child not born yet",
    "other": "somebody else",
}


def check_may_answer(by: User, row: Raised) -> None:
    """Raise `Refused` for whoever looked themselves, or is no lead of the agency."""
    check_may(by, "see_looking")
    if row.looker_id == by.pk:
        raise Refused("Somebody else answers this. Nothing was changed.")
    if row.agency_id != by.agency_id and by.agency.kind != "partnership":
        raise Refused("A lead of the agency itself answers this. Nothing was changed.")


def check_may_hand_over(roles: Collection[str]) -> None:
    """Raise `Refused` unless the person is the victim in every case of theirs: nobody else's days are theirs alone."""
    others = sorted(set(roles) - {"victim"})
    if others:
        raise Refused(TELLS_OF_OTHERS.format(roles=" and ".join(ROLES_IN_WORDS[one] for one in others)))
    if not roles:
        raise Refused(NOT_IN_A_CASE)


def may_hand_over(roles: Collection[str]) -> bool:
    """Boolean twin of `check_may_hand_over`."""
    return set(roles) == {"victim"}
