"""Who starts and who has left among the invented staff: what waits for a second person when a visitor looks."""

from __future__ import annotations

from datetime import datetime

from alongside.demo import accounts
from alongside.demo.names import staff_name
from alongside.demo.partnership import Partnership
from alongside.staffing import actions

NUMBER = 4_000  # of a name nobody else has


def tell_of_staff(made: Partnership, *, at: datetime) -> None:
    """The second administrator has said that a housing officer starts and a colleague of hers has left; the first decides both."""
    by = made.deputy("partnership-administrator")
    actions.propose_join(
        email=f"new.housing@{accounts.DOMAIN}",
        name=staff_name(NUMBER),
        role="housing",
        team=made.user("housing", "solihull").teams.order_by("code")[0],
        reason="Starts on Monday; their manager rang.",
        by=by,
        at=at,
    )
    actions.propose_leave(
        user=made.deputy("housing", "solihull"), reason="Last day was Friday; their manager rang.", by=by, at=at
    )
