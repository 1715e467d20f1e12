"""Reaching somebody: when a way is safe, each try, each letter to be posted, and what waits for a colleague."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Team, User
from alongside.clock import ContactWindow
from alongside.gate.viewing import Gated
from alongside.people.contact.codes import ACTS, CLOSINGS, OUTCOMES, VERDICTS
from alongside.people.models.records import Address, Person, SafeContact, privacy
from alongside.sealed.fields import SealedText

DAYS = [(0, "Monday"), (1, "Tuesday"), (2, "Wednesday"), (3, "Thursday"), (4, "Friday"), (5, "Saturday"), (6, "Sunday")]


class SafeHours(Gated):
    """A way is safe from `opens` until `closes` on one weekday (Monday is 0), on a London clock.

    An end that is not after its beginning is on the next day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    way = models.ForeignKey(SafeContact, on_delete=models.CASCADE, related_name="safe_hours")
    weekday = models.PositiveSmallIntegerField(choices=DAYS)
    opens = models.TimeField()
    closes = models.TimeField()

    gate_paths = (("case", "way__person__memberships__case_id"),)
    privacy = privacy()

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "safe hours"
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="safe_hours_are_of_a_day_of_the_week"),
            models.CheckConstraint(condition=~Q(opens=F("closes")), name="safe_hours_do_not_end_as_they_begin"),
            models.UniqueConstraint(fields=["way", "weekday", "opens", "closes"], name="safe_hours_once"),
        ]

    def __str__(self) -> str:
        return f"safe hours of {self.way_id}"

    @property
    def window(self) -> ContactWindow:
        """As the clock reads it."""
        return ContactWindow(frozenset({self.weekday}), self.opens, self.closes)


class ContactTry(Gated):
    """Somebody was about to reach a person: what was answered, with the codes of the reasons, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_tries")
    act = models.CharField(max_length=30, choices=list(ACTS.items()))
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reasons = models.JSONField(default=list, blank=True, help_text="codes of why not")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=OUTCOMES)
    why = SealedText(blank=True, default="")
    note = SealedText(blank=True, default="")
    tried_at = models.DateTimeField(null=True, blank=True)
    tried_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = privacy("why", "note")

    class Meta:
        ordering = ["-asked_at"]
        verbose_name_plural = "contact tries"
        indexes = [models.Index(fields=["person", "-asked_at"], name="contact_try_of_person")]

    def __str__(self) -> str:
        return f"a try to reach {self.person_id}"


class PlannedLetter(Gated):
    """One letter to one person at one address of theirs, from planning to posting. What it says is kept nowhere here."""

    class State(models.TextChoices):
        TO_READ = "to-read", "waits for a second reader"
        READ = "read", "read by a second person"
        POSTED = "posted", "posted"
        VOID = "void", "not posted: something changed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="planned_letters")
    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_READ)
    problem = models.CharField(max_length=60, blank=True, help_text="code of why it is not posted")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField(null=True, blank=True)
    posted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    privacy = privacy()

    class Meta:
        ordering = ["-planned_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_by__isnull=True) | ~Q(read_by=F("planned_by")),
                name="a_letter_is_read_by_somebody_else",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=("to-read", "read")), name="one_letter_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"a letter to {self.person_id}, {self.get_state_display()}"


class ContactTask(Gated):
    """What could not be shown to be safe, for a named team: a colleague decides, and says how it ended."""

    class State(models.TextChoices):
        OPEN = "open", "open"
        DONE = "done", "done"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_tasks")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=30, choices=list(ACTS.items()))
    reasons = models.JSONField(default=list, help_text="codes of why it could not be shown to be safe")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    since_on = models.DateTimeField()
    closing = models.CharField(max_length=20, blank=True, choices=CLOSINGS)
    why = SealedText(blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = privacy("why")

    class Meta:
        ordering = ["since_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team", "act"], condition=Q(state="open"), name="one_open_contact_task"
            )
        ]

    def __str__(self) -> str:
        return f"how to reach {self.person_id}, {self.get_state_display()}"
