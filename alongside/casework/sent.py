"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.casework.models import Referral


def teams(case: Case) -> Iterable[Team]:
    """Teams that have received a referral in this case."""
    return [row.to_team for row in Referral.objects.filter(case=case).select_related("to_team")]
