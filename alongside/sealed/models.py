"""The keys of what is sealed: one for each person, or record of nobody known yet, wrapped by a key that is not in the database."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from alongside.audit import guard
from alongside.audit.api import Guarded, Privacy


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a sealed value is: a kind (`person`, `notification`, ...) and an id. Its key is destroyed with it."""

    kind: str
    id: uuid.UUID


class DataKey(Guarded):
    """One key, wrapped: what is sealed for its owner opens with it and with nothing else.

    An owner may have several: two acts at once each make one. Empty `wrapped`: destroyed for good, and nothing is sealed for the owner again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner_kind = models.CharField(max_length=20)
    owner_id = models.UUIDField()
    wrapped = models.BinaryField()
    wrapped_with = models.CharField(max_length=8, blank=True, help_text="id of the key around it; empty: destroyed")
    destroyed_on = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(who="nobody", kept="as long as its subject", special=False, sealed=(), about="person")

    class Meta:
        indexes = [models.Index(fields=["owner_kind", "owner_id"], name="key_of_owner")]
        constraints = [
            models.CheckConstraint(
                name="a_destroyed_key_is_gone",
                condition=Q(destroyed_on__isnull=True, wrapped_with__gt="")
                | Q(destroyed_on__isnull=False, wrapped_with=""),
            )
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"

    @property
    def owner(self) -> Owner:
        return Owner(self.owner_kind, self.owner_id)

    @classmethod
    def keep(cls, rows: Iterable[DataKey]) -> None:
        """Add keys, inside the transaction that seals with them."""
        with guard.opened():
            cls.objects.bulk_create(rows)

    @classmethod
    def with_ids(cls, ids: Collection[uuid.UUID]) -> list[DataKey]:
        return list(cls.objects.filter(pk__in=ids))

    @classmethod
    def of(cls, owners: Collection[Owner]) -> list[DataKey]:
        """Every key of these owners, destroyed ones among them, newest last as far as anybody can tell."""
        wanted = Q(pk__in=[])
        for kind in {owner.kind for owner in owners}:
            wanted |= Q(owner_kind=kind, owner_id__in=[owner.id for owner in owners if owner.kind == kind])
        return list(cls.objects.filter(wanted))
