"""Cases, who is in them and as what, and what happened when."""

import secrets
import uuid

from django.db import models
from django.db.models import Q

from alongside.agencies.models import Agency, Area, Team, User
from alongside.audit.api import Privacy
from alongside.gate.viewing import Gated
from alongside.people.models import Person
from alongside.policy import Places
from alongside.sealed.fields import SealedText

# No letter or digit that is read as another over a telephone (0/O, 1/I/L, 2/Z, 5/S, 8/B).
ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"


def new_reference() -> str:
    """A reference like AL-7Q4K-3F: says nothing about anybody, and can be read out."""
    pick = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"AL-{pick[:4]}-{pick[4:]}"


ROLES = [
    ("victim", "Victim"),
    ("person-causing-harm", "Person reported as causing harm"),
    ("child", "Child"),
    ("unborn-child", "Unborn child"),
    ("other", "Somebody else"),
]
CASE = Privacy(who="those with an open ground on the case", kept="as the case", special=True, sealed=(), about="person")


class Case(Gated):
    """`area` is where the child lives, else the victim, else where it was told.

    Police duties follow `incident_area`, MARAC `victim_area`; null, they are `area`. Each is shown and can be corrected.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    incident_area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="where it happened"
    )
    victim_area = models.ForeignKey(
        Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="where the victim lives"
    )
    local_authority = models.CharField(
        max_length=40, help_text="where the child, else the victim, lives; `other` outside the partnership"
    )
    opened_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recording_team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    occurred_on = models.DateTimeField(null=True, help_text="when the latest incident happened, where known")
    received_on = models.DateTimeField(help_text="when the latest notification was received")
    version = models.PositiveIntegerField(default=0, help_text="counts changes of facts; a stale answer is refused")

    gate_paths = (("case", "id"),)
    privacy = CASE

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.reference

    @property
    def places(self) -> Places:
        """The areas whose procedures decide it."""
        home = self.area_id
        return Places(home, self.incident_area_id or home, self.victim_area_id or home)


class CaseMember(Gated):
    """A person's part in a case, and what is known of them in it. Null is *not known* everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    ref = models.CharField(max_length=100, blank=True, help_text="how the notification called this person")
    pregnant = models.BooleanField(null=True)
    care_and_support_needs = models.BooleanField(null=True)
    lives_in_household = models.BooleanField(null=True)
    present = models.BooleanField(null=True)
    experienced_incident = models.BooleanField(null=True)
    harmed = models.BooleanField(null=True)
    spoken_to_alone = models.BooleanField(null=True)
    own_words = SealedText(blank=True, default="")
    whereabouts = SealedText(blank=True, default="")
    weapons_access = models.BooleanField(null=True)
    no_recourse_to_public_funds = models.BooleanField(null=True)
    orders_in_force = models.JSONField(default=list, blank=True)
    school_urn = models.CharField(max_length=20, blank=True)
    school_name = models.CharField(max_length=200, blank=True)
    home_educated = models.BooleanField(null=True)
    lives_in = models.CharField(max_length=40, blank=True, help_text="area code where this person lives, or `other`")

    gate_paths = (("case", "case_id"),)
    owned_by = ("person", "person_id")
    blanked = ("ref", "school_urn", "school_name", "lives_in")
    privacy = Privacy(
        who="those with an open ground on the case",
        kept="as the case",
        special=True,
        sealed=("own_words", "whereabouts"),
        about="person",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "person", "role"], name="one_part_once_per_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(role="victim"), name="one_victim_per_case"),
        ]

    def __str__(self) -> str:
        return f"{self.role} in {self.case_id}"


class CaseEvent(Gated):
    """One line of the timeline: what was done, by whom. Words live in `cases/pages.py` and the registered apps; `detail` holds codes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=200, help_text="a sentence without names, addresses or numbers")
    record_kind = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    happened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    privacy = CASE

    class Meta:
        ordering = ["-happened_at"]
        indexes = [models.Index(fields=["case", "-happened_at"], name="timeline")]

    def __str__(self) -> str:
        return self.what


PLACES = [
    ("home", "Where the child lives, else the victim"),
    ("incident", "Where it happened"),
    ("victim", "Where the victim lives"),
]


class AreaChange(Gated):
    """Somebody corrected which area's procedures apply to a case, for one of its places, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="area_changes")
    place = models.CharField(max_length=10, choices=PLACES, default="home")
    was = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    becomes = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "case_id"),)
    owned_by = ("case", "case_id")
    blanked = ("reason",)
    privacy = CASE

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return f"area of {self.case_id}: {self.was_id} to {self.becomes_id}"
