"""Recording what people say about sharing."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.people.models import Person
from alongside.sharing.codes import CONSENT, REFERRAL
from alongside.sharing.decisions.actions.reviewing import follow_withdrawal
from alongside.sharing.models import ConsentRecord
from alongside.sharing.queries import last_word


@action("sharing.consent_recorded")
def record_consent(
    *, case: Case, person: Person, purpose: str, status: str | None, by: User, at: datetime
) -> ConsentRecord:
    """Record what a person said about a purpose; None or "" is *not known*. Earlier records stay.

    Consent that is taken back ends what rested on it, here and now. “Did not want this” after a yes is taking it back.
    """
    before = last_word(person) if purpose == REFERRAL and status == "refused" else ""
    row = ConsentRecord.objects.create(
        case=case, person=person, purpose=purpose, status=status or "", stated_at=at, stated_by=by
    )
    if purpose == REFERRAL and (status == "withdrawn" or before == "given"):
        follow_withdrawal(person=person, by=by, at=at)
    record(row, by=by, at=at, purpose=purpose, status=status or "not-known")
    return row


@action("sharing.consent_said")
def say_consent(*, case: Case, person: Person, status: str, by: User, at: datetime) -> ConsentRecord:
    """Record from the case what a person says now about sharing; what follows from it is worked out at once."""
    check_may(by, "decide_sharing")
    if status not in CONSENT:
        raise Refused("Choose one of the answers on the page. Nothing was recorded.")
    row = record_consent(case=case, person=person, purpose=REFERRAL, status=status, by=by, at=at)
    record(row, by=by, at=at, case=str(case.pk))
    cases.note(
        case=case,
        what="What somebody says about sharing was recorded",
        record_kind="sharing.consentrecord",
        record_id=row.pk,
        by=by,
        at=at,
    )
    cases.changed(case=case, by=by, at=at)
    return row
