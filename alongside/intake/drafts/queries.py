"""Drafts of the person who looks."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.gate.viewing import Viewer, load
from alongside.intake.drafts.content import Told, read
from alongside.intake.drafts.models import Draft


def begun(viewer: Viewer) -> "QuerySet[Draft]":
    """Calls the viewer has begun and not sent, with something typed; the latest first."""
    rows = Draft.objects.visible_to(viewer).filter(began_by=viewer.user, sent_on__isnull=True)
    return rows.filter(version__gt=0).order_by("-began_at")


def open_draft(viewer: Viewer, draft_id: UUID) -> tuple[Draft, Told]:
    """One draft and what was typed; its reading is audited. `NotVisible` for another's."""
    draft = load(Draft.objects.select_related("agency", "case"), viewer, what="intake.draft", pk=draft_id)
    return draft, read(draft.content.open(), draft.kind)
