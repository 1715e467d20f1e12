"""The words of each letter: a function of the context of one side, and of nothing else. To name what the context has not is a fault of type.

A letter says no more than the person must know: it may be read by whoever opens the envelope.
"""

from __future__ import annotations

from collections.abc import Iterator

from alongside.design.moments import day, when
from alongside.sharing.letters.contexts import (
    Appointment,
    AttendanceOfReported,
    Sender,
    ToChild,
    ToReported,
    ToSomebody,
    ToSurvivor,
    Worker,
)


def reported_appointment(of: ToReported) -> Iterator[str]:
    """Asks the person reported to come."""
    yield f"Dear {of.name},"
    yield f"Please come to see me: {_meeting(of.appointment)}."
    yield "If you cannot come, ring me before that day."
    yield _signed(of.worker)


def reported_programme(of: ToReported) -> Iterator[str]:
    """Asks the person reported to a first meeting of a programme. What it is called is not said: others may read the envelope's content."""
    yield f"Dear {of.name},"
    yield f"You have a place on our programme. The first meeting is {_meeting(of.appointment)}."
    yield "Coming is your own choice unless a court or your supervising officer has told you to come. Ring me if you have questions."
    yield _signed(of.worker)


def reported_attendance(of: AttendanceOfReported) -> Iterator[str]:
    """Says how often the person reported came: a count, and no opinion."""
    yield f"Attendance of {of.name}, as of {day(of.written_on, year=True)}."
    yield f"Meetings offered: {of.offered}. Meetings attended: {of.attended}."
    yield "This says nothing about how safe anybody is. Coming to a programme is no measure of a change in somebody."
    yield _signed(of.worker)


def survivor_appointment(of: ToSurvivor) -> Iterator[str]:
    """Asks the victim to come. Nothing says what it is about."""
    yield f"Dear {of.name},"
    yield f"Please come to see me: {_meeting(of.appointment)}."
    yield "If another time or place suits you better, ring me."
    yield _from(of.sender)


def child_appointment(of: ToChild) -> Iterator[str]:
    """Asks a child to come."""
    yield f"Hello {of.name},"
    yield f"I would like to meet you: {_meeting(of.appointment)}. You can bring somebody you trust."
    yield _from(of.sender)


def somebody_appointment(of: ToSomebody) -> Iterator[str]:
    """Asks somebody whose side is not known to come."""
    yield f"Dear {of.name},"
    yield f"Please come to see me: {_meeting(of.appointment)}."
    yield _signed(of.worker)


def _meeting(what: Appointment) -> str:
    return f"{when(what.starts_on, year=True)}, {what.place}"


def _signed(worker: Worker) -> str:
    """Role and initials: who a worker is, and where they live, is nobody's to find out."""
    return f"{worker.initials}, {worker.role.lower()}" + (f", telephone {worker.phone}" if worker.phone else "")


def _from(sender: Sender) -> str:
    return sender.initials + (f", telephone {sender.phone}" if sender.phone else "")
