"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.marac.models import MaracReferral


def teams(case: Case) -> Iterable[Team]:
    """The coordinator and the IDVA service of every referral in this case."""
    for row in MaracReferral.objects.filter(case=case).select_related("to_team", "idva_team"):
        yield row.to_team
        if row.idva_team is not None:
            yield row.idva_team
