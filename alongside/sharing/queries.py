"""Reads of consent and of sharing decisions, through the gate."""

from __future__ import annotations

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing.models import ConsentRecord, Disclosure


def disclosures(case: Case, viewer: Viewer) -> list[Disclosure]:
    """What was sent, and what was kept back, the latest first."""
    rows = (
        Disclosure.objects.visible_to(viewer).filter(case=case).select_related("to_team__agency", "decided_by__agency")
    )
    return list(rows.order_by("-decided_at"))


def consents(case: Case, viewer: Viewer) -> list[ConsentRecord]:
    """What people said about sharing, the latest first: earlier words stay."""
    rows = ConsentRecord.objects.visible_to(viewer).filter(case=case).select_related("person", "stated_by")
    return list(rows.order_by("-stated_at"))
