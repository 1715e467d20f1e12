"""The line on a case that says until when and why it is open to whoever looks; who else gave a reason; the list for leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.sharing.needing import queries
from alongside.sharing.needing.models import REASONS, StatedNeed


def banner(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Until when a case is open to the viewer because they gave a reason; nothing where they gave none."""
    row = queries.standing(case, viewer.user, viewer.at)
    return {"row": row, "why": REASONS[row.why]} if row is not None else None


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Who of other teams opened this case, and why; nothing where nobody did."""
    rows = lines(queries.of_case(case, viewer))
    return {"rows": rows} if rows else None


def lines(rows: Iterable[StatedNeed]) -> list[dict[str, object]]:
    """Reasons as they are read: whoever shows them has recorded the read."""
    return [
        {
            "row": row,
            "who": f"{row.said_by.name}, {row.said_by.role_held.label}",
            "why": REASONS[row.why],
            "words": row.words.open() if row.words else "",
        }
        for row in rows
    ]


def ways_in(person: Person, records: Collection[UUID], viewer: Viewer) -> Mapping[UUID, str]:
    """For the records that another team of the viewer's agency holds, where they say why they need them; for "Who is this?"."""
    if not viewer.user.may("see_cases"):
        return {}
    found = queries.closed_cases(viewer, records)
    return {record: reverse("sharing:need-record", args=[person.pk, record]) for record in found}
