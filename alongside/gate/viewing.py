"""`visible_to(viewer)`: the one way in.

A model that holds a person's data declares `gate_paths`: pairs (subject kind, field that holds the subject's id). A row is
visible when the viewer has an open ground on any of them, and is kept apart from none of them. No path, no rows: nothing fails open.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, reduce
from operator import or_
from typing import Any, ClassVar, Self, TypeVar, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.models import Team, User
from alongside.audit.api import Guarded, GuardedQuerySet, record_read, turn
from alongside.gate.models import Block, Ground

M = TypeVar("M", bound=models.Model)
A = TypeVar("A")


class NotVisible(Exception):
    """Nothing we can show you. Raised alike for what does not exist and for what may not be seen."""


class Looking(ABC):
    """Whoever looks: what is open to them, as the gate asks the database for it."""

    @abstractmethod
    def grounds(self) -> "QuerySet[Ground]":
        """The open grounds now."""

    @property
    @abstractmethod
    def kept_from(self) -> Mapping[str, frozenset[UUID]]:
        """Ids of what they are kept apart from, by kind."""

    def _until_an_act(self, name: str, ask: Callable[[], A]) -> A:
        """What was asked for this viewer; asked anew once anybody has acted, so that a viewer made before an act knows what it changed."""
        if self.__dict__.get("_turn") != turn():
            self.__dict__.update(_turn=turn(), _held={})
        held: dict[str, A] = self.__dict__["_held"]
        if name not in held:
            held[name] = ask()
        return held[name]

    def subjects(self, kind: str) -> RawSQL | None:
        """The ids of what is open of a kind, as a part of a statement; None when nothing can be.

        `grounds` is put into SQL once for each kind: a page asks some twenty times. Only the words are kept, never an answer.
        """
        return self._until_an_act(f"subjects {kind}", lambda: self._written(kind))

    def _written(self, kind: str) -> RawSQL | None:
        ids = self.grounds().filter(subject_kind=kind).values("subject_id")
        try:
            return RawSQL(*ids.query.sql_with_params())  # noqa: S611  # Django's own words
        except EmptyResultSet:
            return None


@dataclass(frozen=True)
class Viewer(Looking):
    """A person looking, at an instant. Made once per request at the edge; permission is read afresh in each."""

    user: User
    at: datetime

    @property
    def team_ids(self) -> list[UUID]:
        """Ids of the teams this person works in."""
        return self._until_an_act("teams", lambda: agencies.team_ids(self.user, self._day))

    @property
    def desk_ids(self) -> list[UUID]:
        """Ids of the teams whose work is theirs to see: their own, and those they stand in for or review."""
        return self._until_an_act("desks", lambda: agencies.desk_ids(self.user, self._day, self.team_ids))

    @property
    def _day(self) -> date:
        return timezone.localtime(self.at).date()

    @property
    def kept_from(self) -> Mapping[str, frozenset[UUID]]:
        """Ids of what this person is kept apart from, by kind: for nearly everybody nothing."""
        return self._until_an_act("apart", self._kept_from)

    def _kept_from(self) -> Mapping[str, frozenset[UUID]]:
        rows = Block.objects.filter(user_id=self.user.pk, lifted_on__isnull=True)
        found: defaultdict[str, set[UUID]] = defaultdict(set)
        for kind, subject in rows.values_list("subject_kind", "subject_id"):
            found[kind].add(subject)
        return {kind: frozenset(subjects) for kind, subjects in found.items()}

    def grounds(self) -> "QuerySet[Ground]":
        """The viewer's open grounds now: their own, their desks', and their agency's for a role that needs all of it. None for somebody
        who may not sign in any more, none on what they are kept apart from."""
        if not self.user.is_active:
            return Ground.objects.none()
        mine = Q(user_id=self.user.pk) | Q(team_id__in=self.desk_ids)
        if self.user.needs_all_cases:
            mine |= Q(agency_id=self.user.agency_id)
        current = Q(ends_on__isnull=True) | Q(ends_on__gt=self.at)
        rows = Ground.objects.filter(mine, current, closed_at__isnull=True)
        for kind, subjects in self.kept_from.items():
            rows = rows.exclude(subject_kind=kind, subject_id__in=subjects)
        return rows


@dataclass(frozen=True)
class TeamView(Looking):
    """What a team may see whoever works in it, at an instant: by its own grounds, and its agency's, which open to it with the work it is
    asked about here."""

    team: Team
    at: datetime

    @property
    def kept_from(self) -> Mapping[str, frozenset[UUID]]:
        """Nothing: a conflict of interest is one person's, and the team works on."""
        return {}

    def grounds(self) -> "QuerySet[Ground]":
        """The team's open grounds now."""
        current = Q(ends_on__isnull=True) | Q(ends_on__gt=self.at)
        mine = Q(agency_id=self.team.agency_id) | Q(team_id=self.team.pk)
        return Ground.objects.filter(mine, current, closed_at__isnull=True)


class GatedQuerySet(GuardedQuerySet[M]):
    """A guarded queryset that knows the gate."""

    def visible_to(self, viewer: Viewer | TeamView) -> Self:
        """Rows the viewer has an open ground for. Of somebody in two cases nothing, where the viewer is kept apart from one."""
        paths = cast("type[Gated]", self.model).gate_paths
        allowed = [Q(**{f"{field}__in": ids}) for kind, field in paths if (ids := viewer.subjects(kind)) is not None]
        rows = self.filter(reduce(or_, allowed)) if allowed else self.none()
        for kind, field in paths:
            if kind in viewer.kept_from:
                rows = rows.exclude(**{f"{field}__in": viewer.kept_from[kind]})
        return rows.distinct() if any(_repeats(self.model, field) for _, field in paths) else rows


@cache
def _repeats(model: type[models.Model], path: str) -> bool:
    """Whether a path leads to many rows, so that what is found by it would stand there more than once."""
    options, many = model._meta, False
    for part in path.split("__")[:-1]:
        field = options.get_field(part)
        many = many or bool(field.one_to_many or field.many_to_many)
        options = cast("type[models.Model]", field.related_model)._meta
    return many


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


def kept_open(case_id: UUID, ground: str, at: datetime) -> dict[UUID, Ground]:
    """By team, the doors to a case that stand on a ground now. For whoever keeps them in line with the work: no viewer sees it."""
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=at)
    rows = Ground.objects.filter(
        current, subject_kind="case", subject_id=case_id, ground=ground, closed_at__isnull=True
    )
    return {row.team_id: row for row in rows if row.team_id}
