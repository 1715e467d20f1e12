"""Areas, agencies, teams, what teams do where, and people who sign in."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac

from alongside.agencies.codes import AGENCY_KINDS, TEAM_ROLES
from alongside.agencies.roles import NEEDS_ALL, ROLES, Role
from alongside.audit.api import Guarded, Privacy

STAFF = Privacy(who="anyone signed in", kept="while the partnership exists", special=False, sealed=(), about="staff")


class Area(models.Model):
    """One of the council areas a procedure can apply to; `code` is the value of the fact `local_authority`."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=80)
    police = models.CharField(max_length=60, help_text="code of the police agency of this area")

    privacy = Privacy(who="anyone", kept="while the partnership exists", special=False, sealed=(), about="none")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """An employer in the partnership: a police force, a council department, a charity."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=list(AGENCY_KINDS.items()))
    areas = models.ManyToManyField(Area, related_name="agencies")

    privacy = Privacy(
        who="anyone signed in", kept="while the partnership exists", special=False, sealed=(), about="none"
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A desk of an agency. `deputy` is alerted when something immediate is not opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    out_of_hours_phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    deputy = models.ForeignKey(
        "agencies.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="deputises_for"
    )

    privacy = STAFF

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TeamRole(models.Model):
    """What a team does in an area; the lowest `position` is asked first."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=40, choices=list(TEAM_ROLES.items()))
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="team_roles")
    position = models.PositiveSmallIntegerField(default=0)

    privacy = STAFF

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "role", "area"], name="one_role_once_per_team_and_area")]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.team}: {self.get_role_display()} in {self.area_id}"


class UserManager(BaseUserManager["User"]):
    """Makes people who sign in; there is no self sign-up. Each comes with the agency, which every act and read is recorded for."""

    def get_queryset(self) -> "models.QuerySet[User]":
        return super().get_queryset().select_related("agency")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        raise ValueError("Alongside has no superuser: every person has a role with listed permissions.")


class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff of one agency, with one role. A connected system is a user with `service` as its role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=40, choices=[(code, role.label) for code, role in ROLES.items()])
    teams: "models.ManyToManyField[Team, Any]" = models.ManyToManyField(
        Team, through="Membership", related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # asked for by Django; no admin site is served
    # The last of the days in which a first passkey can be set up and the codes of an app stand in for it; None: none is open.
    set_up_until_on = models.DateField(null=True, blank=True)
    # Raised to end every session of the person at once, wherever it is open.
    sessions_ended = models.PositiveIntegerField(default=0)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    privacy = STAFF

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def role_held(self) -> Role:
        """The role with its words and permissions."""
        return ROLES[self.role]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is held against at every request: besides the password also where somebody works and as what, so that a
        change of any of them, by whatever way it came, ends all sessions."""
        said = f"{self.password}\n{self.agency_id}\n{self.role}\n{self.sessions_ended}"
        return salted_hmac("alongside.agencies.User.session", said, secret=secret, algorithm="sha256").hexdigest()

    def may(self, permission: str) -> bool:
        """Whether the role, today, holds a permission code of `roles.PERMISSIONS`."""
        return self.is_active and permission in self.role_held.permissions

    @property
    def needs_all_cases(self) -> bool:
        """Whether the role, today, needs every case of the agency (`roles.NEEDS_ALL` says why)."""
        return self.is_active and self.role in NEEDS_ALL

    @property
    def audit_name(self) -> str:
        """How the audit chain names this actor."""
        return f"user:{self.pk}"

    @property
    def audit_chain(self) -> str:
        """The chain the actor's events go to: one per agency."""
        return self.agency.code

    @property
    def initials(self) -> str:
        """Initials, for places where passers-by could read a name."""
        return ".".join(part[0] for part in self.name.split() if part) + "."


class Membership(models.Model):
    """A person works in a team from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    privacy = STAFF

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "team", "from_on"], name="one_membership_per_start"),
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="membership_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class RoutingDecision(Guarded):
    """A decision of the partnership's administrator: who gets the duties of a role in an area that had nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    role = models.CharField(max_length=40, choices=list(TEAM_ROLES.items()))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)

    privacy = STAFF

    def __str__(self) -> str:
        return f"{self.get_role_display()} in {self.area_id}: {self.team}"
