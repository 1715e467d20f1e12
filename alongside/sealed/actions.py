"""Changing the key around all others, giving values the key of their owner, and destroying the keys of who is erased."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import Model

from alongside.audit.api import Actor, action, record
from alongside.sealed import envelope, keys
from alongside.sealed.fields import SealedText, owner_of
from alongside.sealed.models import DataKey, Owner
from alongside.sealed.value import Ciphertext, Sealed

BATCH = 500
KEYS_AT_ONCE = 2000
DATA_KEYS = "keys"  # how the data keys are named among the fields that `rotate` goes through


def sealed_fields() -> Iterator[tuple[type[Model], SealedText]]:
    """Every sealed field of every model, with the model that holds its column."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedText):
                yield model, field


@action("sealed.keys_wrapped")
def wrap_batch(*, after: UUID | None, by: Actor, at: datetime) -> tuple[UUID | None, int]:
    """Wrap one batch of data keys again with the newest key, in order of id from behind `after`.

    Returns the last id seen (None at the end) and how many were wrapped. What they sealed stays as it is.
    """
    newest = keys.key_id(keys.given()[0]).hex()
    rows = DataKey.objects.exclude(wrapped_with__in=(newest, "")).order_by("pk").select_for_update()
    page = list((rows.filter(pk__gt=after) if after else rows)[:KEYS_AT_ONCE])
    for row in page:
        envelope.wrapped(envelope.unwrapped(row), row)
    _write(page)
    record(("sealed.datakey", ""), by=by, at=at, key=newest, rows=len(page))
    return (page[-1].pk if len(page) == KEYS_AT_ONCE else None), len(page)


def _write(rows: list[DataKey]) -> None:
    """Many rows by one prepared statement: through the models 100,000 took most of a minute."""
    columns = {one.name: one for one in DataKey._meta.concrete_fields}
    values = [
        tuple(
            columns[name].get_db_prep_save(getattr(row, name), connection) for name in ("wrapped", "wrapped_with", "id")
        )
        for row in rows
    ]
    with connection.cursor() as cursor:
        # A key that was destroyed meanwhile stays destroyed.
        cursor.executemany(
            "UPDATE sealed_datakey SET wrapped = %s, wrapped_with = %s WHERE id = %s AND destroyed_on IS NULL", values
        )


@action("sealed.keys_rotated")
def rotate_batch(*, model: type[Model], field: SealedText, after: str, by: Actor, at: datetime) -> tuple[str, int]:
    """Seal one batch of rows again with the key of their owner, in order of id from behind `after` ("" to begin).

    Where a model names no owner: with the newest sealing key. Returns the last id seen ("" at the end) and how many were
    sealed again. Rows that are as they should be are left alone, so an interrupted run is begun again without harm.
    """
    newest, _ = keys.newest()
    said = getattr(model, "owned_by", None)
    rows = model._base_manager.select_for_update().order_by("pk")
    rows = rows.only("pk", field.attname, *([said[1]] if said else []))
    page = list((rows.filter(pk__gt=after) if after else rows)[:BATCH])
    old = [row for row in page if _is_old(row.__dict__[field.attname], newest, owned=bool(said))]
    envelope.look_up([owner for row in old if (owner := owner_of(row))])
    done = 0
    for row in old:
        again = Sealed(getattr(row, field.attname).open()).stored_for(field.home(row))
        done += model._base_manager.filter(pk=row.pk).update(**{field.attname: again})
    record(("sealed.field", f"{model._meta.label_lower}.{field.name}"), by=by, at=at, key=newest.hex(), rows=done)
    return (str(page[-1].pk) if len(page) == BATCH else ""), done


def _is_old(value: object, newest: bytes, *, owned: bool) -> bool:
    if not isinstance(value, Ciphertext) or not value or value.is_owned:
        return False
    return owned or value.key_id != newest


def rotate(*, by: Actor, at: datetime) -> Iterator[tuple[str, int]]:
    """Everything, a batch for each transaction; yields what was gone through and how many were sealed or wrapped again."""
    last: UUID | None = None
    while True:
        last, done = wrap_batch(after=last, by=by, at=at)
        yield DATA_KEYS, done
        if last is None:
            break
    for model, field in sealed_fields():
        after = ""
        while True:
            after, done = rotate_batch(model=model, field=field, after=after, by=by, at=at)
            yield f"{model._meta.label_lower}.{field.name}", done
            if not after:
                break


@action("sealed.keys_destroyed")
def destroy(*, owners: Collection[Owner], by: Actor, at: datetime) -> int:
    """Destroy every key of these owners, for good; nothing is sealed for them again. How many keys there were.

    An owner that had none gets a row all the same: it says that they were erased.
    """
    held = DataKey.objects.filter(pk__in=[row.pk for row in DataKey.of(owners)])
    there = {row.owner for row in held}
    gone = held.filter(destroyed_on__isnull=True).update(wrapped=b"", wrapped_with="", destroyed_on=at)
    DataKey.keep(
        DataKey(owner_kind=owner.kind, owner_id=owner.id, wrapped=b"", destroyed_on=at)
        for owner in owners
        if owner not in there
    )
    envelope.forgotten()
    record(("sealed.datakey", ""), by=by, at=at, keys=gone, owners=len(owners))
    return gone


def waiting() -> dict[str, int]:
    """How many values and data keys each older (or missing) key still holds, by key id in hexadecimal.

    Values sealed with the newest key itself, and not with the key of an owner they have, wait too.
    """
    newest, _ = keys.newest()
    found: dict[str, int] = {}
    for key in DataKey.objects.exclude(wrapped_with__in=(newest.hex(), "")).values_list("wrapped_with", flat=True):
        found[key] = found.get(key, 0) + 1
    for model, field in sealed_fields():
        owned = hasattr(model, "owned_by")
        values = model._base_manager.values_list(field.attname, flat=True)
        for value in values.iterator(chunk_size=2000):
            if _is_old(value, newest, owned=owned):
                found[value.key_id.hex()] = found.get(value.key_id.hex(), 0) + 1
    return found
