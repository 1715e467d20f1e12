"""Where an agency keeps its records, and what it was asked."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import AppendOnly, Guarded, Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated

KEPT = {
    "here": "In Alongside: looked in at once",
    "remote": "In its own system, which answers through an agent",
    "elsewhere": "In its own system, which nothing asks yet: ring the team",
}
ANSWERS = {"held": "held", "not-held": "not held", "cannot-tell": "cannot tell"}
WHY = {
    "": "",
    "failed": "The look-up failed.",
    "waiting": "Asked; no answer yet.",
    "no-answer": "No answer came in time.",
    "ended": "Its system is asked no more. Ring the team.",
    "not-connected": "Its records are not connected.",
    "too-many": "Too many share what is known.",
    "alike": "Somebody alike is on record, and it is not sure enough.",
    "nothing-known": "Too little is known to look anybody up.",
    "like": "Its system cannot tell: somebody like this may be on record. Ring the team.",
}
# What a person has to follow up: the task stays until somebody did, or an answer came.
FAILED = frozenset({"failed", "waiting", "no-answer", "ended"})
PURPOSES = {
    "notification": "to protect the people of a notification of domestic abuse",
    "again": "asked again, to protect the people of a case of domestic abuse",
}


SOURCE = Privacy(who="anyone signed in", kept="while the partnership exists", special=False, sealed=(), about="none")


class ConsultSource(Guarded):
    """Where one agency keeps its records, and the team that answers for them. No row: nothing asks it yet."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, primary_key=True, related_name="consult_source")
    kept = models.CharField(max_length=10, choices=list(KEPT.items()))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    declared_on = models.DateTimeField()

    privacy = SOURCE

    def __str__(self) -> str:
        return f"records of {self.agency_id}: {self.kept}"


class SourceChange(AppendOnly):
    """What was said once of where an agency keeps its records, by whom and why; an empty `kept` took back what was said before.

    `declared_by` is empty where the operator said it on the command line.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="source_changes")
    kept = models.CharField(max_length=10, blank=True, choices=list(KEPT.items()))
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    privacy = SOURCE

    class Meta:
        get_latest_by = "declared_at"
        indexes = [models.Index(fields=["agency", "-declared_at"], name="sources_of_agency")]

    def __str__(self) -> str:
        return f"records of {self.agency_id}: {self.kept or 'taken back'}"


class Consult(Gated):
    """One agency was asked once about people of a case: by whom, what for, when, and what it answered.

    `about` and `held_about` are ids of the people asked about; `found` pairs of those with the agency's own records, which its
    own log shows it and nobody else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consults")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purpose = models.CharField(max_length=20, choices=list(PURPOSES.items()))
    about = models.JSONField(default=list)
    answer = models.CharField(max_length=12, choices=list(ANSWERS.items()))
    why = models.CharField(max_length=20, blank=True, choices=list(WHY.items()))
    held_about = models.JSONField(default=list)
    found = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateTimeField(null=True)

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("found",)
    privacy = Privacy(
        who="those with an open ground on the case; who holds a record, cleared roles alone; the agency asked, its own log",
        kept="as the case",
        special=True,
        sealed=(),
        about="person",
    )

    class Meta:
        indexes = [
            models.Index(fields=["case", "-asked_at"], name="consults_of_case"),
            models.Index(fields=["agency", "-asked_at"], name="consults_of_agency"),
        ]
        constraints = [
            models.CheckConstraint(name="only_cannot_tell_says_why", condition=Q(answer="cannot-tell") | Q(why="")),
            models.CheckConstraint(name="answered_unless_waiting", condition=Q(answered_on__isnull=False) | ~Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} asked about {self.case_id}: {self.answer}"
