"""Answers of agencies as evidence that records were consulted."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.duties.hooks import Evidence
from alongside.sharing.consults.models import FAILED, Consult

KIND = "consult.done"


def consulted(case: Case) -> Iterable[Evidence]:
    """Each agency that answered *held* or *not held* has looked in its records; whoever asked has consulted once no source failed."""
    rows = Consult.objects.filter(case=case).select_related("agency", "asked_by__agency").order_by("asked_at", "pk")
    latest = {row.agency_id: row for row in rows}
    failed = any(row.why in FAILED for row in latest.values())
    for row in latest.values():
        if row.answer != "cannot-tell":
            yield Evidence(
                KIND, ("sharing.consult", row.pk), row.answered_on or row.asked_at, for_agency=row.agency.code
            )
    if latest and not failed:
        last = max(latest.values(), key=lambda row: row.asked_at)
        yield Evidence(KIND, ("sharing.consult", last.pk), last.asked_at, for_agency=last.asked_by.agency.code)
