"""To whom this app has sent a case."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import SAID_BY_SENDING, Sent
from alongside.marac.models import MaracReferral

# What a referral to MARAC says by being sent.
SAYS = SAID_BY_SENDING | {"marac_referral_made", "marac_referral_considered", "referred_by_marac"}


def teams(case: Case) -> Iterable[Sent]:
    """The coordinator and the IDVA service of every referral in this case, with what went."""
    for row in MaracReferral.objects.filter(case=case).select_related("to_team", "idva_team"):
        yield Sent(row.to_team, row.facts, row.sent_at, "a referral to MARAC", says=SAYS)
        if row.idva_team is not None:
            yield Sent(row.idva_team, row.facts, row.sent_at, "a referral to MARAC", says=SAYS)
