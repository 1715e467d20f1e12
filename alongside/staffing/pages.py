"""Who works here and where one is signed in, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies.models import User
from alongside.staffing import access, queries
from alongside.staffing.models import JOIN, LEAVE, RESET, StaffChange

# The parts of a browser's own words that people know it by; the first that is there counts.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
DEVICES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android device"),
    ("Windows", "a Windows computer"),
    ("Mac OS", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "a Linux computer"),
)
ANSWERS = {
    JOIN: ("Confirm: they start to work here", "Do not confirm: nobody new comes in"),
    LEAVE: ("Confirm: they have left", "They still work here: they can sign in again"),
    RESET: ("Confirm: they set up a passkey anew", "Do not: they sign in again as before"),
}


@dataclass(frozen=True)
class Waiting:
    """A change that waits for a second person; `mine` when one said it oneself."""

    change: StaffChange
    says: str
    may_decide: bool
    mine: bool


def waiting(by: User) -> list[Waiting]:
    """What waits among the people one looks after."""
    return [
        Waiting(one, says(one), access.may_decide(by, one), one.proposed_by_id == by.pk) for one in queries.waiting(by)
    ]


def says(change: StaffChange) -> str:
    """What holds of the person until a second one has decided."""
    if change.kind == JOIN:
        return "They cannot sign in yet."
    return "They are signed out everywhere and cannot sign in."


def who(user: User | None) -> str:
    """A member of staff with role and agency."""
    return f"{user.name}, {user.role_held.label}, {user.agency.name}" if user else ""


@dataclass(frozen=True)
class Row:
    """One person of an agency, and what waits about them."""

    user: User
    is_waiting: bool
    is_me: bool


def rows(people: list[User], by: User) -> list[Row]:
    """People with whether something waits about them."""
    held: set[UUID | None] = {one.user_id for one in queries.waiting(by)}
    return [Row(user, user.pk in held, user.pk == by.pk) for user in people]


def facts(change: StaffChange) -> list[dict[str, Any]]:
    """A change as a list of facts."""
    told = [
        ("Who", change.whose),
        ("What", change.get_kind_display()),
        ("Agency", change.agency.name),
        ("Address", change.user.email if change.user else change.email),
        ("Role", (change.user.role_held.label if change.user else change.get_role_display())),
        ("Team", change.team.name if change.team else ""),
        ("In the directory", change.subject),
        ("Why", change.reason),
        ("Said by", who(change.proposed_by)),
    ]
    return [{"key": key, "text": text} for key, text in told if text or key not in ("Team", "In the directory")]


@dataclass(frozen=True)
class Session:
    """Where one is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    is_this: bool


def sessions(user: User, this: str | None) -> list[Session]:
    """One's sessions; `this` is the name of the one that asks."""
    return [
        Session(one.pk, device(one.user_agent), one.ip, one.created_at, one.session_key == this)
        for one in queries.sessions(user)
    ]


def device(agent: str) -> str:
    """A browser's own words as people would say them."""
    browser = next((name for part, name in BROWSERS if part in agent), "A browser")
    machine = next((name for part, name in DEVICES if part in agent), "")
    return f"{browser} on {machine}" if machine else browser
