"""Reads of offers of support."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.casework.models import SupportOffer
from alongside.casework.queries.drafts import Draft, draft
from alongside.casework.received import Received
from alongside.duties.models import Task
from alongside.gate.viewing import Viewer, load

ACT = "offer_idva_support"


@dataclass(frozen=True)
class Subject:
    """Whom support is offered to, and which team offers it; `key` is the id in the address, `task` the duty's task if any."""

    key: UUID
    case: Case
    team: Team
    task: Task | None = None


def subject(pk: UUID, viewer: Viewer, *, what: str) -> Subject:
    """A task of the viewer's team to offer support, or an offer it has begun; `NotVisible` for anything else."""
    task = Task.objects.visible_to(viewer).filter(pk=pk, act=ACT, owner_team__in=viewer.team_ids)
    if task.exists():
        row = load(Task.objects.select_related("case__area", "owner_team__agency"), viewer, what=what, pk=pk)
        return Subject(row.pk, row.case, cast(Team, row.owner_team), row)
    offers = SupportOffer.objects.select_related("case__area", "team__agency").filter(team__in=viewer.team_ids)
    found = load(cast("QuerySet[SupportOffer]", offers), viewer, what=what, pk=pk)
    return Subject(found.pk, found.case, found.team)


def offer_of(one: Subject, viewer: Viewer) -> SupportOffer | None:
    """The latest offer of the team in the case."""
    rows = SupportOffer.objects.visible_to(viewer).filter(case=one.case, team=one.team)
    return rows.prefetch_related("attempts__tried_by").order_by("-made_at").first()


def open_task(case: Case, viewer: Viewer) -> Task | None:
    """The open task of the viewer's team to offer support in a case."""
    rows = Task.objects.visible_to(viewer).filter(case=case, act=ACT, state="open", owner_team__in=viewer.team_ids)
    return rows.first()


def begun(case: Case, team: Team, viewer: Viewer) -> SupportOffer | None:
    """The latest offer of a team in a case, without any task."""
    return SupportOffer.objects.visible_to(viewer).filter(case=case, team=team).order_by("-made_at").first()


def of_case(case: Case, viewer: Viewer) -> list[SupportOffer]:
    """Every offer of support in a case, the latest first."""
    rows = SupportOffer.objects.visible_to(viewer).filter(case=case)
    return list(rows.select_related("team__agency", "answered_by", "made_by").order_by("-made_at"))


def own_record(case: Case, viewer: Viewer) -> Draft:
    """What the viewer's own agency holds of the case: empty for a service that was only sent a record."""
    return draft(case, viewer)


def safe_channels(received: Iterable[Received], own: Draft) -> list[str]:
    """Ways of reaching her that a record says are safe, and none says are not."""
    said = [one for record in received for one in record.channels] + list(own.channels)
    never = {str(one["channel"]) for one in said if one["safe"] is False}
    return sorted({str(one["channel"]) for one in said if one["safe"] is True} - never - {"none"})
