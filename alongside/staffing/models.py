"""Changes of who works here, each said by one person and decided by another."""

import uuid

from django.db import models
from django.db.models import F, Q

from alongside.agencies.codes import AGENCY_KINDS
from alongside.agencies.models import STAFF, Agency, Team, User
from alongside.agencies.roles import ROLES
from alongside.audit.api import Guarded

JOIN, LEAVE, RESET = "join", "leave", "reset"
KINDS = {JOIN: "Starts to work here", LEAVE: "Has left", RESET: "Sign-in set up anew"}


class StaffChange(Guarded):
    """`user` is nobody yet for somebody new, of whom address, name, role and team are said; it is set once they are confirmed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    state = models.CharField(max_length=20, default="proposed")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=40, choices=[(code, role.label) for code, role in ROLES.items()], blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Who they are in the directory of their agency, as it says itself; empty where they begin with words.
    subject = models.CharField(max_length=191, blank=True)
    reason = models.CharField(max_length=500)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_why = models.CharField(max_length=500, blank=True)

    privacy = STAFF

    class Meta:
        verbose_name = "change of who works here"
        constraints = [
            models.CheckConstraint(
                name="staff_change_takes_two",
                condition=Q(state="taken-back") | Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="staff_change_never_of_oneself",
                condition=Q(kind=JOIN)
                | (~Q(user=F("proposed_by")) & (Q(decided_by__isnull=True) | ~Q(user=F("decided_by")))),
            ),
            models.CheckConstraint(
                name="staff_change_decided_by_somebody",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_open_change_of_a_person", fields=["user"], condition=Q(state="proposed", user__isnull=False)
            ),
            models.UniqueConstraint(
                name="one_open_joiner_of_an_address", fields=["email"], condition=Q(state="proposed", kind=JOIN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.whose}"

    @property
    def whose(self) -> str:
        """The name of whom it is about."""
        return self.user.name if self.user else self.name

    @property
    def held_role(self) -> str:
        """The code of the role it is about."""
        return self.user.role if self.user else self.role


class NewAgency(Guarded):
    """An agency that joins: said by one person who rang it, decided by another who did too. The operator's file brings it in afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=20, default="proposed")
    code = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=list(AGENCY_KINDS.items()))
    rang = models.CharField(max_length=500)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_why = models.CharField(max_length=500, blank=True)

    privacy = STAFF

    class Meta:
        verbose_name = "agency that joins"
        constraints = [
            models.CheckConstraint(
                name="new_agency_takes_two",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="new_agency_decided_by_somebody",
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.UniqueConstraint(name="one_open_agency_of_a_code", fields=["code"], condition=Q(state="proposed")),
        ]

    def __str__(self) -> str:
        return self.name
