"""Persons and what belongs to them. Every row is reached through a case the viewer may see (`gate_paths`)."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.models import Agency, User
from alongside.audit.api import WHOLE, Privacy
from alongside.gate.viewing import Gated
from alongside.people.contact.codes import WHEN, WHO_MAY_ANSWER
from alongside.people.doors import DoorField
from alongside.sealed.fields import SealedText

SEXES = [("female", "Female"), ("male", "Male"), ("other", "Other")]
RELATIONSHIPS = [
    ("partner", "partner of"),
    ("ex-partner", "former partner of"),
    ("spouse", "married to, or civil partner of"),
    ("ex-spouse", "formerly married to, or civil partner of"),
    ("parent-of", "parent of"),
    ("child-of", "child of"),
    ("sibling", "brother or sister of"),
    ("other-family", "other family of"),
    ("carer", "carer of"),
    ("none", "no relation of"),
]
CHANNELS = [
    ("phone", "telephone"),
    ("text", "text message"),
    ("email", "email"),
    ("letter", "letter"),
    ("in-person", "in person"),
    ("through-professional", "through another professional"),
    ("none", "no contact is safe"),
]


NOT_NAMED = "somebody not named yet"
ERASED = "a person who was erased"


def privacy(*sealed: str) -> Privacy:
    """The rule of this app: the same for every row about a person."""
    return Privacy(
        who="those with an open ground on a case of the person",
        kept="as the case",
        special=True,
        sealed=sealed,
        about="person",
    )


class Person(Gated):
    """One agency's record of one human being. `date_of_birth` is YYYY, YYYY-MM or YYYY-MM-DD, or empty when not known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    date_of_birth = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=10, blank=True, choices=SEXES)
    ethnicity = models.CharField(max_length=100, blank=True)
    first_language = models.CharField(max_length=100, blank=True)
    interpreter_needed = models.BooleanField(null=True)
    nhs_number = SealedText(blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    erased_on = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="when this was emptied and its key destroyed: of nobody now"
    )

    gate_paths = (("case", "memberships__case_id"),)
    owned_by = ("person", "id")
    blanked = ("given_name", "family_name", "date_of_birth", "sex", "ethnicity", "first_language", "interpreter_needed")
    privacy = privacy("nhs_number")

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def full_name(self) -> str:
        """The name as given, or the words for none."""
        if self.erased_on is not None:
            return ERASED
        return " ".join(part for part in (self.given_name, self.family_name) if part) or "name not known"

    @property
    def initials(self) -> str:
        """For places where people pass behind a screen."""
        if self.erased_on is not None:
            return ERASED
        return "".join(f"{part[0]}." for part in (self.given_name, self.family_name) if part) or NOT_NAMED


class OtherName(Gated):
    """Another name a person is or was known by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=300)

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    blanked = WHOLE
    privacy = privacy()

    def __str__(self) -> str:
        return f"another name of {self.person_id}"


class Address(Gated):
    """Where a person lives or lived. Sealed: shown on request, never searched, logged or mailed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    # Stands before what it is made of, which is still open when it is written.
    door = DoorField()
    lines = SealedText(blank=True, default="")
    postcode = SealedText(blank=True, default="")
    current = models.BooleanField(null=True)
    confidential = models.BooleanField(null=True)
    changed_on = models.DateTimeField(
        null=True, help_text="when it was recorded, or said to be confidential; empty: as the person"
    )
    superseded_on = models.DateTimeField(
        null=True, help_text="when a later address took its place: nothing is posted to it"
    )

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    blanked = ("door",)
    privacy = privacy("lines", "postcode")

    class Meta:
        verbose_name_plural = "addresses"
        indexes = [models.Index(fields=["door"], name="address_by_door")]

    def __str__(self) -> str:
        return f"an address of {self.person_id}"


class ContactPoint(Gated):
    """A telephone number or e-mail address somebody gave. Knowing it never means it is safe to use: see `SafeContact`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=[("phone", "telephone"), ("email", "email")])
    value = SealedText()

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    privacy = privacy("value")

    def __str__(self) -> str:
        return f"a {self.kind} of {self.person_id}"


class SafeContact(Gated):
    """How a person may be reached, as last confirmed: one row for each time somebody said so, and the latest of a channel stands.

    Null and empty are *not known*: then nothing is sent that way. `when` says whether `SafeHours` hold; `hours` are words, for a colleague.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="safe_contacts")
    channel = models.CharField(max_length=30, choices=CHANNELS)
    value = SealedText(blank=True, default="")
    safe = models.BooleanField(null=True)
    monitored = models.BooleanField(null=True)
    shared = models.BooleanField(null=True, help_text="whether the telephone, computer or letter box is shared")
    when = models.CharField(max_length=10, blank=True, choices=WHEN)
    hours = models.CharField(max_length=200, blank=True)
    answered_by = models.CharField(max_length=10, blank=True, choices=WHO_MAY_ANSWER)
    who_may_answer = models.CharField(max_length=200, blank=True)
    may_leave = models.BooleanField(null=True, help_text="whether a message, or anything printed, may be left")
    code_word = SealedText(blank=True, default="")
    say_to_others = SealedText(blank=True, default="")
    note = SealedText(blank=True, default="")
    goes_to = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="where a letter goes"
    )
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    blanked = ("hours", "who_may_answer")
    privacy = privacy("value", "code_word", "say_to_others", "note")

    def __str__(self) -> str:
        return f"safe contact of {self.person_id} by {self.channel}"


class Relationship(Gated):
    """`person` is `kind` `other`, as one agency recorded it. An empty kind is *not known*."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relationships_from_others")
    kind = models.CharField(max_length=20, blank=True, choices=RELATIONSHIPS)

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id", "other_id")
    blanked = WHOLE
    privacy = privacy()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(person=F("other")), name="nobody_is_related_to_themselves")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind or 'relation not known'} {self.other_id}"


class Household(Gated):
    """People who live together, as one agency recorded it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recorded_by_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    people = models.ManyToManyField(Person, related_name="households", through="HouseholdMember")

    gate_paths = (("case", "members__person__memberships__case_id"),)
    privacy = privacy()

    def __str__(self) -> str:
        return f"household {self.pk}"


class HouseholdMember(Gated):
    """One person of a household. `lives_there` null is *not known*, never *no*."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="household_memberships")
    lives_there = models.BooleanField(null=True)

    gate_paths = (("case", "person__memberships__case_id"),)
    owned_by = ("person", "person_id")
    blanked = WHOLE
    privacy = privacy()

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
