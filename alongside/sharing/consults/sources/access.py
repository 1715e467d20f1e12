"""Who may say where an agency keeps its records."""

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Agency, User


def check_may_declare(by: User, agency: Agency) -> None:
    """Raise `Refused` unless it is one's own agency, or one works at the partnership's office."""
    check_may(by, "declare_sources")
    if by.agency_id != agency.pk and by.agency.kind != "partnership":
        raise Refused(
            f"Only {agency.name} itself, or your partnership's office, says where it keeps its records. Nothing was changed."
        )


def may_declare(by: User, agency: Agency) -> bool:
    """Boolean twin of `check_may_declare`."""
    try:
        check_may_declare(by, agency)
    except Refused:
        return False
    return True
