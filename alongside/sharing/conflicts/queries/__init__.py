"""Reads of conflicts of interest. No ground leads here: only leads come, and never to what is about themselves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.agencies.models import Agency, User
from alongside.gate.viewing import NotVisible, Viewer, holders
from alongside.gate.wall import beyond_the_gate
from alongside.sharing.conflicts.models import CarryOn, ClosePerson, Conflict, TwoLeads

MOST_LISTED = 200
LEAD = "safeguarding-lead"
SEEN_FOR = timedelta(minutes=60)  # how long what two leads agreed to see stays open to them


def close_people(user: User) -> list[ClosePerson]:
    """What somebody said of themselves and of those close to them, the earliest first."""
    return list(ClosePerson.objects.filter(user=user))


def _leads(conflict: Conflict) -> QuerySet[User]:
    """Leads who are not kept apart from the case themselves."""
    apart = Conflict.objects.filter(case=conflict.case_id, lifted_on__isnull=True).values("user_id")
    rows = User.objects.filter(role=LEAD, is_active=True).exclude(pk=conflict.user_id).exclude(pk__in=apart)
    return rows.order_by("agency__code", "name", "pk")


def leads_to_ask(agency: Agency, conflict: Conflict, at: datetime) -> list[User]:
    """The leads of an agency; where it has none, those of the agencies that hold the case, else of those that work where it is."""
    everybody = list(_leads(conflict))
    own = [lead for lead in everybody if lead.agency_id == agency.pk]
    holding = holders("case", conflict.case_id, at)
    there = set(Agency.objects.filter(areas=conflict.case.area_id).values_list("pk", flat=True))
    near = [[lead for lead in everybody if lead.agency_id in agencies] for agencies in (holding, there)]
    return own or near[0] or near[1] or everybody


def leads_elsewhere(agency: Agency, conflict: Conflict) -> list[User]:
    """Leads of other agencies, who may answer."""
    return list(_leads(conflict).exclude(agency=agency))


def _about_others(viewer: Viewer, path: str = "") -> Q:
    """Conflicts that are neither about the viewer nor in a case the viewer is kept apart from."""
    apart = viewer.kept_from.get("case", frozenset())
    return ~Q(**{f"{path}user": viewer.user}) & ~Q(**{f"{path}case__in": apart})


def standing(viewer: Viewer) -> QuerySet[Conflict]:
    """Those that stand: for a list that names nobody."""
    rows = Conflict.objects.filter(_about_others(viewer), lifted_on__isnull=True)
    return rows.select_related("user__agency").order_by("-opened_at", "pk")


@beyond_the_gate
def conflict(viewer: Viewer, pk: UUID | str) -> Conflict:
    """One conflict for a lead it is not about; `NotVisible` otherwise."""
    rows = Conflict.objects.filter(_about_others(viewer), pk=pk)
    found = rows.select_related("user__agency", "case", "close", "opened_by").first()
    if found is None:
        raise NotVisible
    return found


@beyond_the_gate
def to_carry_on(viewer: Viewer, *, done: bool = False) -> list[CarryOn]:
    """What the viewer's agency is asked to see to; or what it has."""
    rows = CarryOn.objects.filter(_about_others(viewer, "conflict__"), agency=viewer.user.agency_id)
    rows = rows.filter(done_at__isnull=not done).select_related("conflict__case", "done_by")
    return list(rows.order_by("-done_at" if done else "asked_on", "pk")[:MOST_LISTED])


def to_answer(viewer: Viewer) -> QuerySet[TwoLeads]:
    """What leads of other agencies ask, and nobody has answered."""
    rows = TwoLeads.objects.filter(_about_others(viewer, "conflict__"), agreed__isnull=True)
    rows = rows.exclude(asked_by__agency=viewer.user.agency_id)
    return rows.select_related("conflict__user__agency", "asked_by__agency").order_by("asked_at", "pk")


def asked(viewer: Viewer, pk: UUID | str) -> TwoLeads:
    """Something asked of leads; `NotVisible` for what is about the viewer."""
    rows = TwoLeads.objects.filter(_about_others(viewer, "conflict__"), pk=pk)
    found = rows.select_related("conflict__user__agency", "asked_by__agency").first()
    if found is None:
        raise NotVisible
    return found


def history(held: Conflict) -> list[TwoLeads]:
    """What was asked of a conflict and answered, the latest first."""
    rows = TwoLeads.objects.filter(conflict=held).select_related("asked_by__agency", "answered_by__agency")
    return list(rows.order_by("-asked_at", "pk"))


def sees_until(viewer: Viewer, held: Conflict) -> datetime | None:
    """Until when the viewer, as one of two leads who agreed to it, may see whom a conflict is about; None: not now."""
    mine = Q(asked_by=viewer.user) | Q(answered_by=viewer.user)
    rows = TwoLeads.objects.filter(mine, conflict=held, agreed=True, answered_at__gt=viewer.at - SEEN_FOR)
    latest = rows.order_by("-answered_at").first()
    return latest.answered_at + SEEN_FOR if latest and latest.answered_at else None


def staff(agency: str, email: str) -> User | None:
    """A member of staff of an agency, by e-mail address."""
    return User.objects.filter(agency__code=agency, email__iexact=email.strip(), is_active=True).first()


def agencies() -> Collection[tuple[str, str]]:
    """Code and name of every agency."""
    return list(Agency.objects.order_by("name").values_list("code", "name"))
