"""Observed facts, evaluations, tasks and their duties, bars, open questions."""

import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Privacy
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.policy import Places
from alongside.procedures.pages import due_words
from alongside.procedures.queries import library

CASE = Privacy(
    who="those with an open ground on the case, or on the task",
    kept="as the case",
    special=True,
    sealed=(),
    about="person",
)


class ObservedFact(Gated):
    """A fact somebody stated that no other record holds: an answer to a question, a judgement, the `facts` of a notification.

    `value` is JSON as the contract writes it (null, true, a word, {"min","max"}, {"not_applicable": true}).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="observed_facts")
    name = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    about = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(
        max_length=20,
        choices=[
            ("notified", "said in the notification"),
            ("answered", "answered"),
            ("judged", "judged"),
            ("not-safe", "not safe to ask"),
        ],
    )
    said_by = models.CharField(max_length=120, help_text="role or agency that said so; never a name of the public")
    reason = models.CharField(max_length=1000, blank=True)
    true_since_on = models.DateTimeField(null=True, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("said_by", "reason")
    privacy = CASE

    class Meta:
        indexes = [models.Index(fields=["case", "name"], name="fact_of_case")]

    def __str__(self) -> str:
        return f"{self.name} in {self.case_id}"


class Evaluation(Gated):
    """What was known and what followed, at one instant: enough to decide again and get the same answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="evaluations")
    version = models.PositiveIntegerField(
        default=0, help_text="version of the case; tells two evaluations of one instant apart"
    )
    evaluated_at = models.DateTimeField()
    evaluated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=40)
    incident_area = models.CharField(max_length=40, blank=True)
    victim_area = models.CharField(max_length=40, blank=True)
    in_force_on = models.DateField()
    packs = models.JSONField()
    pack_hash = models.CharField(max_length=64)
    settings = models.JSONField(default=dict)
    facts = models.JSONField(
        help_text="list of {name, about, value, said_by, manner, record, since, disputed, standing, agency}"
    )
    said = models.JSONField(
        null=True, help_text="the same of every statement behind a fact that has several; null: not kept then"
    )
    people = models.JSONField(null=True, help_text="dimension (child, pair): ids of its people; null: not kept then")
    outcomes = models.JSONField(help_text="rule id: [outcome, [about…]]")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("facts", "said")
    privacy = CASE

    class Meta:
        # By version, not by the clock: one that was put right must not bring an older decision back.
        get_latest_by = ("version", "evaluated_at")
        indexes = [models.Index(fields=["case", "-version", "-evaluated_at"], name="evaluation_of_case")]

    @property
    def places(self) -> Places:
        """The areas it was decided by."""
        return Places(self.area, self.incident_area or self.area, self.victim_area or self.area)

    def __str__(self) -> str:
        return f"evaluation of {self.case_id}"


class Task(Gated):
    """What a team has to do in a case: every open duty of one act. Open while one of its duties is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    act = models.CharField(max_length=80)
    owner_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    state = models.CharField(max_length=20, default="open", choices=[("open", "open"), ("closed", "closed")])
    due_on = models.DateTimeField(null=True, blank=True)
    immediate = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spoken_at = models.DateTimeField(null=True, blank=True)
    spoken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    spoken_to = models.CharField(max_length=200, blank=True)
    closed_on = models.DateTimeField(null=True, blank=True)

    gate_paths = (("case", "case_id"), ("task", "id"))
    owned_by = ("case", "case_id")
    blanked = ("spoken_to",)
    privacy = CASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "act", "owner_team"], condition=Q(state="open"), name="one_open_task_per_act_and_team"
            ),
        ]
        indexes = [models.Index(fields=["owner_team", "state"], name="queue_of_team")]

    def __str__(self) -> str:
        return f"{self.act} in {self.case_id}"


class Duty(Gated):
    """One rule firing once for one case (and child, or person causing harm). Never silently withdrawn.

    `owner_team` null: nobody does this in the area; the partnership's administrator sees it at once. `meant_for` is the team that
    must act once somebody has sent it the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="duties")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="duties")
    told_in = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the task in which its team reads it; none while it hangs on what the team was not sent",
    )
    rule = models.CharField(max_length=120)
    act = models.CharField(max_length=80)
    about = models.JSONField(default=list, help_text="ids of the people it is about, sorted")
    about_key = models.CharField(
        max_length=400, blank=True, help_text="the same, as one string the database can hold unique"
    )
    owner_team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    for_agency = models.CharField(
        max_length=80, blank=True, help_text="code of the agency, where a rule asks every agency for itself"
    )
    meant_for = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20,
        default="open",
        choices=[("open", "open"), ("done", "done"), ("decided-otherwise", "decided otherwise"), ("lapsed", "lapsed")],
    )
    due_on = models.DateTimeField(null=True, blank=True)
    due_text = models.CharField(max_length=200)
    fired_at = models.DateTimeField()
    fired_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    evidence_kind = models.CharField(max_length=80, blank=True)
    evidence_id = models.UUIDField(null=True, blank=True)
    ended_on = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=1000, blank=True)

    gate_paths = (("case", "case_id"), ("task", "told_in_id"))
    owned_by = ("case", "case_id")
    blanked = ("ended_why",)
    privacy = CASE

    @property
    def due_words(self) -> str:
        """By when, for a screen: `due_text` with no fact's code in it."""
        return due_words(self.due_text, library())

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule", "about_key", "for_agency"],
                condition=Q(state="open"),
                name="a_rule_is_owed_once",
            ),
        ]
        indexes = [models.Index(fields=["case", "state"], name="duties_of_case")]

    def __str__(self) -> str:
        return f"{self.rule} in {self.case_id}"


class Bar(Gated):
    """An act forbidden in this case now, or that cannot be told yet: either way it is stopped, with its citation or its question."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bars")
    rule = models.CharField(max_length=120)
    act = models.CharField(max_length=80)
    about = models.JSONField(default=list)
    outcome = models.CharField(max_length=20, choices=[("fires", "forbidden"), ("cannot-decide", "cannot tell yet")])
    ask = models.JSONField(default=list)
    since_on = models.DateTimeField()
    lifted_on = models.DateTimeField(null=True, blank=True)

    gate_paths = (("case", "case_id"),)
    privacy = CASE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule"], condition=Q(lifted_on__isnull=True), name="one_standing_bar_per_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} in {self.case_id}"


class Question(Gated):
    """A fact not known that would decide something. Answered once; two answers at a time show each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="questions")
    fact = models.CharField(max_length=80)
    about = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    rules = models.JSONField(default=list)
    weight = models.FloatField(
        default=0, help_text="over its rules, severity times what an answer is expected to settle"
    )
    state = models.CharField(
        max_length=20,
        default="open",
        choices=[("open", "open"), ("answered", "answered"), ("no-longer-asked", "no longer asked")],
    )
    asked_on = models.DateTimeField()
    answer = models.ForeignKey(ObservedFact, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateTimeField(null=True, blank=True)

    gate_paths = (("case", "case_id"),)
    privacy = CASE

    class Meta:
        ordering = ["-weight", "fact"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "fact", "about"],
                condition=Q(state="open", about__isnull=False),
                name="a_question_stands_once",
            ),
            models.UniqueConstraint(
                fields=["case", "fact"],
                condition=Q(state="open", about__isnull=True),
                name="a_case_question_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} in {self.case_id}"
