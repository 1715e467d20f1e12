"""Unusual looks as leads see them: those of their agency, never their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from alongside.agencies.models import Agency, User
from alongside.audit.models import StateChange
from alongside.clock import in_london
from alongside.gate.models import Block
from alongside.gate.viewing import NotVisible, Viewer
from alongside.looking.models import ANSWERING, Look, Raised
from alongside.looking.rules import QUIET
from alongside.looking.states import RAISED


def raised_for(viewer: Viewer) -> QuerySet[Raised]:
    """What the viewer may answer."""
    return Raised.objects.visible_to(viewer).select_related("looker__agency", "agency")


def load(viewer: Viewer, pk: UUID) -> Raised:
    """One of them; `NotVisible` for one that is not there, is another agency's, or is about the viewer."""
    row = raised_for(viewer).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    return row


def leads_of(agency: Agency, looker: User, subject: UUID) -> list[User]:
    """Who answers for a look of somebody: the agency's leads, else those of the partnership's office; none kept apart from the record."""
    apart = Block.objects.filter(subject_id=subject, lifted_on__isnull=True).values("user_id")
    rows = User.objects.filter(role__in=ANSWERING, is_active=True).exclude(pk=looker.pk).exclude(pk__in=apart)
    return list(rows.filter(agency=agency)) or list(rows.filter(agency__kind="partnership"))


def standing(looker: UUID, subject: UUID) -> Raised | None:
    """What was raised last of somebody and a record."""
    return Raised.objects.filter(looker=looker, subject=subject).order_by("-last_on").first()


def is_quiet(row: Raised, rules: Collection[str], at: datetime) -> bool:
    """Whether the same was explained a while ago, so that it is not raised anew."""
    last = RAISED.history(row).last()
    explained = row.state == "explained" and last is not None and at - last.moved_at < QUIET
    return explained and set(rules) <= set(row.rules)


def is_lifted(user: User, at: datetime) -> bool:
    """Whether a lead has found it explained that somebody opened so many records today."""
    day = in_london(at).date()
    rows = Raised.objects.filter(
        looker=user, subject_kind="day", state="explained", last_on__gte=at - timedelta(days=2)
    )
    return any(in_london(row.first_on).date() == day for row in rows)


def looks_of(row: Raised) -> list[Look]:
    """Every time this looker was shown this record, the latest first; two hundred at most."""
    rows = Look.objects.filter(looker=row.looker_id, subject=row.subject, is_opened=True)
    return list(rows.order_by("-looked_on", "-pk")[:200])


def answers(row: Raised) -> list[tuple[StateChange, User | None]]:
    """What was said of it, the latest first, and by whom."""
    steps = list(RAISED.history(row).exclude(from_state="").order_by("-pk"))
    ids = [UUID(step.moved_by.removeprefix("user:")) for step in steps if step.moved_by.startswith("user:")]
    people = User.objects.in_bulk(ids)
    return [(step, people.get(UUID(step.moved_by.removeprefix("user:")))) for step in steps]
