"""Assessments with their answers, judgements, and reviews of a police log."""

import uuid

from django.db import models

from alongside.agencies.models import Agency, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.risk.instruments import ANSWERS

CASE = Privacy(who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person")
GRADES = [("standard", "standard"), ("medium", "medium"), ("high", "high")]


class Assessment(Gated):
    """One filling-in of an instrument. A later one is a new row; both stand, and answers that differ are disputed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="assessments")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="whose risk it is about"
    )
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=40, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    completed_by_words = models.CharField(max_length=120, blank=True, help_text="as the notification says: a role")
    completed_on = models.DateTimeField(null=True, blank=True)
    grade = models.CharField(max_length=10, blank=True, choices=GRADES)
    serious_concern = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("assessment", "id")
    blanked = ("completed_by_words", "reason")
    privacy = CASE

    class Meta:
        ordering = ["-recorded_at"]

    def __str__(self) -> str:
        return f"{self.instrument} in {self.case_id}"


class Answer(Gated):
    """One topic's answer: six are possible, only yes and no settle it. A topic without a row was not asked."""

    id = models.BigAutoField(primary_key=True)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    topic = models.CharField(max_length=60)
    answer = models.CharField(max_length=20, choices=list(ANSWERS.items()))
    source = models.CharField(max_length=60, blank=True, help_text="who said so, when not the victim")
    note = models.CharField(max_length=500, blank=True)

    gate_paths = (("case", "assessment__case_id"),)
    owned_by = ("assessment", "assessment_id")
    blanked = ("source", "note")
    privacy = CASE

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "topic"], name="a_topic_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.answer}"


class Judgement(Gated):
    """A professional's own judgement that risk is higher than an instrument says, with its reason. It can never lower."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risk_judgements")
    what = models.CharField(
        max_length=40,
        choices=[("serious-concern", "serious concern about the victim"), ("high-risk", "assessed at high risk")],
    )
    reason = models.TextField()
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("reason",)
    privacy = CASE

    def __str__(self) -> str:
        return f"{self.what} in {self.case_id}"


class Review(Gated):
    """A supervisor's, or the MASH's, review of a police log."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risk_reviews")
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="reviews")
    place = models.CharField(max_length=20, choices=[("supervisor", "the supervisor"), ("mash", "the MASH")])
    agreed = models.BooleanField(help_text="the reviewer agrees with the grade")
    grade = models.CharField(
        max_length=10, blank=True, choices=GRADES, help_text="the reviewer's grade, where they raise it"
    )
    safeguarding_concern = models.BooleanField(null=True)
    note = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("assessment", "assessment_id")
    blanked = ("note",)
    privacy = CASE

    def __str__(self) -> str:
        return f"review of {self.assessment_id}"
