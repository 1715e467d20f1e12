"""Who keeps conflicts of interest: safeguarding leads, two of different agencies together, and never about themselves."""

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.sharing.conflicts.models import Conflict, TwoLeads


def check_may_keep(by: User, conflict: Conflict) -> None:
    """Raise `Refused` unless a lead whom it is not about."""
    check_may(by, "keep_conflicts")
    if conflict.user_id == by.pk:
        raise Refused("Nothing we can show you. This is not a nil return. Nothing was changed.")


def check_may_answer(by: User, asked: TwoLeads) -> None:
    """Raise `Refused` unless a lead of another agency than the one who asked."""
    check_may_keep(by, asked.conflict)
    if asked.asked_by.agency_id == by.agency_id:
        raise Refused(
            f"{asked.asked_by.name} is a lead of your own agency. A lead of another agency has to answer this. Nothing was changed."
        )
    if asked.agreed is not None:
        raise Refused("This was answered already. Nothing was changed.")


def may_answer(by: User, asked: TwoLeads) -> bool:
    """Boolean twin of `check_may_answer`."""
    try:
        check_may_answer(by, asked)
    except Refused:
        return False
    return True
