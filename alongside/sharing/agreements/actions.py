"""Putting an agreement on the register, renewing it and ending it. Doors that stood on it follow in the same transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, User
from alongside.audit.api import action, record
from alongside.sharing.agreements import access, queries
from alongside.sharing.agreements.models import Agreement, AgreementChange
from alongside.sharing.days import today
from alongside.sharing.decisions import doors


@action("sharing.agreement_added")
def add_agreement(
    *, name: str, scope: str, parties: Collection[Agency], signed_on: date, review_on: date, by: User, at: datetime
) -> Agreement:
    """Put a signed agreement on the register. Cases that its parties opened to each other are open again where they had stopped."""
    access.check_may_keep(by, parties)
    if len(set(parties)) < 2:
        raise Refused("An agreement is between at least two agencies. Nothing was saved.")
    if not name.strip() or not scope.strip():
        raise Refused("Say what the agreement is called and what it covers. Nothing was saved.")
    if signed_on > today(at):
        raise Refused("An agreement goes on the register once it is signed. Nothing was saved.")
    _check_day(review_on, at)
    row = Agreement.objects.create(name=name.strip(), scope=scope.strip(), signed_on=signed_on, review_on=review_on)
    row.parties.set(parties)
    _keep(row, "added", "Signed.", by, at)
    record(row, by=by, at=at, parties=len(set(parties)))
    return row


@action("sharing.agreement_renewed")
def renew_agreement(*, agreement: Agreement, review_on: date, reason: str, by: User, at: datetime) -> Agreement:
    """Somebody looked at it again and it goes on, until another day. A lapsed one is in force again."""
    _check(agreement, reason, by)
    _check_day(review_on, at)
    agreement.review_on = review_on
    agreement.save(update_fields=["review_on"])
    _keep(agreement, "renewed", reason, by, at)
    record(agreement, by=by, at=at)
    return agreement


@action("sharing.agreement_ended")
def end_agreement(*, agreement: Agreement, reason: str, by: User, at: datetime) -> Agreement:
    """It is in force no more: what its parties opened to each other is closed at once, unless another agreement covers them."""
    _check(agreement, reason, by)
    agreement.ended_at, agreement.ended_by = at, by
    agreement.save(update_fields=["ended_at", "ended_by"])
    _keep(agreement, "ended", reason, by, at)
    record(agreement, by=by, at=at)
    return agreement


def _check(agreement: Agreement, reason: str, by: User) -> None:
    access.check_may_keep(by, agreement.parties.all())
    held = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if held.ended_at is not None:
        raise Refused("This agreement has ended. Put the new one on the register; nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was changed.")


def _check_day(review_on: date, at: datetime) -> None:
    if review_on <= today(at):
        raise Refused("The day it is looked at again lies in the past. Choose one to come; nothing was saved.")


def _keep(row: Agreement, what: str, reason: str, by: User, at: datetime) -> None:
    """Write down what was done, and let the doors between the parties follow."""
    AgreementChange.objects.create(
        agreement=row, what=what, review_on=row.review_on, reason=reason.strip(), changed_at=at, changed_by=by
    )
    for decision in queries.between(row.parties.all()):
        doors.follow(decision, why="an agreement between the agencies changed", by=by, at=at)
