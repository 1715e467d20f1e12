"""A small table with a sealed field, outside the registry of real models."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from alongside.sealed.fields import SealedText

with isolate_apps("alongside.sealed"):

    class Note(models.Model):
        """A note with a sealed text and another that may be missing, and a key of its own."""

        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        text = SealedText(blank=True, default="")
        extra = SealedText(null=True)
        plain = models.CharField(max_length=10, default="p")

        owned_by = ("note", "id")

        class Meta:
            app_label = "sealed"
            db_table = "sealed_test_note"


@pytest.fixture(autouse=True)
def _note_table(db: None) -> None:
    columns = ", ".join(
        f"{field.column} {field.db_type(connection)}{' PRIMARY KEY' if field.primary_key else ''}"
        for field in Note._meta.local_fields
    )
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE sealed_test_note ({columns})")


def stored(column: str = "text") -> list[bytes]:
    """What the database holds, as an intruder with a copy of it sees."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sealed_test_note ORDER BY id")  # noqa: S608
        return [bytes(row[0]) for row in cursor.fetchall()]
