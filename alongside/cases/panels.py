"""What cases put on their own page: the family, the timeline, and which area's procedures apply."""

from __future__ import annotations

from alongside.cases import family, hooks, pages, queries
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer

SHOWN_EVENTS = 100


def timeline(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """What was done, by whom, the latest first."""
    rows = queries.timeline(case, viewer)
    told = [tell(case, viewer) for tell in hooks.BESIDE_ENTRIES]
    events = [
        {
            "title": row.what,
            "at": row.happened_at,
            "by": f"{row.happened_by.initials}, {row.happened_by.agency.name}",
            "text": " ".join(one[record] for one in told if (record := (row.record_kind, str(row.record_id))) in one),
            "href": "",
        }
        for row in rows[:SHOWN_EVENTS]
    ]
    return {"events": events, "total": rows.count() if len(events) == SHOWN_EVENTS else len(events)}


def area(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Which procedures apply and why, with the way to correct it."""
    return {"case": case, "may_correct": viewer.user.may("answer")} | pages.areas(case, viewer)


ALL = (
    ("now", 90, "cases/_area.html", area),
    ("family", 10, "cases/_family.html", family.page),
    ("timeline", 10, "cases/_timeline.html", timeline),
)
