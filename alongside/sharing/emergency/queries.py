"""Reads of emergency openings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.gate.viewing import NotVisible, Viewer, holders
from alongside.gate.wall import beyond_the_gate
from alongside.sharing.emergency.models import EmergencyOpening

REVIEWERS = ("safeguarding-lead", "information-governance-lead")


@beyond_the_gate
def closed_case(viewer: Viewer, reference: str) -> Case:
    """The case of a reference, whoever holds it. `NotVisible` alike where there is none and where the viewer is kept apart from it."""
    apart = viewer.kept_from.get("case", ())
    found = Case.objects.filter(reference=reference.strip().upper()).exclude(pk__in=apart).first()
    if found is None:
        raise NotVisible
    return found


def is_open(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may open it as it is."""
    return Case.objects.visible_to(viewer).filter(pk=case.pk).exists()


def standing(case: Case, user: User, at: datetime) -> EmergencyOpening | None:
    """An opening that has not ended."""
    rows = EmergencyOpening.objects.filter(case=case, opened_by=user, ends_on__gt=at, ground__closed_at__isnull=True)
    return rows.first()


def open_now(user: User, at: datetime) -> list[EmergencyOpening]:
    """What somebody has open in an emergency, for the banner on their pages: one statement."""
    rows = EmergencyOpening.objects.filter(opened_by=user, ends_on__gt=at, ground__closed_at__isnull=True)
    return list(rows.select_related("case").order_by("ends_on"))


@beyond_the_gate
def of_user(user: User, pk: UUID | str) -> EmergencyOpening | None:
    """An opening of one's own, ended or not."""
    return EmergencyOpening.objects.filter(pk=pk, opened_by=user).first()


def reviewers(row: EmergencyOpening) -> list[User]:
    """The safeguarding leads of the agency of whoever opened it, and of those that hold the case."""
    agencies = {row.opened_by.agency_id, *holders("case", row.case_id, row.opened_at)}
    rows = User.objects.filter(role="safeguarding-lead", is_active=True, agency__in=agencies).exclude(
        pk=row.opened_by_id
    )
    return list(rows.order_by("pk"))


def governance_leads(row: EmergencyOpening) -> list[User]:
    """Who answers for lawful sharing in the agency of whoever opened it, and in the partnership's office."""
    rows = User.objects.filter(role="information-governance-lead", is_active=True).exclude(pk=row.opened_by_id)
    return list(rows.filter(Q(agency=row.opened_by.agency_id) | Q(agency__kind="partnership")).order_by("pk"))


def by_id(pk: UUID | str) -> EmergencyOpening | None:
    """One opening, for the timer."""
    return EmergencyOpening.objects.select_related("opened_by__agency", "case").filter(pk=pk).first()


def openings(viewer: Viewer) -> QuerySet[EmergencyOpening]:
    """Openings this person may look at: of their agency's staff, of cases open to their agency, or all of them for the office; nothing
    that is their own, and nothing of a case they are kept apart from. Not through the gate: looking at it opens no case."""
    rows = EmergencyOpening.objects.exclude(opened_by=viewer.user).exclude(case__in=viewer.kept_from.get("case", ()))
    if viewer.user.agency.kind != "partnership":
        ids = viewer.subjects("case")
        seen = Q(case_id__in=ids) if ids is not None else Q(pk__in=())
        rows = rows.filter(Q(opened_by__agency=viewer.user.agency_id) | seen)
    return rows.select_related("opened_by__agency", "case", "reviewed_by__agency")


@beyond_the_gate
def to_review(viewer: Viewer) -> list[EmergencyOpening]:
    """Those nobody has looked at, the earliest due first."""
    return list(openings(viewer).filter(verdict="").order_by("review_due_on"))


@beyond_the_gate
def opening(viewer: Viewer, pk: UUID | str) -> EmergencyOpening | None:
    """One of them, looked at or not."""
    return openings(viewer).filter(pk=pk).first()


def of_case(case: Case, viewer: Viewer) -> list[EmergencyOpening]:
    """Who opened a case in an emergency, for those who may see it, the latest first."""
    rows = EmergencyOpening.objects.visible_to(viewer).filter(case=case)
    return list(rows.select_related("opened_by__agency", "reviewed_by__agency").order_by("-opened_at"))
