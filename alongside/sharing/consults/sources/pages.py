"""Where records are kept, in words: what stands, who is rung, who said so, and what becomes of questions that wait."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.agencies.models import Agency, Team, User
from alongside.sharing.consults.models import KEPT, SourceChange
from alongside.sharing.consults.sources import queries

TAKEN_BACK = "Taken back: nothing asks it"


@dataclass(frozen=True)
class Row:
    """One agency; `kept` is empty where nothing is said, `by` where it was not said on a page."""

    agency: Agency
    kept: str
    team: Team | None
    is_named: bool
    last: SourceChange | None
    waiting: int

    @property
    def by(self) -> str:
        """Who said so."""
        return who(self.last) if self.last else ""


def rows(user: User) -> list[Row]:
    """The agencies somebody may say it of: first those of which nobody has, then by name."""
    agencies = queries.agencies_for(user)
    desks, last, waiting = queries.desks(agencies), queries.last_said(agencies), queries.waiting_for(agencies)
    found = [_row(one, desks.get(one.pk), last.get(one.pk), waiting.get(one.pk, 0)) for one in agencies]
    return sorted(found, key=lambda row: bool(row.kept))


def _row(agency: Agency, desk: Team | None, last: SourceChange | None, waiting: int) -> Row:
    source = queries.source_of(agency)
    named = source.team if source else None
    return Row(agency, KEPT[source.kept] if source else "", named or desk, named is not None, last, waiting)


def history(agency: Agency) -> list[dict[str, object]]:
    """What was said of an agency over time."""
    return [
        {
            "kept": KEPT.get(one.kept, TAKEN_BACK),
            "team": one.team.name if one.team else "",
            "reason": one.reason,
            "at": one.declared_at,
            "by": who(one),
        }
        for one in queries.said_of(agency)
    ]


def who(one: SourceChange) -> str:
    """Who said it: a person of an agency, or whoever runs the platform."""
    by = one.declared_by
    return f"{by.name}, {by.role_held.label}, {by.agency.name}" if by else "whoever runs the platform"
