"""Changing the key: seal again what older keys sealed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db.models import Model

from alongside.audit.api import Actor, action, record
from alongside.sealed import keys
from alongside.sealed.fields import SealedText
from alongside.sealed.value import Ciphertext, Sealed

BATCH = 500


def sealed_fields() -> Iterator[tuple[type[Model], SealedText]]:
    """Every sealed field of every model, with the model that holds its column."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedText):
                yield model, field


@action("sealed.keys_rotated")
def rotate_batch(*, model: type[Model], field: SealedText, after: str, by: Actor, at: datetime) -> tuple[str, int]:
    """Seal one batch of rows again with the newest key, in order of id from behind `after` ("" to begin).

    Returns the last id seen ("" at the end) and how many were sealed again. Rows of the newest key are left alone, so
    an interrupted rotation is begun again without harm.
    """
    newest, _ = keys.newest()
    rows = model._base_manager.select_for_update().only("pk", field.attname).order_by("pk")
    page = list((rows.filter(pk__gt=after) if after else rows)[:BATCH])
    done = 0
    for row in page:
        value = row.__dict__[field.attname]
        if value and value.key_id != newest:
            again = Sealed(getattr(row, field.attname).open()).stored_for(field.place(row))
            done += model._base_manager.filter(pk=row.pk).update(**{field.attname: again})
    record(("sealed.field", f"{model._meta.label_lower}.{field.name}"), by=by, at=at, key=newest.hex(), rows=done)
    return (str(page[-1].pk) if len(page) == BATCH else ""), done


def rotate(*, by: Actor, at: datetime) -> Iterator[tuple[str, int]]:
    """Rotate everything, a batch for each transaction; yields the field's name and how many rows were sealed again."""
    for model, field in sealed_fields():
        after = ""
        while True:
            after, done = rotate_batch(model=model, field=field, after=after, by=by, at=at)
            yield f"{model._meta.label_lower}.{field.name}", done
            if not after:
                break


def waiting() -> dict[str, int]:
    """How many values each older (or missing) key still holds, by key id in hexadecimal."""
    newest, _ = keys.newest()
    found: dict[str, int] = {}
    for model, field in sealed_fields():
        values = model._base_manager.values_list(field.attname, flat=True)
        for value in values.iterator(chunk_size=2000):
            if isinstance(value, Ciphertext) and value and value.key_id != newest:
                found[value.key_id.hex()] = found.get(value.key_id.hex(), 0) + 1
    return found
