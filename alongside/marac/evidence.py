"""Records of this app that discharge duties."""

from collections.abc import Callable, Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import Evidence
from alongside.marac.models import AgendaItem, MaracReferral, NotReferredToMarac


def referred(case: Case) -> Iterable[Evidence]:
    for row in MaracReferral.objects.filter(case=case):
        yield Evidence("marac.referred", ("marac.maracreferral", row.pk), row.sent_at)


def decided_not_to(case: Case) -> Iterable[Evidence]:
    for row in NotReferredToMarac.objects.filter(case=case):
        yield Evidence("marac.decided_not_to_refer", ("marac.notreferredtomarac", row.pk), row.decided_at)


def listed(case: Case) -> Iterable[Evidence]:
    for row in AgendaItem.objects.filter(referral__case=case):
        yield Evidence("marac.listed_and_copied", ("marac.agendaitem", row.pk), row.listed_at)


KINDS: dict[str, Callable[[Case], Iterable[Evidence]]] = {
    "marac.referred": referred,
    "marac.decided_not_to_refer": decided_not_to,
    "marac.listed_and_copied": listed,
}
