"""Reads of cases that another team of one's agency holds, and of who said why they need one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.agencies.models import Team, User
from alongside.cases.hooks import is_by_house
from alongside.cases.models import Case, CaseMember
from alongside.gate.models import Ground
from alongside.gate.viewing import NotVisible, Viewer, kept_open
from alongside.gate.wall import beyond_the_gate
from alongside.people.queries import protected
from alongside.procedures.queries import in_force
from alongside.sharing.days import today
from alongside.sharing.needing.models import StatedNeed

LEADS = ("safeguarding-lead", "information-governance-lead")
HOURS, DAYS = "said_why_hours", "new_call_days"


def _own(viewer: Viewer) -> QuerySet[Case]:
    """The cases of the viewer's agency, where that is one house; nothing they are kept apart from."""
    if is_by_house(viewer.user.agency):
        return Case.objects.none()
    rows = Case.objects.filter(opened_by_agency=viewer.user.agency_id)
    return rows.exclude(pk__in=viewer.kept_from.get("case", ()))


@beyond_the_gate
def own_case(viewer: Viewer, reference: str) -> Case:
    """The case of a reference that the viewer's agency holds. `NotVisible` alike where there is none, where it is another agency's, and
    where the viewer is kept apart from it."""
    found = _own(viewer).filter(reference=reference.strip().upper()).first()
    if found is None:
        raise NotVisible
    return found


@beyond_the_gate
def closed_cases(viewer: Viewer, records: Collection[UUID]) -> dict[UUID, list[Case]]:
    """By record, the cases of the viewer's agency that it is in and that are not open to them. For the way in: what is shown of it is
    that the agency holds the record."""
    seen = Case.objects.visible_to(viewer).values("pk")
    cases = _own(viewer).filter(members__person__in=records).exclude(pk__in=seen)
    rows = CaseMember.objects.filter(person__in=records, case__in=cases).select_related("case__area")
    found: defaultdict[UUID, list[Case]] = defaultdict(list)
    for row in rows.order_by("case__received_on", "pk"):
        if row.case not in found[row.person_id]:
            found[row.person_id].append(row.case)
    return dict(found)


@beyond_the_gate
def own_cases_of(viewer: Viewer, records: Collection[UUID], *, apart_from: Case) -> list[Case]:
    """The cases of the viewer's agency that some records are in, but for one; for a new call, and shown to nobody."""
    rows = _own(viewer).filter(members__person__in=records).exclude(pk=apart_from.pk)
    return list(rows.select_related("area", "recording_team").order_by("received_on", "pk").distinct())


def lasting_doors(
    cases: Collection[Case], viewer: Viewer, team: Team | None, until: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Which of some cases stay open to the end of a time to the viewer, and to a team: one statement for all of them."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=until)
    desks = {*viewer.desk_ids}
    readers = Q(user=viewer.user.pk) | Q(team__in=desks | ({team.pk} if team else set()))
    rows = Ground.objects.filter(lasting, readers, subject_kind="case", subject_id__in=[case.pk for case in cases])
    held = list(rows.filter(closed_at__isnull=True).values_list("subject_id", "team_id"))
    mine = {case for case, one in held if one is None or one in desks}
    if viewer.user.needs_all_cases:
        mine = {case.pk for case in cases}
    return mine, {case for case, one in held if team and one == team.pk}


def is_open(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may open it as it is."""
    return Case.objects.visible_to(viewer).filter(pk=case.pk).exists()


def standing(case: Case, user: User, at: datetime) -> StatedNeed | None:
    """A reason of somebody that has not ended."""
    rows = StatedNeed.objects.filter(case=case, said_by=user, ground__ends_on__gt=at, ground__closed_at__isnull=True)
    return rows.order_by("-ends_on").first()


def hours(case: Case, at: datetime) -> timedelta:
    """How long a case is open to somebody who said why: a local choice, to be confirmed by the partnership."""
    return timedelta(hours=_choices([case], HOURS, at, 12)[case.area_id])


def days(cases: Collection[Case], at: datetime) -> dict[str, timedelta]:
    """By area, how long cases are open to those who took a new call about their people: a local choice, to be confirmed."""
    return {area: timedelta(days=value) for area, value in _choices(cases, DAYS, at, 7).items()}


def _choices(cases: Collection[Case], name: str, at: datetime, shipped: int) -> dict[str, int]:
    chosen = in_force({case.area_id for case in cases}, today(at), [name])
    return {area: v if isinstance(v := held[name].value, int) else shipped for area, held in chosen.items()}


def teams_with(case: Case, at: datetime) -> list[Team]:
    """The teams that have work in a case, else the one that recorded it: who is told."""
    held = Team.objects.filter(pk__in=kept_open(case.pk, "at-work", at)).order_by("name")
    return list(held) or [team for team in [case.recording_team] if team is not None]


@beyond_the_gate
def is_anybody_protected(case: Case) -> bool:
    """Whether somebody in it is protected: then leads are told at once. Never shown by itself."""
    return bool(protected(set(CaseMember.objects.filter(case=case).values_list("person_id", flat=True))))


def leads(user: User) -> list[User]:
    """Who answers for somebody's looking: the leads of their agency but for themselves, else those of the partnership's office."""
    rows = User.objects.filter(role__in=LEADS, is_active=True).exclude(pk=user.pk).order_by("pk")
    return list(rows.filter(agency=user.agency_id)) or list(rows.filter(agency__kind="partnership"))


def of_case(case: Case, viewer: Viewer) -> list[StatedNeed]:
    """Who said why they need a case, for those who may see it, the latest first."""
    rows = StatedNeed.objects.visible_to(viewer).filter(case=case)
    return list(rows.select_related("said_by__agency", "call").order_by("-said_at"))


def said_to(viewer: Viewer) -> QuerySet[StatedNeed]:
    """What staff of the viewer's agency said (for the partnership's office, of agencies without a lead too), but for the viewer and for
    cases they are kept apart from. Not through the gate: a lead answers for who looks, and sees no more here than who, which case and
    why."""
    own = Q(said_by__agency=viewer.user.agency_id)
    if viewer.user.agency.kind == "partnership":
        led = User.objects.filter(role__in=LEADS, is_active=True).values("agency")
        own |= ~Q(said_by__agency__in=led)
    rows = StatedNeed.objects.filter(own).exclude(said_by=viewer.user)
    rows = rows.exclude(case__in=viewer.kept_from.get("case", ())).select_related("said_by__agency", "case", "call")
    return rows.order_by("-said_at", "pk")
