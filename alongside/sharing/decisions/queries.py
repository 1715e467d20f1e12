"""Reads of decisions, of their doors, and of what waits to be looked at again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.agencies.models import Team, User
from alongside.audit.api import once
from alongside.cases.models import Case
from alongside.gate.models import Ground
from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.people.models import Person
from alongside.people.queries import same_records
from alongside.procedures.queries import in_force
from alongside.sharing.days import today
from alongside.sharing.decisions.models import Disclosure, SharedCopy, ShareReview

OPENED_AS = ("sent", "case-team")


def decisions() -> QuerySet[Disclosure]:
    """Decisions with what their page shows; the gate narrows it."""
    return Disclosure.objects.select_related("case__area", "to_team__agency", "agency", "decided_by__agency", "person")


def of_case(case: Case, viewer: Viewer) -> list[Disclosure]:
    """What was shared, and what was kept back, the latest first."""
    rows = decisions().visible_to(viewer).filter(case=case)  # type: ignore[attr-defined]
    return list(rows.select_related("ended_by").prefetch_related("reviews__answered_by").order_by("-decided_at"))


def live_for(case: UUID, record_id: UUID, team: Team) -> list[Disclosure]:
    """The decisions on which a team's door to a record rests. For the doors alone: no viewer sees it.

    Whoever changes them for one case waits for the other here, so that a door never closes over a decision made meanwhile.
    """
    Case.objects.select_for_update().get(pk=case)
    rows = Disclosure.objects.filter(record_id=record_id, to_team=team, state="live")
    return list(rows.select_related("case", "to_team"))


def grounds_of(record_id: UUID, team: Team) -> list[Ground]:
    """The doors that decisions opened to a team, or to people of its agency by name, and that nobody has closed."""
    readers = Q(team=team) | Q(user__agency=team.agency_id)
    rows = Ground.objects.filter(readers, subject_id=record_id, ground__in=OPENED_AS, closed_at__isnull=True)
    return list(rows.select_related("team", "user"))


def holds_for_good(case: Case, team: Team) -> bool:
    """Whether a team's people have the case as their own record, each in their own house, so that no further door is needed. What is
    open to somebody for a while, to another team, or to those of the agency who need all its cases, is no door of this team."""
    own = Q(user__agency=team.agency_id) | Q(team=team)
    rows = Ground.objects.filter(own, subject_kind="case", subject_id=case.pk, ground="own-record")
    return rows.filter(ends_on__isnull=True, closed_at__isnull=True).exists()


def has_ended(record_id: UUID, team: Team) -> bool:
    """Whether what was sent to a team was ended, and nobody has sent it again since."""
    states = set(Disclosure.objects.filter(record_id=record_id, to_team=team).values_list("state", flat=True))
    return "ended" in states and "live" not in states


def latest_live(record_id: UUID, team_id: UUID) -> Disclosure | None:
    """The decision by which a team was sent a record, where it stands: a copy of it rests on the same."""
    rows = Disclosure.objects.filter(record_id=record_id, to_team=team_id, state="live")
    return rows.select_related("person").order_by("-decided_at").first()


def people_meant(person: Person) -> set[UUID]:
    """The records of one person at the agency that holds this one. Another agency's are its own to hear of."""
    same = Person.objects.filter(pk__in=same_records(person.pk), recorded_by_agency=person.recorded_by_agency_id)
    return {person.pk, *same.values_list("pk", flat=True)}


def shares_of(meant: Collection[UUID]) -> list[Disclosure]:
    """Everything shared of somebody that stands: with their consent meant, or from a case about them as a victim or a child.

    For the act that follows a withdrawal: no viewer sees it.
    """
    about = Q(case__members__person__in=meant, case__members__role__in=("victim", "child", "unborn-child"))
    rows = Disclosure.objects.filter(Q(person__in=meant) | about, state="live").distinct()
    return list(rows.select_related("to_team__agency", "case", "agency", "decided_by").order_by("decided_at", "pk"))


def open_reviews(decision: Disclosure) -> list[ShareReview]:
    """What is asked of a decision and not answered."""
    return list(ShareReview.objects.filter(disclosure=decision, answered_at__isnull=True).select_for_update())


def history(decision: Disclosure, viewer: Viewer) -> list[ShareReview]:
    """Each time somebody was asked to look again, or did."""
    rows = ShareReview.objects.visible_to(viewer).filter(disclosure=decision).select_related("answered_by__agency")
    return list(rows)


