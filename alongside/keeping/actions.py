"""Holding a record, asking for its erasure, deciding on it, and erasing again what an older copy brought back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import Actor, action, record
from alongside.clock import in_london
from alongside.keeping import access, erasing, queries, tombstones
from alongside.keeping.models import GROUNDS, Erasure, LegalHold
from alongside.people.models import Person
from alongside.sealed import actions as sealing
from alongside.sealed.models import Owner

AT_ONCE = 200  # erased again in one transaction


@action("keeping.hold_placed")
def place_hold(*, person: Person, reason: str, review_on: date, by: User, at: datetime) -> LegalHold:
    """Nothing of this person is erased until somebody else lifts it."""
    access.check_may_keep(by, _locked(person))
    _check_said(reason)
    _check_to_come(review_on, at)
    row = LegalHold.objects.create(
        person=person, reason=reason.strip(), review_on=review_on, placed_at=at, placed_by=by
    )
    record(row, by=by, at=at, person=person.pk)
    return row


@action("keeping.hold_renewed")
def renew_hold(*, hold: LegalHold, review_on: date, by: User, at: datetime) -> LegalHold:
    """Somebody looked at it again, and it stands until they look again."""
    access.check_may_keep(by, hold.person)
    _check_to_come(review_on, at)
    row = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if row.lifted_at is not None:
        raise Refused("This hold was lifted meanwhile. Nothing was changed.")
    row.review_on = review_on
    row.save(update_fields=["review_on"])
    record(row, by=by, at=at)
    return row


@action("keeping.hold_lifted")
def lift_hold(*, hold: LegalHold, why: str, by: User, at: datetime) -> LegalHold:
    """Another person than who placed it lifts it. That erases nothing."""
    access.check_may_keep(by, hold.person)
    row = LegalHold.objects.select_for_update().get(pk=hold.pk)
    access.check_may_lift(row, by)
    _check_said(why)
    row.lifted_at, row.lifted_by, row.lifted_why = at, by, why.strip()
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record(row, by=by, at=at)
    return row


@action("keeping.erasure_asked")
def ask_erasure(*, person: Person, ground: str, reason: str, by: User, at: datetime) -> Erasure:
    """Ask that somebody be erased; a second person decides. Nothing goes yet."""
    access.check_may_keep(by, _locked(person))
    access.check_nothing_stops(person, at)
    _check_said(reason)
    if ground not in GROUNDS:
        raise Refused("Say on what ground. Nothing was asked.")
    if Erasure.objects.filter(person=person, agreed__isnull=True).exists():
        raise Refused("It was asked already, and waits for a second person. Nothing was changed.")
    row = Erasure.objects.create(person=person, ground=ground, reason=reason.strip(), asked_at=at, asked_by=by)
    record(row, by=by, at=at, person=person.pk, ground=ground)
    return row


@action("keeping.erasure_decided")
def decide_erasure(*, erasure: Erasure, agreed: bool, why: str, by: User, at: datetime) -> Erasure:
    """A second person decides. Agreed, the person is erased in the same transaction, for good: nobody can undo it."""
    person = _locked(erasure.person)
    access.check_may_keep(by, person)
    row = Erasure.objects.select_for_update().get(pk=erasure.pk)
    access.check_second(row, by)
    _check_said(why)
    row.agreed, row.why, row.decided_at, row.decided_by = agreed, why.strip(), at, by
    row.save(update_fields=["agreed", "why", "decided_at", "decided_by"])
    if agreed:
        access.check_nothing_stops(person, at)
        erase(owners=erasing.owners_of(person), by=by, at=at)
    record(row, by=by, at=at, agreed=agreed)
    return row


@action("keeping.erased")
def erase(*, owners: Collection[Owner], by: Actor, at: datetime) -> int:
    """Destroy the keys of these owners and empty their rows; once it is done for good, the list outside says so. How many rows."""
    keys = sealing.destroy(owners=owners, by=by, at=at)
    rows = erasing.blank(owners, at=at)
    people = sorted(str(owner.id) for owner in owners if owner.kind == erasing.PERSON)
    record(("people.person", " ".join(people)), by=by, at=at, rows=rows, keys=keys)
    transaction.on_commit(lambda: tombstones.keep(settings.ALONGSIDE_ERASED, queries.erased_owners()))
    return rows


def erase_again(*, by: Actor, at: datetime) -> int:
    """Erase what the list outside says was erased and is not here: an older copy brought it back. How many owners."""
    here = {owner for owner, _ in queries.erased_owners()}
    back = [owner for owner in tombstones.read(settings.ALONGSIDE_ERASED) if owner not in here]
    for start in range(0, len(back), AT_ONCE):
        erase(owners=back[start : start + AT_ONCE], by=by, at=at)
    tombstones.keep(settings.ALONGSIDE_ERASED, queries.erased_owners())
    return len(back)


def _locked(person: Person) -> Person:
    """The person as they are now, until the end of the act: no second act on them meanwhile."""
    return Person.objects.select_for_update().get(pk=person.pk)


def _check_said(text: str) -> None:
    if not text.strip():
        raise Refused("Say in a sentence why. Nothing was changed.")


def _check_to_come(day: date, at: datetime) -> None:
    if day <= in_london(at).date():
        raise Refused("The day it is looked at again must lie ahead. Nothing was changed.")
