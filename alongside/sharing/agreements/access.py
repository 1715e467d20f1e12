"""Who keeps which agreements on the register."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Agency, User


def check_may_keep(by: User, parties: Iterable[Agency]) -> None:
    """Raise `Refused` unless one's own agency is a party, or one works at the partnership's office."""
    check_may(by, "keep_agreements")
    if by.agency.kind != "partnership" and by.agency_id not in {one.pk for one in parties}:
        raise Refused(
            "Your agency is no party to this agreement, so it is not yours to change. Ask your partnership’s office. "
            "Nothing was changed."
        )