def asked_of(viewer: Viewer) -> list[ShareReview]:
    """Reviews that wait for the viewer: their own decisions; late ones, and those whose decider has gone, for their whole agency."""
    day = today(viewer.at)
    gone = Q(disclosure__decided_by__is_active=False) | ~Q(disclosure__decided_by__agency=viewer.user.agency_id)
    mine = Q(disclosure__decided_by=viewer.user) | gone | Q(due_on__lt=day)
    rows = ShareReview.objects.visible_to(viewer).filter(mine, disclosure__agency=viewer.user.agency_id)
    rows = rows.filter(answered_at__isnull=True).select_related("disclosure__case", "disclosure__to_team__agency")
    return list(rows.order_by("due_on", "asked_on"))


def past_review(viewer: Viewer) -> list[Disclosure]:
    """Shares whose day to look again has passed and that wait for the viewer: as `asked_of`, for the whole agency a week later."""
    day = today(viewer.at)
    gone = Q(decided_by__is_active=False) | ~Q(decided_by__agency=viewer.user.agency_id)
    mine = Q(decided_by=viewer.user) | gone | Q(review_on__lt=day - timedelta(days=7))
    rows = decisions().visible_to(viewer).filter(mine, agency=viewer.user.agency_id)  # type: ignore[attr-defined]
    asked = ShareReview.objects.filter(answered_at__isnull=True).values("disclosure")
    return list(rows.filter(state="live", review_on__lt=day).exclude(pk__in=asked).order_by("review_on"))


def copies() -> QuerySet[SharedCopy]:
    """Copies that were shared, to load through the gate."""
    return SharedCopy.objects.select_related("case", "to_team__agency", "shared_by__agency")


def shared_with(viewer: Viewer) -> list[SharedCopy]:
    """Copies that colleagues shared with the viewer's teams, the latest first."""
    rows = copies().visible_to(viewer).filter(to_team__in=viewer.team_ids)  # type: ignore[attr-defined]
    return list(rows.order_by("-shared_at"))


def unopened(viewer: Viewer) -> list[SharedCopy]:
    """Those that nobody there has opened yet, the longest waiting first."""
    rows = copies().visible_to(viewer).filter(to_team__in=viewer.team_ids, opened_at__isnull=True)  # type: ignore[attr-defined]
    return list(rows.order_by("shared_at"))


def holds_case(case: Case, viewer: Viewer) -> bool:
    """Whether the viewer may go to the case itself."""
    return Case.objects.visible_to(viewer).filter(pk=case.pk).exists()


@beyond_the_gate
def recalled(viewer: Viewer) -> list[Disclosure]:
    """What was shared with the viewer's teams and has ended: whose it was, when, and whom to ring.

    Not through the gate, which is closed: a team must hear that it may no longer use what it was sent. Nothing of the content.
    """
    rows = Disclosure.objects.filter(to_team__in=viewer.team_ids, state="ended")
    rows = rows.exclude(agency=viewer.user.agency_id).exclude(case__in=viewer.kept_from.get("case", ()))
    rows = rows.select_related("agency", "to_team", "case__recording_team")
    held = {(one.record_id, one.to_team_id): one for one in rows.order_by("ended_at")}
    live = Disclosure.objects.filter(record_id__in=[key[0] for key in held], state="live")
    for key in live.values_list("record_id", "to_team_id"):
        held.pop(key, None)
    return sorted(held.values(), key=lambda one: one.ended_at or one.decided_at, reverse=True)


def leads_on_sharing(user: User) -> list[User]:
    """Information governance leads to turn to: one's own agency's first, then the partnership's."""
    rows = User.objects.filter(role="information-governance-lead", is_active=True)
    rows = rows.filter(Q(agency=user.agency_id) | Q(agency__kind="partnership")).prefetch_related("teams")
    return sorted(rows, key=lambda one: (one.agency_id != user.agency_id, one.name))


@once
def teams_to_share_with(areas: frozenset[str], own: UUID) -> list[Team]:
    """Teams of other agencies that work where a case is, by agency and name."""
    rows = Team.objects.filter(agency__areas__in=areas).exclude(agency=own).select_related("agency").distinct()
    return list(rows.order_by("agency__name", "name"))


def ends_at_review(case: Case, at: datetime) -> bool:
    """Whether a share ends by itself once its day to look again has passed: a local choice, to be confirmed by the partnership."""
    return bool(_choice(case, "share_ends_at_review", at))


def review_days(case: Case, at: datetime) -> int:
    """After how many days a share is looked at again where nobody says another day: a local choice, to be confirmed."""
    days = _choice(case, "share_review_days", at)
    return days if isinstance(days, int) else 90


def _choice(case: Case, name: str, at: datetime) -> object:
    return in_force([case.area_id], today(at), [name])[case.area_id][name].value


def awaits(case: Case, names: Collection[str], at: datetime) -> bool:
    """Whether the partnership has still to confirm one of those choices."""
    return any(one.awaits for one in in_force([case.area_id], today(at), names)[case.area_id].values())
