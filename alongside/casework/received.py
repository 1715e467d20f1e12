"""What a service that offers support was sent: higher apps say it (a referral to MARAC is not this app's record)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Received:
    """One record sent to the viewer's team. `safe_contact` is opened to act, and logged; `channels` are {channel, safe}."""

    title: str
    sender: str
    sent: datetime
    href: str = ""
    people: list[dict[str, Any]] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)
    facts: list[dict[str, str]] = field(default_factory=list)
    safe_contact: str = ""
    warning: str = ""
    channels: list[dict[str, Any]] = field(default_factory=list)


Finder = Callable[[Case, Viewer], Iterable[Received]]
FINDERS: list[Finder] = []


def register_received(find: Finder) -> None:
    """Say what a viewer has been sent about a case; the finder reads only through the gate."""
    if find not in FINDERS:
        FINDERS.append(find)


def received(case: Case, viewer: Viewer) -> list[Received]:
    """Everything sent to the viewer's teams about a case, the latest first."""
    found = [one for find in FINDERS for one in find(case, viewer)]
    return sorted(found, key=lambda one: one.sent, reverse=True)
