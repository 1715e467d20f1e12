"""Recording consent, and deciding to send a record to a team or not."""

from collections.abc import Sequence
from datetime import datetime

from django.db import models

from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.gate.actions import open_ground
from alongside.gate.viewing import holders
from alongside.people.models import Person
from alongside.sharing.models import ConsentRecord, Disclosure


@action("sharing.consent_recorded")
def record_consent(
    *, case: Case, person: Person, purpose: str, status: str | None, by: User, at: datetime
) -> ConsentRecord:
    """Record what a person said about a purpose; None or "" is *not known*. Earlier records stay."""
    row = ConsentRecord.objects.create(
        case=case, person=person, purpose=purpose, status=status or "", stated_at=at, stated_by=by
    )
    record(row, by=by, at=at, purpose=purpose, status=status or "not-known")
    return row


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
    by: User,
    at: datetime,
) -> Disclosure:
    """Send one record to a team: the decision is written down and the door to that record, and nothing else, is opened.

    Whoever holds the case sees the record already, each in their own house; no further door is opened to them.
    """
    if not reason.strip():
        raise Refused("Say in a sentence why this is shared. Nothing was sent.")
    row = Disclosure.objects.create(
        case=case,
        to_team=to_team,
        record_kind=subject._meta.label_lower,
        record_id=subject.pk,
        shared=True,
        purpose=purpose,
        basis=basis,
        consent=consent,
        reason=reason,
        what=list(what),
        left_out=list(left_out),
        decided_at=at,
        decided_by=by,
    )
    if to_team.agency_id not in holders("case", case.pk, at):
        open_ground(
            subject_kind="record", subject_id=subject.pk, viewer=to_team, ground="sent", purpose=purpose, by=by, at=at
        )
    record(row, by=by, at=at, to=to_team.code, basis=basis, subject=str(subject.pk))
    return row


@action("sharing.decided_not_to")
def keep_back(
    *, case: Case, subject: models.Model, to_team: Team, purpose: str, reason: str, by: User, at: datetime
) -> Disclosure:
    """Decide not to send: the same record, with its reason."""
    if not reason.strip():
        raise Refused("Say in a sentence why this is not shared. Nothing was recorded.")
    row = Disclosure.objects.create(
        case=case,
        to_team=to_team,
        record_kind=subject._meta.label_lower,
        record_id=subject.pk,
        shared=False,
        purpose=purpose,
        reason=reason,
        decided_at=at,
        decided_by=by,
    )
    record(row, by=by, at=at, to=to_team.code)
    return row
