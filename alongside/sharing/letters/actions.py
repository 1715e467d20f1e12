"""Making a letter: its words from the typed context of one side, and that it was made. The words are kept nowhere here."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record, record_read
from alongside.cases import actions as cases
from alongside.cases.living import WORDS, Side, strictest
from alongside.cases.models import Case
from alongside.cases.sides import side_of
from alongside.gate.viewing import Viewer
from alongside.sharing.letters import access, queries
from alongside.sharing.letters.contexts import Appointment, AttendanceOfReported, Sender, Worker
from alongside.sharing.letters.table import Wording, wordings_for


@dataclass(frozen=True)
class Said:
    """What the worker typed: a day and a place, or counts; the rest comes from the record."""

    starts_on: datetime | None = None
    place: str = ""
    offered: int = 0
    attended: int = 0


def _wording_of(kind: str, side: Side) -> Wording:
    """The letter of a kind that somebody of a side may be given."""
    found = next((letter for letter in wordings_for(side) if letter.kind == kind), None)
    if found is None:
        raise Refused("There is no such letter for this person. Ring your safeguarding lead. Nothing was made.")
    return found


@action("sharing.letter_written")
def write_letter(*, case: Case, person: UUID, kind: str, said: Said, by: User, at: datetime) -> list[str]:
    """The lines of a letter for one person of a case. Raises Refused where a place could lead to somebody's door.

    Words and timeline go by the side that the case tells. Of somebody who is reported elsewhere too only the place is looked at more
    strictly: other words would tell that they are.
    """
    viewer = Viewer(by, at)
    parts = queries.parts_of(case, person, viewer)
    part, letter = parts[0], _wording_of(kind, strictest(one.role for one in parts))
    access.check_may_write(by, letter.side)
    if {letter.side, side_of(person)} & access.GUARDED:
        hidden, opened = queries.doors_of(case, person, viewer)
        record_read(opened, by=by, at=at, what="sharing.place_checked")
        access.check_place(said.place, hidden)
    lines = list(letter.words(_context(letter, part.person.full_name, said, by, at)))
    record(part.person, by=by, at=at, case=str(case.pk), kind=kind)
    cases.note(case=case, what=f"A letter was made for {WORDS[letter.side]}", by=by, at=at)
    return lines


def _context(letter: Wording, name: str, said: Said, by: User, at: datetime) -> Any:
    """What the words are made from: nothing but this, whoever asks."""
    on = timezone.localtime(at).date()
    team = agencies.first_team(by, on)
    phone = team.phone if team else ""
    common: dict[str, Any] = {"name": name, "written_on": on}
    if any(field.name == "sender" for field in fields(letter.context)):
        common["sender"] = Sender(by.initials, phone)
    else:
        common["worker"] = Worker(by.role_held.label, by.initials, phone)
    if letter.context is AttendanceOfReported:
        return AttendanceOfReported(**common, offered=said.offered, attended=said.attended)
    if said.starts_on is None or not said.place.strip():
        raise Refused("Say when and where. Nothing was made.")
    return letter.context(**common, appointment=Appointment(said.starts_on, said.place.strip()))
