"""Saying where an agency keeps its records, and taking that back."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Actor, action, record
from alongside.sharing.consults.models import ConsultSource, SourceChange
from alongside.sharing.consults.sources import access, queries


@action("sharing.source_declared")
def declare_source(
    *,
    agency: Agency,
    kept: str,
    team: Team | None = None,
    reason: str = "",
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> ConsultSource:
    """Say where an agency keeps its records, and which of its teams answers for them. `seen` is the id of what was said last when
    somebody looked, "" for nothing; None leaves that unchecked, as on the command line.

    What its agent was asked and has not answered is settled by the worker (`agents`) once it is no longer asked.
    """
    _check(agency, reason, seen, by)
    if team is not None and team.agency_id != agency.pk:
        raise Refused(f"{team.code} is no team of {agency.code}. Nothing was changed.")
    row, _ = ConsultSource.objects.update_or_create(
        agency=agency, defaults={"kept": kept, "team": team, "declared_on": at}
    )
    _keep(agency, kept, team, reason, by, at)
    record(row, by=by, at=at, kept=kept, team=team.code if team else "")
    return row


@action("sharing.source_ended")
def end_source(*, agency: Agency, reason: str, seen: str | None = None, by: Actor, at: datetime) -> None:
    """Take back what was said: nothing asks the agency from now on, and what is not found is *cannot tell*."""
    _check(agency, reason, seen, by)
    if not ConsultSource.objects.filter(agency=agency).delete()[0]:
        raise Refused(f"Nothing is said of where {agency.name} keeps its records. Nothing was changed.")
    _keep(agency, "", None, reason, by, at)
    record(agency, by=by, at=at)


def _check(agency: Agency, reason: str, seen: str | None, by: Actor) -> None:
    if isinstance(by, User):
        access.check_may_declare(by, agency)
        if not reason.strip():
            raise Refused("Say in a sentence why. Nothing was changed.")
    last = queries.last_said([agency]).get(agency.pk)
    if seen is not None and seen != (str(last.pk) if last else ""):
        raise Refused(
            "Somebody else said something of these records while you looked. Look again; nothing was changed."
        )


def _keep(agency: Agency, kept: str, team: Team | None, reason: str, by: Actor, at: datetime) -> None:
    person = by if isinstance(by, User) else None
    SourceChange.objects.create(
        agency=agency, kept=kept, team=team, reason=reason.strip(), declared_at=at, declared_by=person
    )
