"""Reads of what is disputed and who was told, through the gate."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from alongside.cases import queries as cases
from alongside.cases.models import Case, CaseEvent, CaseMember
from alongside.gate.viewing import Viewer
from alongside.rights.models import Dispute, DisputeFinding, Told

MOST_ENTRIES = 100


def disputes() -> QuerySet[Dispute]:
    """Disputes to load one from, through the gate."""
    return Dispute.objects.select_related("case", "entry__happened_by", "person", "said_by__agency")


def disputed(case: Case, viewer: Viewer) -> list[Dispute]:
    """What is disputed in a case, the latest first."""
    rows = disputes().visible_to(viewer).filter(case=case)  # type: ignore[attr-defined]
    return list(rows.order_by("-said_at", "pk"))


def findings(case: Case, viewer: Viewer) -> Mapping[UUID, list[DisputeFinding]]:
    """What was found, by dispute, the latest first."""
    rows = DisputeFinding.objects.visible_to(viewer).filter(dispute__case=case).select_related("found_by__agency")
    found: dict[UUID, list[DisputeFinding]] = {}
    for row in rows.order_by("-found_at", "pk"):
        found.setdefault(row.dispute_id, []).append(row)
    return found


def entries(case: Case, viewer: Viewer) -> list[CaseEvent]:
    """Entries somebody may dispute: what was recorded, and not that it was disputed or told."""
    rows = cases.timeline(case, viewer).exclude(record_kind__startswith="rights.")
    return list(rows[:MOST_ENTRIES])


def people(case: Case, viewer: Viewer) -> list[CaseMember]:
    """Everybody in a case who is born, each once."""
    rows = cases.members_of([case.pk], viewer).get(case.pk, [])
    return list({row.person_id: row for row in rows if row.role != "unborn-child"}.values())


def told(case: Case, viewer: Viewer) -> Mapping[UUID, Told]:
    """The latest decision on telling each person of a case; of two at one moment that somebody is not told yet."""
    rows = Told.objects.visible_to(viewer).filter(case=case).select_related("decided_by__agency")
    return {row.person_id: row for row in rows.order_by("decided_at", "outcome", "pk")}
