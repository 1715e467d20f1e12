"""Saying that an agency joins, and a second person's word."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import action, record, unit_of_work
from alongside.outbox.api import post
from alongside.staffing import states
from alongside.staffing.joining import access, queries
from alongside.staffing.models import NewAgency


@action("staffing.agency_proposed")
def propose(*, code: str, name: str, kind: str, rang: str, by: User, at: datetime) -> NewAgency:
    """Say that an agency joins. `rang`: whom one spoke to, and where the number came from. Nothing opens until another person confirms."""
    check_may(by, access.MAY)
    if queries.is_here(code):
        raise Refused("An agency with this code is here already. Nothing was changed.")
    try:
        with unit_of_work():
            said = NewAgency.objects.create(code=code, name=name, kind=kind, rang=rang, proposed_at=at, proposed_by=by)
    except IntegrityError:
        raise Refused("An agency with this code waits for a second person already. Nothing was changed.") from None
    states.NEW_AGENCY.bulk_open([said], by=by, at=at)
    for second in queries.seconds(said):
        post(to=f"user:{second.pk}", key=f"new-agency:{said.pk}:{second.pk}", by=by, at=at)
    record(said, by=by, at=at, code=code, agency_kind=kind)
    return said


@action("staffing.agency_confirmed")
def confirm(*, said: NewAgency, why: str, by: User, at: datetime) -> None:
    """A second person has rung the agency too: the operator's file may bring it in now, under this code, name and kind."""
    _decide(said, "confirmed", why, by, at)
    record(said, by=by, at=at, code=said.code)


@action("staffing.agency_refused")
def refuse(*, said: NewAgency, why: str, by: User, at: datetime) -> None:
    """A second person could not make sure: it does not join."""
    _decide(said, "refused", why, by, at)
    record(said, by=by, at=at, code=said.code)


def _decide(said: NewAgency, to: str, why: str, by: User, at: datetime) -> None:
    access.check_is_second(by, said)
    states.NEW_AGENCY.move(said, to=to, by=by, at=at, why=why)
    said.decided_at, said.decided_by, said.decided_why = at, by, why.strip()
    said.save(update_fields=["decided_at", "decided_by", "decided_why"])
