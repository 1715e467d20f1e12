"""Adding to a record and putting it right, and protecting somebody; the keys follow in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.people.actions.reaching import void_waiting
from alongside.people.contact.codes import ADDRESS_CHANGED, PROTECTED
from alongside.people.models import Address, ContactPoint, MatchKey, OtherName, Person, PersonChange, Shield
from alongside.people.queries.keys import fresh_keys
from alongside.people.records import PersonSaid

CAN_BE_PUT_RIGHT = ("given_name", "family_name", "date_of_birth", "sex", "nhs_number")


@action("people.put_right")
def put_right(*, person: Person, now: Mapping[str, str], by: User, at: datetime) -> PersonChange | None:
    """Correct names, date of birth, sex or NHS number; what stood before is kept. None when nothing is different.

    A name that was wrong stays as another name, so that the person is still found under it.
    """
    held = _own(person, by)
    before = {name: str(getattr(held, name)) for name in CAN_BE_PUT_RIGHT if name != "nhs_number"}
    before["nhs_number"] = held.nhs_number.open() if held.nhs_number else ""
    changed = {name: value for name, value in now.items() if name in before and value != before[name]}
    if not changed:
        record(held, by=by, at=at, changed=0)
        return None
    was_named = " ".join(filter(None, (before["given_name"], before["family_name"])))
    old_name = was_named if {"given_name", "family_name"} & changed.keys() else ""
    for name, value in changed.items():
        setattr(held, name, value)
    held.save(update_fields=list(changed))
    if old_name:
        OtherName.objects.create(person=held, name=old_name[:300])
    row = _changed(held, sorted(changed), {name: before[name] for name in changed}, by, at)
    record(held, by=by, at=at, changed=len(changed))
    return row


@action("people.added_to")
def add_to(*, person: Person, said: PersonSaid, by: User, at: datetime) -> PersonChange | None:
    """Add other names, telephone numbers, an e-mail address and addresses to a record. None when nothing was given."""
    held = _own(person, by)
    names = OtherName.objects.bulk_create(OtherName(person=held, name=name) for name in said.other_names)
    points = [ContactPoint(person=held, kind="phone", value=phone) for phone in said.phones]
    points += [ContactPoint(person=held, kind="email", value=said.email)] if said.email else []
    ContactPoint.objects.bulk_create(points)
    addresses = _add_addresses(held, said, by, at)
    told = {"other_names": names, "phones": said.phones, "email": said.email, "addresses": addresses}
    parts = [name for name, given in told.items() if given]
    row = _changed(held, parts, {}, by, at) if parts else None
    record(held, by=by, at=at, changed=len(parts))
    return row


@action("people.address_confidential_said")
def set_confidential(*, address: Address, confidential: bool, by: User, at: datetime) -> Address:
    """Say whether an address is confidential: then nothing is found by it, and the person is protected."""
    held = _own(address.person, by)
    row = Address.objects.select_for_update().get(pk=address.pk)
    if row.confidential is not confidential:
        before = {"confidential": row.confidential, "address": str(row.pk)}
        row.confidential, row.changed_on = confidential, at
        row.save(update_fields=["confidential", "changed_on"])
        _changed(held, ["confidential"], before, by, at)
        void_waiting(person=held, reason=PROTECTED, by=by, at=at)
    record(row, by=by, at=at, confidential=confidential)
    return row


@action("people.shielded")
def shield(*, person: Person, reason: str, by: User, at: datetime) -> Shield:
    """Protect somebody: from now on two people are needed to say who they are. The same again changes nothing."""
    held = _own(person, by)
    if not reason.strip():
        raise Refused("Say in a sentence why this person is protected. Nothing was changed.")
    row = Shield.objects.filter(person=held, lifted_at__isnull=True).first()
    if row is None:
        row = Shield.objects.create(person=held, reason=reason, set_at=at, set_by=by)
        void_waiting(person=held, reason=PROTECTED, by=by, at=at)
    record(row, by=by, at=at, person=str(held.pk))
    return row


@action("people.shield_lifted")
def lift_shield(*, shield: Shield, why: str, by: User, at: datetime) -> Shield:
    """Say that somebody needs no protection any more: by a second person, never by the one who set it."""
    access.check_may(by, "confirm_links")
    _own(shield.person, by)
    row = Shield.objects.select_for_update().get(pk=shield.pk)
    if row.lifted_at is not None:
        raise Refused("The protection was lifted already. Nothing was changed.")
    if row.set_by_id == by.pk:
        raise Refused("You protected this person yourself; somebody else has to lift it. Nothing was changed.")
    if not why.strip():
        raise Refused("Say in a sentence why this person needs no protection any more. Nothing was changed.")
    row.lifted_at, row.lifted_by, row.lifted_why = at, by, why
    row.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record(row, by=by, at=at, person=str(row.person_id))
    return row


def _own(person: Person, by: User) -> Person:
    """The record, locked, when it is of one's own agency."""
    access.check_may(by, "answer")
    if person.recorded_by_agency_id != by.agency_id:
        raise Refused(
            "This record was made by another agency. Only they can change it; tell them. Nothing was changed."
        )
    return Person.objects.select_for_update().get(pk=person.pk)


def _add_addresses(person: Person, said: PersonSaid, by: User, at: datetime) -> list[Address]:
    """Keep addresses. One where the person lives now takes the place of those before it, for everything that is posted."""
    if any(told.current for told in said.addresses):
        Address.objects.filter(person=person, superseded_on__isnull=True).update(superseded_on=at)
    kept = Address.objects.bulk_create(
        Address(
            person=person,
            lines=told.lines,
            postcode=told.postcode,
            current=told.current,
            confidential=told.confidential,
            changed_on=at,
        )
        for told in said.addresses
    )
    if kept:
        void_waiting(person=person, reason=ADDRESS_CHANGED, by=by, at=at)
    return kept


def _changed(person: Person, parts: list[str], before: Mapping[str, object], by: User, at: datetime) -> PersonChange:
    MatchKey.set_for(person.pk, fresh_keys([person.pk])[person.pk])
    kept = json.dumps(dict(before)) if before else ""
    return PersonChange.objects.create(person=person, parts=parts, before=kept, changed_at=at, changed_by=by)
