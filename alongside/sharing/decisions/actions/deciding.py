"""Deciding to send a record to a team, or not to. Every page that sends something comes through here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models

from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.agencies.queries import first_team
from alongside.audit.api import action, record
from alongside.cases.hooks import OwnDoor, is_by_house, own_record
from alongside.cases.models import Case
from alongside.gate.actions import open_grounds
from alongside.people.models import Person
from alongside.sharing.agreements import queries as agreements
from alongside.sharing.days import today
from alongside.sharing.decisions import access, doors, queries
from alongside.sharing.decisions.models import Disclosure
from alongside.sharing.gateways import OF_BASIS


@dataclass(frozen=True)
class Weighed:
    """How far a decision goes: `review_on` None is the day the partnership's choice gives. Empty text is *not written down*."""

    necessity: str = ""
    proportionality: str = ""
    withheld_from: str = ""
    advice_from: str = ""
    review_on: date | None = None


@action("sharing.decided")
def disclose(
    *,
    case: Case,
    subject: models.Model,
    to_team: Team,
    purpose: str,
    basis: str,
    consent: str,
    reason: str,
    what: Sequence[str],
    left_out: Sequence[str] = (),
    gateway: str = "",
    person: Person | None = None,
    weighed: Weighed | None = None,
    to_people: bool = False,
    by: User,
    at: datetime,
) -> Disclosure:
    """Send one record to a team: the decision is written down and the door to that record, and nothing else, is opened.

    Whoever holds the case sees the record already, each in their own house; no further door is opened to them. `person` is whose
    consent is meant, the victim's when not said. A `subject` that is the case itself is opened as it grows, and needs an agreement;
    nothing else waits for one. `to_people`: the door is opened to people by name, by the act that names them.
    """
    if not reason.strip():
        raise Refused("Say in a sentence why this is shared. Nothing was sent.")
    access.check_basis(basis, consent)
    standing = isinstance(subject, Case)
    if standing:
        access.check_may_open_case(by, case, to_team, at)
    row = _written(case, subject, to_team, purpose, reason, weighed or Weighed(), person, by, at)
    row.shared, row.state, row.standing, row.to_people = True, "live", standing, to_people
    row.basis, row.gateway, row.consent = basis, gateway or OF_BASIS.get(basis, ""), consent
    row.what, row.left_out = list(what), list(left_out)
    row.review_on = row.review_on or today(at) + timedelta(days=queries.review_days(case, at))
    row.without_agreement = agreements.is_without(by.agency_id, to_team.agency_id, at)
    row.save(force_insert=True)
    if not to_people:
        doors.follow(row, why="a decision to share", by=by, at=at)
    _keep_own(row, by, at)
    record(row, by=by, at=at, to=to_team.code, basis=basis, gateway=row.gateway, subject=str(subject.pk))
    return row


@action("sharing.decided_not_to")
def keep_back(
    *,
    case: Case,
    subject: models.Model | tuple[str, UUID],
    to_team: Team,
    purpose: str,
    reason: str,
    consent: str = "",
    person: Person | None = None,
    weighed: Weighed | None = None,
    by: User,
    at: datetime,
) -> Disclosure:
    """Decide not to send: the same record, with its reason. No door is opened, and none that stands is closed."""
    if not reason.strip():
        raise Refused("Say in a sentence why this is not shared. Nothing was recorded.")
    row = _written(case, subject, to_team, purpose, reason, weighed or Weighed(), person, by, at)
    row.shared, row.state, row.consent = False, "kept-back", consent
    row.save(force_insert=True)
    _keep_own(row, by, at)
    record(row, by=by, at=at, to=to_team.code)
    return row


def _written(
    case: Case,
    subject: models.Model | tuple[str, UUID],
    to_team: Team,
    purpose: str,
    reason: str,
    weighed: Weighed,
    person: Person | None,
    by: User,
    at: datetime,
) -> Disclosure:
    """The part that both decisions share, not saved yet."""
    kind, pk = subject if isinstance(subject, tuple) else (subject._meta.label_lower, subject.pk)
    return Disclosure(
        case=case,
        agency=by.agency,
        to_team=to_team,
        record_kind=kind,
        record_id=pk,
        purpose=purpose,
        reason=reason.strip(),
        necessity=weighed.necessity,
        proportionality=weighed.proportionality,
        withheld_from=weighed.withheld_from,
        advice_from=weighed.advice_from,
        review_on=weighed.review_on,
        person=person or _victim(case),
        decided_at=at,
        decided_by=by,
    )


def _victim(case: Case) -> Person | None:
    member = case.members.filter(role="victim").select_related("person").order_by("pk").first()
    return member.person if member else None


def _keep_own(row: Disclosure, by: User, at: datetime) -> None:
    """A decision is a record of those who made it: the decider and their team can look at it again without holding the case."""
    doors = [(door.viewer, door.ground, "they decided it") for door in _own_doors(row.case, by, at)]
    if doors:
        open_grounds(subject_kind="decision", subject_id=row.pk, doors=doors, by=by, at=at)


def _own_doors(case: Case, by: User, at: datetime) -> list[OwnDoor]:
    """In the agency that recorded the case, those who hold all of it, and a school's own people, have a door to it already."""
    if by.agency_id != case.opened_by_agency_id:
        return own_record(by.agency, by, first_team(by, today(at)))
    doors = own_record(by.agency, by, case.recording_team)
    return [] if is_by_house(by.agency) else [door for door in doors if door.viewer != by.agency]
