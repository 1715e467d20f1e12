"""What a letter may not say, and to whom it may not go."""

from __future__ import annotations

from collections.abc import Collection

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.cases.living import Side
from alongside.sharing.letters.places import told_in

# A letter of theirs tells whoever reads it that somebody found them.
FOR_VICTIMS = frozenset({"domestic-abuse-service"})
GUARDED = frozenset({Side.REPORTED, Side.NOT_KNOWN})


def check_may_write(by: User, side: Side) -> None:
    """Raise unless the role reaches people, and a letter of this agency tells this side nothing."""
    check_may(by, "answer")
    if side in GUARDED and by.agency.kind in FOR_VICTIMS:
        raise Refused(
            "Your service works for victims, so a letter of yours would tell this person that somebody is in touch with you. Ask another "
            "agency to write. Nothing was made."
        )


def may_write(by: User, side: Side) -> bool:
    """Boolean twin of `check_may_write`."""
    return by.may("answer") and not (side in GUARDED and by.agency.kind in FOR_VICTIMS)


def check_place(place: str, hidden: Collection[str]) -> None:
    """Raise where a place is, or names, one that leads to a door of the family: an address, a school, words of either."""
    if told_in(place, hidden):
        raise Refused(
            "This place could tell where somebody of the family lives or goes to school. Choose another place: your own office, or one far "
            "from where they live. Nothing was made."
        )
