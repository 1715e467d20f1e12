"""Reads of notifications: what one is held against, one's own answers, and how many incidents are known."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.agencies.models import Agency, Area
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.intake.models import Notification, Report
from alongside.intake.sense import Known
from alongside.risk.instruments import instruments


def sender_of(content: Any, own: Agency | None = None) -> Agency | None:
    """The agency a notification says it comes from; None when there is no such agency. One's `own` is at hand already."""
    source = content.get("source") if isinstance(content, dict) else None
    code = source.get("agency") if isinstance(source, dict) else None
    if own is not None and code == own.code:
        return own
    return Agency.objects.filter(code=code).first() if isinstance(code, str) and code.isprintable() else None


def held_against(content: Any, sender: Agency | None = None, *, at: datetime) -> Known:
    """What a notification is checked against at a moment; every agency is read only when the one named is not there."""
    found = sender or sender_of(content)
    agencies = {found.code: found.kind} if found else dict(Agency.objects.values_list("code", "kind"))
    topics = {name: instrument.keys for name, instrument in instruments().items()}
    areas = {area.code: area for area in Area.objects.all()}
    return Known(areas, agencies, at, topics, found.code if found else "")


@beyond_the_gate
def stored(agency: Agency, their_id: object) -> Notification | None:
    """The notification of an identity, if it is here: what answers it again at once, the rest when it is asked for."""
    if not isinstance(their_id, str) or not their_id.isprintable():
        return None
    rows = Notification.objects.filter(agency=agency, their_id=their_id)
    return rows.only("case_id", "content_mark", "answer_text").first()


def may_see(row: Notification, viewer: Viewer) -> bool:
    """Whether a notification is the viewer's to see: an agency may be many houses under one name."""
    return Notification.objects.visible_to(viewer).filter(pk=row.pk).exists()


def own(viewer: Viewer, their_id: str) -> Notification | None:
    """A notification of the viewer's own agency."""
    rows = Notification.objects.visible_to(viewer)
    return rows.filter(agency=viewer.user.agency, their_id=their_id).first()


def of_case(case: Case, viewer: Viewer) -> list[Notification]:
    """Notifications about a case the viewer may see, the latest first."""
    rows = Notification.objects.visible_to(viewer).filter(reports__case=case)
    return list(rows.select_related("agency", "incident").order_by("-received_on"))


def known_incidents(case: Case, same: Collection[UUID], *, own: Sequence[datetime]) -> list[datetime]:
    """When the incidents known of a case were: its `own` notifications, and those of the same agency about the same victim by
    other records, `same`: those that somebody said are the same person; never a candidate.
    """
    if not same:
        return list(own)
    cases = Case.objects.filter(
        members__person__in=same, members__role="victim", opened_by_agency=case.opened_by_agency_id
    )
    told = Report.objects.filter(Q(case__in=cases) | Q(case=case)).distinct()
    rows = told.values_list("notification", "notification__occurred_on", "notification__received_on")
    found = [occurred or received for _, occurred, received in rows]
    return found if len(found) >= len(own) else list(own)
