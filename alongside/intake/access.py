"""Who may notify, and on whose behalf."""

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User


class NotYourAgency(Refused):
    """A notification says it comes from another agency than the sender's."""


def check_may_notify(user: User, agency: str) -> None:
    """Raise unless the user may notify, and the notification comes from the user's own agency."""
    check_may(user, "notify")
    if user.agency.code != agency:
        raise NotYourAgency(
            f"This notification says it comes from {agency}; you work for {user.agency.code}. Nothing was stored. "
            "Each agency sends its own."
        )


def may_notify(user: User, agency: str) -> bool:
    """Boolean twin of `check_may_notify`."""
    return user.may("notify") and user.agency.code == agency
