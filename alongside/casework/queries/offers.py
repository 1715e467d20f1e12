"""Reads of offers of support."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from alongside.cases.models import Case
from alongside.casework.models import SupportOffer
from alongside.casework.queries.drafts import Draft, draft
from alongside.casework.received import Received
from alongside.duties.models import Task
from alongside.gate.viewing import Viewer


def tasks() -> QuerySet[Task]:
    """Tasks with their case and owner."""
    return Task.objects.select_related("case__area", "owner_team__agency")


def offer_of(task: Task, viewer: Viewer) -> SupportOffer | None:
    """The latest offer of the task's team in its case."""
    rows = SupportOffer.objects.visible_to(viewer).filter(case=task.case_id, team=task.owner_team_id)
    return rows.prefetch_related("attempts__tried_by").order_by("-made_at").first()


def own_record(case: Case, viewer: Viewer) -> Draft:
    """What the viewer's own agency holds of the case: empty for a service that was only sent a record."""
    return draft(case, viewer)


def safe_channels(received: Iterable[Received], own: Draft) -> list[str]:
    """Ways of reaching her that a record says are safe, and none says are not."""
    said = [one for record in received for one in record.channels] + list(own.channels)
    never = {str(one["channel"]) for one in said if one["safe"] is False}
    return sorted({str(one["channel"]) for one in said if one["safe"] is True} - never - {"none"})
