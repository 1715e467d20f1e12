"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.casework import codes
from alongside.casework.models import Referral
from alongside.duties.hooks import SAID_BY_SENDING, Sent


def teams(case: Case) -> Iterable[Sent]:
    """Teams that have received a referral in this case, with what went."""
    for row in Referral.objects.filter(case=case).select_related("to_team"):
        says = codes.SAID_BY_SENDING if row.service == "childrens-social-care" else SAID_BY_SENDING
        what = f"a referral to {row.get_service_display()}"
        yield Sent(row.to_team, row.facts, row.sent_at, what, row.opened_at, says)
