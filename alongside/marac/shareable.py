"""Referrals to MARAC as records that may be shared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from alongside.cases.models import Case
from alongside.casework.shareable import sent_parts
from alongside.design.moments import when
from alongside.gate.viewing import Viewer
from alongside.marac import pages, queries
from alongside.marac.models import MaracReferral
from alongside.sharing.hooks import Part, Shareable


def find(case: Case, viewer: Viewer) -> Iterable[Shareable]:
    """Every referral to MARAC of a case the viewer may see, the latest first."""
    for row in queries.sent_to(case, viewer):
        title = f"The referral to MARAC of {when(row.sent_at, year=True)}"
        yield Shareable("marac.maracreferral", row.pk, title, partial(_parts, row))


def _parts(row: MaracReferral) -> Iterator[Part]:
    yield from sent_parts(queries.people_of(row), pages.record_rows(row), row.facts)
    contact = row.safe_contact.open()
    if contact:
        yield Part("safe-contact", "How to contact her safely", contact)
