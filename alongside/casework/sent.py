"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.casework.models import Referral
from alongside.duties.hooks import Sent


def teams(case: Case) -> Iterable[Sent]:
    """Teams that have received a referral in this case, with what went."""
    for row in Referral.objects.filter(case=case).select_related("to_team"):
        yield Sent(row.to_team, row.facts)
