"""Which agreement stands between two agencies, and what was sent where none did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Max, Model, Q, QuerySet

from alongside.agencies.models import Agency, User
from alongside.gate.wall import beyond_the_gate
from alongside.sharing.agreements.models import Agreement
from alongside.sharing.days import end_of, today
from alongside.sharing.decisions.models import Disclosure, ShareReview

SHOWN = 50
M = TypeVar("M", bound=Model)


def until(one: UUID, other: UUID, at: datetime) -> datetime | None:
    """When the agreements in force between two agencies lapse; None where none is in force. Within one agency none is needed."""
    day = today(at)
    rows = Agreement.objects.filter(parties=one, ended_at__isnull=True, signed_on__lte=day, review_on__gte=day)
    last: date | None = rows.filter(parties=other).aggregate(last=Max("review_on"))["last"]
    return end_of(last) if last else None


def is_without(one: UUID, other: UUID, at: datetime) -> bool:
    """Whether something goes from one agency to another with no agreement in force between them."""
    return one != other and until(one, other, at) is None


def agreements_for(user: User) -> list[Agreement]:
    """The whole register for the partnership's office; else the agreements one's own agency is a party to. The next to lapse first."""
    rows = Agreement.objects.prefetch_related("parties")
    if user.agency.kind != "partnership":
        rows = rows.filter(parties=user.agency_id)
    return list(rows.order_by("ended_at", "review_on", "name"))


def agreement(pk: UUID, user: User) -> Agreement | None:
    """One of those by its id."""
    return next((one for one in agreements_for(user) if one.pk == pk), None)


def parties_for(user: User) -> list[Agency]:
    """The agencies that may be parties, by name."""
    return list(Agency.objects.order_by("name"))


@dataclass(frozen=True)
class Pair:
    """How often one agency sent something to another with no agreement in force, and when last."""

    sender: str
    receiver: str
    count: int
    last: datetime
    is_covered_now: bool


@beyond_the_gate
def sent_without(user: User, at: datetime) -> list[Pair]:
    """Who sent to whom with no agreement in force, the latest first.

    Not through the gate: counts by agency, with no person, no case and no words that somebody typed.
    """
    rows = _of(user, Disclosure.objects.filter(without_agreement=True, shared=True))
    found = rows.values("agency", "agency__name", "to_team__agency", "to_team__agency__name")
    found = found.annotate(n=Count("pk"), last=Max("decided_at")).order_by("-last")[:SHOWN]
    covered = _covered(at)
    return [
        Pair(
            row["agency__name"],
            row["to_team__agency__name"],
            row["n"],
            row["last"],
            frozenset((row["agency"], row["to_team__agency"])) in covered,
        )
        for row in found
    ]


def _covered(at: datetime) -> set[frozenset[UUID]]:
    """Every pair of agencies with an agreement in force: two statements, however many pairs."""
    day = today(at)
    rows = Agreement.objects.filter(ended_at__isnull=True, signed_on__lte=day, review_on__gte=day)
    parties = [[one.pk for one in row.parties.all()] for row in rows.prefetch_related("parties")]
    return {frozenset((one, other)) for held in parties for one in held for other in held if one != other}


@beyond_the_gate
def latest_without(user: User) -> list[Disclosure]:
    """The latest of those, each with who decided it: whom the information governance lead asks for the reason."""
    rows = _of(user, Disclosure.objects.filter(without_agreement=True, shared=True))
    rows = rows.select_related("agency", "to_team__agency", "decided_by")
    return list(rows.order_by("-decided_at")[:SHOWN])


@beyond_the_gate
def reviews_late(user: User, at: datetime) -> list[tuple[str, int]]:
    """By agency, how many shares somebody should have looked at again and has not."""
    day = today(at)
    asked = _of(user, ShareReview.objects.filter(answered_at__isnull=True, due_on__lt=day), "disclosure__")
    waiting = ShareReview.objects.filter(answered_at__isnull=True).values("disclosure")
    passed = _of(user, Disclosure.objects.filter(state="live", review_on__lt=day).exclude(pk__in=waiting))
    found: dict[str, int] = {}
    for name in [
        *asked.values_list("disclosure__agency__name", flat=True),
        *passed.values_list("agency__name", flat=True),
    ]:
        found[name] = found.get(name, 0) + 1
    return sorted(found.items())


def _of(user: User, rows: QuerySet[M], path: str = "") -> QuerySet[M]:
    """All for the partnership's office; else what one's own agency decided or was sent."""
    if user.agency.kind == "partnership":
        return rows
    own = Q(**{f"{path}agency": user.agency_id}) | Q(**{f"{path}to_team__agency": user.agency_id})
    return rows.filter(own)


def between(parties: Iterable[Agency]) -> QuerySet[Disclosure]:
    """Cases that agencies opened to each other and that have not been ended."""
    held = [one.pk for one in parties]
    rows = Disclosure.objects.filter(standing=True, state="live", agency__in=held, to_team__agency__in=held)
    return rows.select_related("to_team__agency", "case", "agency")


def register() -> tuple[list[Agency], list[Agreement]]:
    """Every agency with its areas, and every agreement that was not ended with its parties, by name: for the joint arrangement."""
    agencies = list(Agency.objects.prefetch_related("areas").order_by("name"))
    standing = Agreement.objects.filter(ended_at__isnull=True).prefetch_related("parties").order_by("name")
    return agencies, list(standing)
