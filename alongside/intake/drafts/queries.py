"""Drafts of the person who looks."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.models import TeamRole
from alongside.gate.viewing import Viewer, load
from alongside.gate.wall import beyond_the_gate
from alongside.intake.drafts.content import Told, read
from alongside.intake.drafts.models import Draft, UnsentCall


def begun(viewer: Viewer) -> "QuerySet[Draft]":
    """Calls the viewer has begun and not sent, with something typed; the latest first."""
    rows = Draft.objects.visible_to(viewer).filter(began_by=viewer.user, sent_on__isnull=True)
    return rows.filter(version__gt=0).order_by("-began_at")


@beyond_the_gate
def of_colleagues(viewer: Viewer) -> list[UnsentCall]:
    """Calls others of the viewer's teams began and did not send in time, the oldest first: by whom and when, nothing typed."""
    rows = UnsentCall.objects.visible_to(viewer).filter(due_on__lte=viewer.at, draft__sent_on__isnull=True)
    rows = rows.exclude(draft__began_by=viewer.user).select_related("draft__began_by", "team")
    return list(rows.defer("draft__content").order_by("due_on"))


def open_draft(viewer: Viewer, draft_id: UUID) -> tuple[Draft, Told]:
    """One draft and what was typed; its reading is audited. `NotVisible` for another's."""
    draft = load(Draft.objects.select_related("agency", "case"), viewer, what="intake.draft", pk=draft_id)
    return draft, read(draft.content.open(), draft.kind)


def home_area(viewer: Viewer) -> str:
    """The area the viewer's teams work in, when it is one; "" when they work in several or none."""
    areas = set(TeamRole.objects.filter(team__in=viewer.team_ids).values_list("area_id", flat=True))
    return areas.pop() if len(areas) == 1 else ""
