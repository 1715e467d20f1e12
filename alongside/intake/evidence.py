"""Records of this app that discharge duties."""

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import Evidence
from alongside.intake.models import Notification


def consulted(case: Case) -> Iterable[Evidence]:
    """Everybody named was looked up in the records held here, for the agency that named them; each other agency does so for itself."""
    rows = Notification.objects.filter(reports__case=case, consulted_on__isnull=False)
    for pk, on, agency in rows.values_list("pk", "consulted_on", "agency__code"):
        if on is not None:
            yield Evidence("consult.done", ("intake.notification", pk), on, for_agency=agency)
