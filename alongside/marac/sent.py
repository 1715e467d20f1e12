"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import Sent
from alongside.marac.models import MaracReferral


def teams(case: Case) -> Iterable[Sent]:
    """The coordinator and the IDVA service of every referral in this case, with what went."""
    for row in MaracReferral.objects.filter(case=case).select_related("to_team", "idva_team"):
        yield Sent(row.to_team, row.facts)
        if row.idva_team is not None:
            yield Sent(row.idva_team, row.facts)
