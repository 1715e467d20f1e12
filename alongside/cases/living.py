"""The two sides of one family, and who lives with whom, as the parts that people have in cases say it. No database.

The victim and each child are subjects of their own; of their side nothing is written for the person reported as causing harm. Somebody else
of the family stands on neither side until somebody knows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from alongside.people.shielding import CaseTies


class Side(Enum):
    """Whose side somebody stands on in a family; `value` is the code."""

    SURVIVOR = "survivor"
    CHILD = "child"
    REPORTED = "reported"
    NOT_KNOWN = "not-known"


OF_ROLE = {
    "victim": Side.SURVIVOR,
    "child": Side.CHILD,
    "unborn-child": Side.CHILD,
    "person-causing-harm": Side.REPORTED,
    "other": Side.NOT_KNOWN,
}
WORDS = {
    Side.SURVIVOR: "the victim",
    Side.CHILD: "a child, for themselves",
    Side.REPORTED: "the person reported as causing harm",
    Side.NOT_KNOWN: "somebody whose side is not known",
}
# Of somebody with several parts, in one case or in many, the strictest decides.
STRICTEST_FIRST = (Side.REPORTED, Side.NOT_KNOWN, Side.CHILD, Side.SURVIVOR)


def strictest(roles: Iterable[str]) -> Side:
    """The side of somebody with these parts; without any it is not known."""
    found = {OF_ROLE[role] for role in roles}
    return next((side for side in STRICTEST_FIRST if side in found), Side.NOT_KNOWN)


class Part(NamedTuple):
    """A record's part in a case, and whether a refuge recorded the case. `lives_there` None is *not known*."""

    case: UUID
    person: UUID
    role: str
    lives_there: bool | None
    at_refuge: bool


LIVES_WITH_HER = ("victim", "child", "unborn-child")


def ties_of(parts: Collection[Part]) -> CaseTies:
    """What cases tell of who lives with whom, for the shields.

    A child lives where the victim does unless somebody said otherwise; somebody else only where it was said. Everybody of a case is
    protected from the person reported in it as causing harm.
    """
    home = [(part.person, f"case {part.case}") for part in parts if _is_at_home(part)]
    reported = [(part.case, part.person) for part in parts if OF_ROLE[part.role] is Side.REPORTED]
    against = [
        (part.person, person)
        for part in parts
        for case, person in reported
        if case == part.case and OF_ROLE[part.role] is not Side.REPORTED and person != part.person
    ]
    refuge = [part.person for part in parts if part.at_refuge and part.role in LIVES_WITH_HER]
    return CaseTies(frozenset(home), frozenset(against), frozenset(refuge))


def _is_at_home(part: Part) -> bool:
    if OF_ROLE[part.role] is Side.REPORTED:
        return False
    return part.lives_there is not False if part.role in LIVES_WITH_HER else part.lives_there is True
