"""Who may say and decide that an agency joins."""

from __future__ import annotations

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.staffing.models import NewAgency

MAY = "bring_agencies"


def check_is_second(by: User, said: NewAgency) -> None:
    """Raise `Refused` unless one may bring agencies, and did not say this oneself."""
    check_may(by, MAY)
    if by.pk == said.proposed_by_id:
        raise Refused("You said this yourself, so somebody else decides it. Nothing was changed.")
