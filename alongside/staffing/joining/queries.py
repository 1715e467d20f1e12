"""Which agencies wait, which two people have made sure of, and which of a file nobody has."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from alongside.agencies.models import Agency, User
from alongside.agencies.register import AgencySaid
from alongside.agencies.roles import ROLES
from alongside.staffing.models import NewAgency

BRINGING = [code for code, role in ROLES.items() if "bring_agencies" in role.permissions]


def is_here(code: str) -> bool:
    """Whether an agency of this code is part of the partnership."""
    return Agency.objects.filter(code=code).exists()


def every() -> list[NewAgency]:
    """All that was ever said, the latest first."""
    return list(NewAgency.objects.select_related("proposed_by__agency", "decided_by__agency").order_by("-proposed_at"))


def one(pk: UUID) -> NewAgency | None:
    """One of them, or None."""
    return NewAgency.objects.select_related("proposed_by__agency", "decided_by__agency").filter(pk=pk).first()


def seconds(said: NewAgency) -> list[User]:
    """Who could decide it."""
    return list(User.objects.filter(role__in=BRINGING, is_active=True).exclude(pk=said.proposed_by_id))


def unknown(agencies: Iterable[AgencySaid]) -> list[str]:
    """Names of agencies that a file would bring in though two people have not made sure of them, under this code, name and kind."""
    sure = set(NewAgency.objects.filter(state="confirmed").values_list("code", "name", "kind"))
    here = set(Agency.objects.values_list("code", flat=True))
    return [row.name for row in agencies if row.code not in here and (row.code, row.name, row.kind) not in sure]
