"""Local choices a partnership adopted, and its own copies of the documents."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Area, User
from alongside.audit.api import AppendOnly, Guarded, Privacy

PROCEDURE = Privacy(who="anyone signed in", kept="while the partnership exists", special=False, sealed=(), about="none")


class AdoptedChoice(Guarded):
    """A parameter of an area's pack that the partnership set, from a day, with its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    parameter = models.CharField(max_length=80)
    value = models.JSONField()
    reason = models.CharField(max_length=1000)
    in_force_from_on = models.DateField()
    in_force_until_on = models.DateField(null=True, blank=True)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = PROCEDURE

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=F("in_force_from_on")),
                name="adopted_choice_dates_in_order",
            ),
            models.UniqueConstraint(
                fields=["area", "parameter"],
                condition=Q(in_force_until_on__isnull=True),
                name="one_open_choice_per_parameter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} in {self.area_id}"


class DocumentCopy(Guarded):
    """The partnership's own copy of a procedure, as lines of text; citations are found in it by their hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=60)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    found = models.PositiveIntegerField(help_text="citations found at their place")
    moved = models.PositiveIntegerField(help_text="citations found elsewhere in the document")
    missing = models.PositiveIntegerField(help_text="citations not found: the policy lead's work")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = PROCEDURE

    class Meta:
        get_latest_by = "added_at"
        verbose_name_plural = "document copies"

    def __str__(self) -> str:
        return f"{self.code}, added {self.added_at:%Y-%m-%d}"


class KeptRules(AppendOnly):
    """Rules that decided some case, as the text whose SHA-256 is their hash (`policy.archive`): to decide it again years later."""

    hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField()
    kept_on = models.DateTimeField()

    privacy = PROCEDURE

    class Meta:
        verbose_name_plural = "kept rules"

    def __str__(self) -> str:
        return self.hash[:12]


class SentenceDecision(AppendOnly):
    """What the policy lead decided of a rule whose sentence an edition says otherwise, or no more.

    It holds for these words: `said` is the hash of the sentence as the copy has it, empty where the sentence went. A later edition
    with other words asks again. Another decision is another row; the latest stands.
    """

    STANDS, REWRITE, REOPENED = "stands", "rewrite", "reopened"
    VERDICTS = (
        (STANDS, "The rule still says what the sentence says"),
        (REWRITE, "The rule must be written anew"),
        (REOPENED, "To be looked at again"),
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    copy = models.ForeignKey(DocumentCopy, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=120)
    cited = models.CharField(max_length=64, help_text="hash of the sentence the rule cites")
    said = models.CharField(max_length=64, blank=True, help_text="hash of the sentence in its stead; empty: it went")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    reason = models.CharField(max_length=1000)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    privacy = PROCEDURE

    class Meta:
        get_latest_by = "decided_at"
        indexes = [models.Index(fields=["rule", "cited", "said"], name="sentence_decided_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["stands", "rewrite", "reopened"]), name="sentence_decision_is_one_of_three"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.get_verdict_display()}"
