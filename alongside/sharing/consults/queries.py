"""Looking in the records kept here; what agencies were asked and answered."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from alongside.agencies.models import Agency, Team, TeamRole
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.people.queries import Look, look_for, said_openly
from alongside.people.records import PersonSaid
from alongside.sharing.consults.models import Consult

log = logging.getLogger(__name__)
# Who answers for an agency's records when it named no team: the desk for it, else its first desk.
DESKS = (
    "safeguarding-desk",
    "mash",
    "csc-duty",
    "asc-duty",
    "health-safeguarding",
    "housing-advice",
    "probation-duty",
    "idva",
    "front-line",
)


def look(people: Mapping[UUID, PersonSaid]) -> dict[UUID, Look] | None:
    """Look people up in the records held here. None when that failed: the notification goes in, and consulting stays a task."""
    try:
        with transaction.atomic():
            return look_for(people)
    except (DatabaseError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # The words of a fault may hold what was told of somebody.
        log.error("a look-up failed (%s); the duty to consult records stays open", type(error).__name__)
        return None


def to_ask(cases: Iterable[Case]) -> list[Agency]:
    """The agencies that work where cases are, and those that opened them, each with where it keeps its records: one statement."""
    held = list(cases)
    areas = {area for case in held for area in case.places.areas}
    rows = Agency.objects.filter(areas__in=areas).exclude(kind="partnership")
    rows |= Agency.objects.filter(pk__in={case.opened_by_agency_id for case in held})
    return list(rows.select_related("consult_source").distinct().order_by("name"))


def people_of(case: Case) -> dict[UUID, PersonSaid]:
    """The people of a case as they are on record, to be asked about again."""
    ids = Person.objects.filter(memberships__case=case).values_list("pk", flat=True)
    return {pk: said for pk, (said, _) in said_openly(list(ids)).items()}


def waiting() -> list[Consult]:
    """What agents have still to answer, the longest asked first. Not through the gate: the worker asks for whoever asked."""
    rows = Consult.objects.filter(why="waiting").select_related("agency__consult_source", "asked_by__agency")
    return list(rows.order_by("asked_at", "pk")[:AT_ONCE])


AT_ONCE = 1_000  # so many that one silent agent does not stand before all others


def asked_about(consult: Consult) -> dict[UUID, PersonSaid]:
    """The people an agency was asked about, as they are on record."""
    ids = [UUID(one) for one in consult.about]
    return {pk: said for pk, (said, _) in said_openly(ids).items()} if ids else {}


def consults() -> QuerySet[Consult]:
    """What agencies were asked, to load through the gate."""
    return Consult.objects.select_related("agency", "team", "asked_by__agency")


def latest_of(case: Case, viewer: Viewer) -> list[Consult]:
    """The latest answer of every agency asked about a case, by the agency's name."""
    rows = consults().visible_to(viewer).filter(case=case)  # type: ignore[attr-defined]
    latest = {row.agency_id: row for row in rows.order_by("asked_at", "pk")}
    return sorted(latest.values(), key=lambda row: row.agency.name)


def teams_to_ask(agencies: Collection[UUID], areas: Collection[str]) -> dict[UUID, Team]:
    """The team to ask of each agency that named none, where a case is."""
    rows = TeamRole.objects.filter(team__agency__in=agencies, area__in=areas, role__in=DESKS).select_related("team")
    found: defaultdict[UUID, list[TeamRole]] = defaultdict(list)
    for row in rows.order_by("position", "id"):
        found[row.team.agency_id].append(row)
    return {agency: min(held, key=lambda row: DESKS.index(row.role)).team for agency, held in found.items()}


def asked_of(viewer: Viewer) -> QuerySet[Consult]:
    """The log of the viewer's own agency: who asked it, what for, and what was answered; the latest first.

    Not through the gate: the agency may not see the case it was asked about, and the row shows it only its own records. What the
    viewer is kept apart from is not there.
    """
    rows = consults().filter(agency=viewer.user.agency_id).exclude(case__in=viewer.kept_from.get("case", ()))
    return rows.order_by("-asked_at", "pk")
