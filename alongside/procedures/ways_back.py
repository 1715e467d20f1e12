"""From a page back to the sentences behind it: for each page, the places of coverage that are on it.

A rule, a local choice and a document lead to their sentences on their own pages. Every other place is named here, whole or by
how it begins; a sweep finds a place without its way back, and a page that is not there.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse

from alongside.procedures import queries
from alongside.procedures.coverage import Atom

OWN_PAGES = ("rule", "parameter", "document")
BEHIND: dict[str, tuple[str, ...]] = {
    "intake:start": ("field:/kind", "field:/source/agency"),
    "intake:now": ("field:/incident", "field:/safe_contact", "record:intake.Incident"),
    "intake:people": ("field:/people", "field:/relationships", "record:people.Person"),
    "intake:children": ("field:/people",),
    "intake:item": ("field:/people", "field:/relationships", "field:/safe_contact"),
    "intake:page": (
        "field:/incident",
        "field:/safe_contact",
        "field:/referral",
        "field:/summary",
        "record:intake.Incident",
    ),
    "cases:case": ("record:cases.", "record:duties.", "record:gate.Ground", "record:audit.Event"),
    "cases:tab": ("record:cases.CaseMember",),
    "cases:contact": ("record:people.SafeContact", "field:/safe_contact"),
    "people:reach": ("record:people.SafeContact", "field:/safe_contact"),
    "people:safe-contact": ("record:people.SafeContact", "field:/safe_contact"),
    "people:who": ("record:people.LinkDecision",),
    "people:person": ("record:people.Person", "record:people.LinkDecision"),
    "duties:today": ("role:",),
    "duties:task": ("act:", "record:duties.Evaluation"),
    "duties:questions": ("fact:",),
    "duties:question": ("fact:",),
    "duties:tell": ("fact:",),
    "duties:unrouted": ("team:", "record:agencies.Area"),
    "risk:instrument": ("checklist:", "record:risk.Assessment"),
    "risk:judge": ("record:risk.Judgement",),
    "casework:scene": ("record:casework.SceneRecord",),
    "casework:act": ("act:",),
    "casework:refer": ("record:casework.Referral", "record:sharing.", "field:/referral", "act:refer_to_"),
    "casework:do-not-refer": ("evidence:referral.decided_not_to_refer",),
    "casework:offer": ("record:casework.SupportOffer", "act:offer_idva_support"),
    "children:tell": ("record:children.SchoolNotice",),
    "children:notice": ("record:children.SchoolNotice",),
    "children:schools": ("record:children.School", "role:school-key-adult"),
    "marac:refer": ("record:marac.MaracReferral", "record:sharing."),
    "marac:coordinator": ("record:marac.",),
    "procedures:choices": ("record:agencies.Area",),
    "procedures:asked-of": ("role:", "team:"),
    "procedures:acts": ("act:", "evidence:"),
}


@lru_cache(maxsize=256)
def behind(route: str) -> tuple[Atom, ...]:
    """The sentences behind a page, by the name of its address, in the order of their documents; read once per process."""
    begin = (f"page:{route}", *BEHIND.get(route, ()))
    places = {place for place in queries.honoured() if place.startswith(begin[1:]) or place == begin[0]}
    return tuple(atom for atom in queries.coverage().values() if places.intersection(atom.places))


def link(route: str) -> dict[str, object] | None:
    """How many sentences are behind a page, and where they stand; None for a page of which no document speaks."""
    number = len(behind(route))
    return {"count": number, "href": f"{reverse('procedures:coverage')}?at={quote(route, safe='')}"} if number else None
