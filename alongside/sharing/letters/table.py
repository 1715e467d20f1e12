"""Which side each template serves that leaves Alongside: one row for each, and what is not here fails the build (tests/sweeps/test_sides.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from alongside.cases.living import Side
from alongside.sharing.letters import words
from alongside.sharing.letters.contexts import AttendanceOfReported, ToChild, ToReported, ToSomebody, ToSurvivor

APPOINTMENT, PROGRAMME, ATTENDANCE = "appointment", "programme", "attendance"
KINDS = {
    APPOINTMENT: "An appointment",
    PROGRAMME: "A place on a programme for people who cause harm",
    ATTENDANCE: "How often somebody came to a programme, for a court or a supervising officer",
}


@dataclass(frozen=True)
class Wording:
    """One letter of one side: what it is made from, and its words."""

    kind: str
    side: Side
    context: type[Any]
    words: Callable[[Any], Iterator[str]]

    @property
    def has_appointment(self) -> bool:
        """Whether a day and a place are asked for."""
        return any(field.name == "appointment" for field in fields(self.context))


WORDINGS = (
    Wording(APPOINTMENT, Side.SURVIVOR, ToSurvivor, words.survivor_appointment),
    Wording(APPOINTMENT, Side.CHILD, ToChild, words.child_appointment),
    Wording(APPOINTMENT, Side.NOT_KNOWN, ToSomebody, words.somebody_appointment),
    Wording(APPOINTMENT, Side.REPORTED, ToReported, words.reported_appointment),
    Wording(PROGRAMME, Side.REPORTED, ToReported, words.reported_programme),
    Wording(ATTENDANCE, Side.REPORTED, AttendanceOfReported, words.reported_attendance),
)

# Templates that leave otherwise, and whom they serve: staff, either side (then they hold nothing but an address of ours), one side, or the
# one recipient named on a paper, whose side decides there what it may be built from.
STAFF, EITHER, NAMED = "staff", "either side", "one named recipient"
OTHERS: Mapping[str, str | Side] = {
    "outbox:something_new": STAFF,
    "outbox:something_new_now": STAFF,
    "outbox:sign_in_changed": STAFF,
    "outbox:message_waiting": EITHER,
    "looking/jinja2/looking/sheet.html": Side.SURVIVOR,
    "procedures/typst/procedures.typ": STAFF,
    "releases/typst/paper.typ": NAMED,
}


def wordings_for(side: Side) -> list[Wording]:
    """What somebody of a side can be written."""
    return [letter for letter in WORDINGS if letter.side is side]
