"""The accounts of the demonstration: one for each staff role, under a plain address, with one password everybody is told.

They exist only where ALONGSIDE_DEMO is said; `partnership.build_partnership` refuses anywhere else.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.agencies.roles import ROLES

PASSWORD = "heron-lock-canal-26"  # noqa: S105 - known to everybody, of invented people
DOMAIN = "demo.example"
HOME = "coventry"
OVERSIGHT = ("partnership-administrator", "policy-lead", "information-governance-lead", "auditor")
# Whom a visitor meets first, in the order a call passes through their hands.
ORDER = (
    "police-officer",
    "police-supervisor",
    "social-care-manager",
    "school-key-adult",
    "mash-worker",
    "social-worker",
    "marac-coordinator",
    "specialist-worker",
    "refuge",
    "adult-social-care",
    "health",
    "housing",
    "probation",
    "safeguarding-lead",
    "partnership-administrator",
    "policy-lead",
    "information-governance-lead",
    "auditor",
)


@dataclass(frozen=True)
class Account:
    """An account to sign in with: `role` is a code of `agencies.roles`."""

    role: str
    email: str

    @property
    def label(self) -> str:
        """The role in words."""
        return ROLES[self.role].label

    @property
    def description(self) -> str:
        """What somebody in this role does, in a sentence."""
        return ROLES[self.role].description


def email(role: str, area: str = HOME, *, deputy: bool = False) -> str:
    """The address of whoever holds a staff role: plain in Coventry and for the whole partnership, else with the area."""
    name = f"{role}-deputy" if deputy else role
    where = "" if area in ("", HOME) else f".{area}"
    return f"{name}{where}@{DOMAIN}"


def accounts() -> list[Account]:
    """The eighteen accounts that are listed, one for each staff role."""
    return [Account(role, email(role)) for role in ORDER]
