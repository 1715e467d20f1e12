"""`visible_to(viewer)`: the one way in.

A model that holds a person's data declares `gate_paths`: pairs (subject kind, field that holds the subject's id). A row is
visible when the viewer has an open ground on any of them. No path, no rows: nothing fails open.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, Self, TypeVar, cast
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.models import Team, User
from alongside.audit.api import Guarded, GuardedQuerySet, record_read
from alongside.gate.models import Ground

M = TypeVar("M", bound=models.Model)


class NotVisible(Exception):
    """Nothing we can show you. Raised alike for what does not exist and for what may not be seen."""


@dataclass(frozen=True)
class Viewer:
    """A person looking, at an instant. Made once per request at the edge; permission is read afresh in each."""

    user: User
    at: datetime

    @cached_property
    def team_ids(self) -> list[UUID]:
        return agencies.team_ids(self.user, timezone.localtime(self.at).date())

    def grounds(self) -> "QuerySet[Ground]":
        """The viewer's open grounds now: none for somebody who may not sign in any more."""
        if not self.user.is_active:
            return Ground.objects.none()
        mine = Q(agency_id=self.user.agency_id) | Q(user_id=self.user.pk) | Q(team_id__in=self.team_ids)
        current = Q(ends_on__isnull=True) | Q(ends_on__gt=self.at)
        return Ground.objects.filter(mine, current, closed_at__isnull=True)


@dataclass(frozen=True)
class TeamView:
    """What a team may see whoever works in it, at an instant: by its own grounds, and its agency's."""

    team: Team
    at: datetime

    def grounds(self) -> "QuerySet[Ground]":
        """The team's open grounds now."""
        current = Q(ends_on__isnull=True) | Q(ends_on__gt=self.at)
        mine = Q(agency_id=self.team.agency_id) | Q(team_id=self.team.pk)
        return Ground.objects.filter(mine, current, closed_at__isnull=True)


class GatedQuerySet(GuardedQuerySet[M]):
    """A guarded queryset that knows the gate."""

    def visible_to(self, viewer: Viewer | TeamView) -> Self:
        """Rows the viewer has an open ground for."""
        allowed = Q(pk__in=[])
        paths = cast("type[Gated]", self.model).gate_paths
        for kind, field in paths:
            subjects = viewer.grounds().filter(subject_kind=kind).values("subject_id")
            allowed |= Q(**{f"{field}__in": subjects})
        rows = self.filter(allowed)
        return rows.distinct() if any("__" in field for _, field in paths) else rows


# The manager of every model that holds a person's data.
GatedManager = models.Manager.from_queryset(GatedQuerySet, "GatedManager")


class Gated(Guarded):
    """What a gated model is: guarded, reached through the gate, and with its paths to it declared."""

    gate_paths: ClassVar[tuple[tuple[str, str], ...]] = ()
    objects = GatedManager()  # type: ignore[misc, assignment]

    class Meta:
        abstract = True


def load(rows: "QuerySet[M]", viewer: Viewer, *, what: str, **lookup: Any) -> M:
    """One row through the gate, its reading audited in the same transaction; `NotVisible` otherwise."""
    found = rows.visible_to(viewer).filter(**lookup).first()  # type: ignore[attr-defined]
    if found is None:
        raise NotVisible
    record_read(found, by=viewer.user, at=viewer.at, what=what)
    return found


@dataclass(frozen=True)
class Door:
    """A subject was open to an agency from a moment until another (None: it still is)."""

    opened_on: datetime
    until: datetime | None = None

    def is_open(self, at: datetime) -> bool:
        """Whether it was open at a moment."""
        return self.opened_on <= at and (self.until is None or at < self.until)


def doors(subject_kind: str, subject_id: UUID) -> dict[UUID, list[Door]]:
    """By agency, when a subject was open to it or to a team of it: grounds stay on record with the moments they opened and closed.
    What was open to one person alone is nobody's agency's."""
    rows = Ground.objects.filter(subject_kind=subject_kind, subject_id=subject_id, user__isnull=True)
    found: dict[UUID, list[Door]] = {}
    for ground in rows.select_related("team").order_by("opened_at", "pk"):
        ends = [moment for moment in (ground.closed_at, ground.ends_on) if moment is not None]
        agency = ground.agency_id or (ground.team.agency_id if ground.team else None)
        if agency is not None:
            found.setdefault(agency, []).append(Door(ground.opened_at, min(ends, default=None)))
    return found


def holders(subject_kind: str, subject_id: UUID, at: datetime) -> set[UUID]:
    """Ids of agencies with an open ground on a subject (a team's ground counts for its agency)."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=at)
    rows = Ground.objects.filter(current, subject_kind=subject_kind, subject_id=subject_id, closed_at__isnull=True)
    pairs = rows.values_list("agency_id", "team__agency_id", "user__agency_id")
    return {next(i for i in row if i is not None) for row in pairs}
