"""How files are written on pages."""

from __future__ import annotations

from datetime import datetime

from alongside.cases.models import Case
from alongside.design.moments import when
from alongside.gate.viewing import Viewer
from alongside.uploads import queries
from alongside.uploads.codes import KINDS, PROBLEMS, TYPES
from alongside.uploads.models import Upload

STATES = {
    Upload.State.WAITING: ("Waiting to be looked at", "waiting"),
    Upload.State.READY: ("Looked at", "done"),
    Upload.State.REFUSED: ("Cannot be opened", "bar"),
}
BLOCK = 1000


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """The files this agency keeps with the case, and the way to add one; nothing for who may not."""
    if not viewer.user.may("keep_files"):
        return None
    return {"case": case, "rows": [line(row) for row in queries.of_case(case, viewer)]}


def line(row: Upload) -> dict[str, object]:
    """One file in a list: nothing of what it is about, which is shown on its own page."""
    state, meaning = STATES[Upload.State(row.state)]
    by = f"{row.added_by.initials}, {row.added_by.agency.name}"
    return {"id": row.pk, "title": KINDS[row.kind], "state": state, "meaning": meaning, "by": by, "at": row.added_at}


def page(row: Upload) -> dict[str, object]:
    """One file: what it is, what became of it, and how to show that it was not changed."""
    state, meaning = STATES[Upload.State(row.state)]
    rows = [
        {"key": "In a few words", "text": row.about.open(), "missing": "Nothing was written"},
        {"key": "Added by", "text": f"{row.added_by.name}, {when(row.added_at, year=True)}"},
        {"key": "As it came", "text": f"{TYPES[row.media_type][0]}, {size(row.size)}"},
        {"key": "Looked at by the scanner", "text": _looked(row.looked_on, row.scanner), "missing": "Not yet"},
        {
            "key": "The scanner’s list is from",
            "text": when(row.signatures_on, year=True) if row.signatures_on else None,
        },
    ]
    why = PROBLEMS.get(row.problem, PROBLEMS["scanner-away"]) if row.state != Upload.State.READY else ""
    return {"file": row, "title": KINDS[row.kind], "state": state, "meaning": meaning, "rows": rows, "why": why}


def _looked(at: datetime | None, scanner: str) -> str | None:
    return f"{when(at, year=True)}, {scanner}" if at else None


def size(count: int) -> str:
    """ "340 bytes", "12 KB", "3.4 MB"."""
    if count < BLOCK:
        return f"{count} bytes"
    return f"{count / BLOCK:.0f} KB" if count < BLOCK**2 else f"{count / BLOCK**2:.1f} MB"
