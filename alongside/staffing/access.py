"""Who may say and decide who works here."""

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Agency, User
from alongside.staffing.models import StaffChange

# Roles that see or decide across agencies: only the partnership's own administrators give and take them.
OVERSIGHT = frozenset({"partnership-administrator", "policy-lead", "information-governance-lead", "auditor"})


def covers(by: User, agency: Agency) -> bool:
    """Whether an agency is one's own, or one works as the partnership's administrator."""
    return by.role == "partnership-administrator" or by.agency_id == agency.pk


def check_may_change(by: User, agency: Agency, role: str) -> None:
    """Raise `Refused` unless one looks after the people of this agency, and after people of this role."""
    check_may(by, "manage_staff")
    if not covers(by, agency):
        raise Refused(f"You say who works for {by.agency.name}, not for {agency.name}. Nothing was changed.")
    if role == "service" or (role in OVERSIGHT and by.role != "partnership-administrator"):
        raise Refused("Only the partnership's administrators give or take this role. Nothing was changed.")


def check_about(by: User, user: User) -> None:
    """Raise `Refused` unless one looks after this person, who is not oneself."""
    check_may_change(by, user.agency, user.role)
    if by.pk == user.pk:
        raise Refused("Nobody does this for themselves: ask another administrator. Nothing was changed.")


def check_is_second(by: User, change: StaffChange) -> None:
    """Raise `Refused` unless one is a second person, and the change is not about oneself."""
    check_may_change(by, change.agency, change.held_role)
    if by.pk == change.proposed_by_id:
        raise Refused("You said this yourself, so somebody else decides it. Nothing was changed.")
    if change.user_id == by.pk:
        raise Refused("This is about you, so somebody else decides it. Nothing was changed.")


def may_decide(by: User, change: StaffChange) -> bool:
    """Boolean twin of `check_is_second`."""
    try:
        check_is_second(by, change)
    except Refused:
        return False
    return True
