"""The case itself as something to be opened to another agency as it grows, under an agreement."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing.hooks import Shareable


def find(case: Case, viewer: Viewer) -> Iterable[Shareable]:
    """Only for the agency that recorded the case; whether an agreement allows it is asked once the team is known."""
    if viewer.user.agency_id == case.opened_by_agency_id:
        yield Shareable("cases.case", case.pk, "The whole case, and what is added to it (needs an agreement in force)")
