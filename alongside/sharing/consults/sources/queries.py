"""What is said of where agencies keep their records."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from alongside.agencies.models import Agency, Team, User
from alongside.gate.wall import beyond_the_gate
from alongside.sharing.consults.models import Consult, ConsultSource, SourceChange
from alongside.sharing.consults.queries import teams_to_ask


def agencies_for(user: User) -> list[Agency]:
    """The agencies of which somebody may say it, each with what is said: every one for the partnership's office, else their own."""
    rows = Agency.objects.exclude(kind="partnership").select_related("consult_source__team").prefetch_related("areas")
    return list(rows if user.agency.kind == "partnership" else rows.filter(pk=user.agency_id))


def source_of(agency: Agency) -> ConsultSource | None:
    """What is said of an agency now; None where nothing is."""
    return getattr(agency, "consult_source", None)


def desks(agencies: Iterable[Agency]) -> dict[UUID, Team]:
    """Of each agency the team that is rung while it names none: one statement."""
    held = list(agencies)
    return teams_to_ask([one.pk for one in held], {area.code for one in held for area in one.areas.all()})


def last_said(agencies: Iterable[Agency]) -> dict[UUID, SourceChange]:
    """The latest that was said of each agency, and by whom: one statement."""
    rows = SourceChange.objects.filter(agency__in=list(agencies)).select_related("declared_by", "team")
    return {row.agency_id: row for row in rows.order_by("declared_at", "pk")}


def said_of(agency: Agency) -> list[SourceChange]:
    """All that was said of an agency, the latest first."""
    rows = SourceChange.objects.filter(agency=agency).select_related("declared_by", "team")
    return list(rows.order_by("-declared_at", "-pk"))


@beyond_the_gate
def waiting_for(agencies: Iterable[Agency]) -> dict[UUID, int]:
    """How many questions wait for the answer of each agency's own system; those for which none does are left out.

    Not through the gate: a count of what an agency was asked, shown to itself and to the office.
    """
    rows = Consult.objects.filter(agency__in=list(agencies), why="waiting").values("agency").annotate(n=Count("pk"))
    return {row["agency"]: row["n"] for row in rows.order_by()}


def teams_of(agency: Agency) -> list[Team]:
    """The teams an agency may name, by name."""
    return list(Team.objects.filter(agency=agency))


def team_of(code: str) -> Team | None:
    """The team with a code, or None."""
    return Team.objects.filter(code=code).first()


def all_sources() -> list[tuple[str, str, str]]:
    """Every agency: its code, where it keeps its records, and the code of the team it named."""
    rows = Agency.objects.exclude(kind="partnership").select_related("consult_source__team").order_by("code")
    found = []
    for agency in rows:
        source = source_of(agency)
        team = source.team if source else None
        found.append((agency.code, source.kept if source else "elsewhere", team.code if team else ""))
    return found
