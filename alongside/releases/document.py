"""What stands on a copy: worked out once, and the same on the page, in the PDF and in the table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from alongside.agencies.models import User
from alongside.design.moments import day
from alongside.design.sheet import sheet
from alongside.releases import marking
from alongside.releases.codes import STANDING, TITLES
from alongside.releases.models import Paper, PaperCopy
from alongside.sharing.hooks import Part


@dataclass(frozen=True)
class Document:
    """`lines` are label and text; `standing` is said on every answer alike; `mark` is the line that stands at the head and foot of each page."""

    title: str
    to: str
    by: str
    on: str
    what_for: str
    lines: Sequence[Part]
    note: str
    mark: str
    standing: Sequence[str] = field(default=())

    def rows(self) -> list[tuple[str, str]]:
        """Every line, the note last."""
        told = [(one.label, one.text) for one in self.lines]
        return [*told, ("Note", self.note)] if self.note else told

    def table(self) -> str:
        """As one sheet: what, the text, and the mark beside each."""
        rows = [*self.rows(), *(("Please know", said) for said in self.standing)]
        return sheet(["What", "Text", "Mark of this copy"], [(label, text, self.mark) for label, text in rows])


def parts_of(paper: Paper) -> list[Part]:
    """The parts that were chosen, as they stood then."""
    return [Part(one["key"], one["label"], one["text"]) for one in json.loads(paper.parts.open() or "[]")]


def kept(parts: Iterable[Part]) -> str:
    """Parts as they are kept."""
    return json.dumps([{"key": one.key, "label": one.label, "text": one.text} for one in parts])


def left_out_of(paper: Paper) -> list[dict[str, str]]:
    """What was left out, {label, why}: for the sender alone."""
    found: list[dict[str, str]] = json.loads(paper.left_out.open() or "[]")
    return found


def outward(user: User) -> str:
    """A member of staff on a paper: what they are and their initials, never a name."""
    return f"{user.role_held.label} {user.initials}, {user.agency.name}"


def compose(paper: Paper, copy: PaperCopy | None, *, at: datetime) -> Document:
    """A paper as its recipient reads it; without a copy, as it is looked at before."""
    by = paper.released_by or paper.drafted_by
    return Document(
        title=TITLES[paper.side],
        to=paper.recipient.open(),
        by=outward(by),
        on=day(paper.released_at or at, year=True),
        what_for=paper.purpose if paper.kind == "papers" else "",
        lines=parts_of(paper),
        note=paper.note.open(),
        mark=mark_line(paper, copy),
        standing=STANDING if paper.kind == "own-data" else (),
    )


def mark_line(paper: Paper, copy: PaperCopy | None) -> str:
    """For whom this copy is, and the mark by which it is found again."""
    if copy is None:
        return "Looked at before it is released: no copy."
    whose = f"{paper.recipient.open()}, read by {outward(copy.reader)}" if copy.reader else paper.recipient.open()
    return f"Copy {copy.number}, for {whose}, and for nobody else. Mark {marking.shown(copy.mark)}"
