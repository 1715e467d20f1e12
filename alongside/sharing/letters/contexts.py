"""All that a letter can be made from, by side. No database, so that a type checker reads it alone.

A field added here is a field that may be read by whoever the side is. To the side of the person reported nothing may be added that says
anything of the victim, of a child, or of whoever told: tests/sweeps/test_sides.py holds every field to the short list it knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """Whoever writes, as a person outside reads of them: role and initials, never a name, and the number of the team."""

    role: str
    initials: str
    phone: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever writes to the victim or a child: initials and a number alone, because a role tells what it is about."""

    initials: str
    phone: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """When and where. `place` is typed by the worker and was held against every door of the family."""

    starts_on: datetime
    place: str


@dataclass(frozen=True, slots=True)
class ToReported:
    """A letter for the person reported as causing harm: their own name, the worker, and what is asked of them."""

    name: str
    written_on: date
    worker: Worker
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class AttendanceOfReported:
    """How often the person reported came, for whoever supervises them, or a court; they read it too."""

    name: str
    written_on: date
    worker: Worker
    offered: int
    attended: int


@dataclass(frozen=True, slots=True)
class ToSurvivor:
    """A letter for the victim. It names no child and nobody else, because it may be found."""

    name: str
    written_on: date
    sender: Sender
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class ToChild:
    """A letter for a child of an age to read it: their own, and nothing of either parent."""

    name: str
    written_on: date
    sender: Sender
    appointment: Appointment


@dataclass(frozen=True, slots=True)
class ToSomebody:
    """A letter for somebody of whom nobody knows on which side they stand: as guarded as one for the person reported."""

    name: str
    written_on: date
    worker: Worker
    appointment: Appointment
