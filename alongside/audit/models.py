"""The rows of the audit: events, the head of each chain, and changes of state. No foreign keys, nothing deleted."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from alongside.audit.guard import AppendOnly, Guarded
from alongside.audit.privacy import Privacy


class Event(AppendOnly):
    """One act or one look, bound by its mac to everything its agency did before."""

    class Kind(models.TextChoices):
        ACT = "act", "Done"
        READ = "read", "Read"

    chain = models.CharField(max_length=64)
    seq = models.PositiveBigIntegerField()
    happened_on = models.DateTimeField()
    kind = models.CharField(max_length=4, choices=Kind.choices)
    name = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=100)
    # One id, or for a page that shows many records all their ids with a space between.
    subject_ids = models.TextField()
    # Canonical JSON as text: byte for byte what the mac was made over, on every database.
    detail = models.TextField(default="{}")
    mac = models.CharField(max_length=64)

    privacy = Privacy(
        who="auditors and information governance leads of the agency whose chain it is",
        kept="as long as any record it is about, then six years",
        about="staff",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("chain", "seq"), name="audit_event_once")]
        indexes = [
            models.Index(fields=("subject_kind", "happened_on"), name="audit_event_subject"),
            models.Index(fields=("actor", "happened_on"), name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.seq} {self.name}"

    @property
    def details(self) -> dict[str, Any]:
        """The codes and ids recorded with the event."""
        found: dict[str, Any] = json.loads(self.detail)
        return found


class ChainHead(Guarded):
    """Where a chain ends: the row that is locked while events are added."""

    chain = models.CharField(max_length=64, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    mac = models.CharField(max_length=64, default="", blank=True)
    # Mac over chain, seq and mac, so that a head cannot be wound back with the events it leaves behind.
    seal = models.CharField(max_length=64, default="", blank=True)

    privacy = Privacy(who="auditors", kept="as long as the chain")

    def __str__(self) -> str:
        return f"{self.chain} ends at {self.seq}"


class StateChange(AppendOnly):
    """One step of one record through its workflow: who, when, from, to, why."""

    subject_kind = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=64)
    field = models.CharField(max_length=50, default="state")
    from_state = models.CharField(max_length=50, blank=True)
    to_state = models.CharField(max_length=50)
    moved_by = models.CharField(max_length=100)
    moved_at = models.DateTimeField()
    why = models.TextField(blank=True)

    privacy = Privacy(
        who="whoever may see the record that moved",
        kept="as long as the record that moved",
        special=True,
        about="case",
    )

    class Meta:
        indexes = [models.Index(fields=("subject_kind", "subject_id", "id"), name="audit_statechange_subject")]
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.from_state or 'new'} to {self.to_state}"
