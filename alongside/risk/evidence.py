"""Records of this app that discharge duties."""

from collections.abc import Callable, Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import Evidence
from alongside.risk.models import Review


def _reviewed(place: str, kind: str) -> Callable[[Case], Iterable[Evidence]]:
    def find(case: Case) -> Iterable[Evidence]:
        for row in Review.objects.filter(case=case, place=place):
            yield Evidence(kind, ("risk.review", row.pk), row.reviewed_at)

    return find


KINDS = {
    "dial.reviewed_by_supervisor": _reviewed("supervisor", "dial.reviewed_by_supervisor"),
    "dial.reviewed_in_mash": _reviewed("mash", "dial.reviewed_in_mash"),
}
