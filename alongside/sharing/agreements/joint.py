"""A draft of the arrangement between the controllers, from the register of agencies and of agreements. It names no person.

UK GDPR, article 26; Data Protection Act 2018, section 58, for the police and probation. To be confirmed and signed outside Alongside.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alongside.agencies.codes import AGENCY_KINDS
from alongside.agencies.models import Agency
from alongside.agencies.regimes import regime_of
from alongside.design.moments import day
from alongside.sharing.agreements import queries
from alongside.sharing.agreements.models import Agreement
from alongside.sharing.days import today

SETTLED = (
    ("Who answers a person who asks to see, correct or erase", "the agency that made the record; who asks elsewhere is led there the same day"),
    ("Who tells people that records are held", "the agency that opened the case, by a decision on the case"),
    ("Who answers for what was sent", "until it is sent the sender; its copy from then on the receiver"),
    ("Who reports a breach, to whom and within which time", "the agency in which it happened, within 72 hours; the others at once"),
    ("Who keeps the service and under which contract", "to be named"),
    ("To whom a person can turn first", "to be named"),
)  # fmt: skip


def text(at: datetime) -> str:
    """The draft as Markdown."""
    agencies, agreements = queries.register()
    return "\n".join([*_parties(agencies, at), *_agreements(agencies, agreements, at), *_settled()])


def _parties(agencies: list[Agency], at: datetime) -> Iterator[str]:
    yield f"# Arrangement between the controllers (draft of {day(at, True)}, to be confirmed)\n"
    yield "## Who the controllers are\n"
    yield "| agency | kind | areas | makes its records |"
    yield "| --- | --- | --- | --- |"
    for one in agencies:
        areas = ", ".join(sorted(area.name for area in one.areas.all())) or "–"
        regime = regime_of(one.kind)
        yield f"| {one.name} | {AGENCY_KINDS[one.kind]} | {areas} | {regime.words} ({regime.law}) |"
    yield ""


def _agreements(agencies: list[Agency], agreements: list[Agreement], at: datetime) -> Iterator[str]:
    yield "## Agreements on sharing\n"
    covered: set[Agency] = set()
    for one in agreements:
        parties = list(one.parties.all())
        stands = one.signed_on <= today(at) <= one.review_on
        covered.update(parties if stands else [])
        state = "stands until" if stands else "does not stand; looked at again on"
        yield f"- {one.name}, between {', '.join(sorted(party.name for party in parties))}: {state} {day(one.review_on, True)}."
    without = sorted(one.name for one in agencies if one not in covered)
    if without:
        yield f"\n**In no agreement that stands:** {', '.join(without)}."
    yield ""


def _settled() -> Iterator[str]:
    yield "## Who does what (each to be confirmed)\n"
    yield "| what | proposed |"
    yield "| --- | --- |"
    yield from (f"| {what} | {who} |" for what, who in SETTLED)
    yield ""
