"""What agencies answered when they were asked, as records that may be shared: for roles cleared to see who holds a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.design.jinja import sentence
from alongside.design.moments import when
from alongside.gate.viewing import Viewer
from alongside.sharing.consults import queries
from alongside.sharing.consults.models import ANSWERS, PURPOSES, WHY, Consult
from alongside.sharing.hooks import Part, Shareable


def find(case: Case, viewer: Viewer) -> Iterable[Shareable]:
    """The latest answer of every agency, by the agency's name."""
    if not viewer.user.may("see_holders"):
        return
    names = {str(m.person_id): m.person.full_name for m in members_of([case.pk], viewer).get(case.pk, [])}
    for row in queries.latest_of(case, viewer):
        title = f"What {row.agency.name} answered when it was asked, {when(row.asked_at, year=True)}"
        yield Shareable("sharing.consult", row.pk, title, partial(_parts, row, names))


def _parts(row: Consult, names: dict[str, str]) -> Iterator[Part]:
    yield Part("answer", "Does it hold a record?", f"{ANSWERS[row.answer].capitalize()}. {WHY[row.why]}".strip())
    about = sentence(sorted(names[one] for one in row.held_about if one in names))
    if about:
        yield Part("about", "About whom", about)
    yield Part("purpose", "It was asked", PURPOSES[row.purpose])
    if row.team:
        yield Part("team", "Whom to ring", f"{row.team.name}, {row.team.phone or 'no telephone number on record'}")
