"""How patterns are written: initials and references, what each rests on, who looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alongside.agencies.models import Area
from alongside.clock import months_begun
from alongside.design.jinja import sentence
from alongside.marac.patterns.definitions import Definition
from alongside.marac.patterns.forms import ThresholdForm
from alongside.marac.patterns.models import KINDS
from alongside.marac.patterns.queries import Pattern
from alongside.people.pages import how_known

HEADINGS = {"several": "People reported as causing harm to several people", "again": "Victims harmed again"}
COUNTED = {"several": ("victim", "victims"), "again": ("notification", "notifications")}


@dataclass(frozen=True)
class Asked:
    """By whose numbers a view is looked at: those `held` in an area, or a viewer's own; `others` are areas with other ones in force."""

    area: Area
    definition: Definition
    held: Definition
    others: Sequence[tuple[Area, Definition]]
    form: ThresholdForm

    @property
    def tries(self) -> bool:
        """Whether these are the viewer's own numbers."""
        return not self.definition.counts_as(self.held)

    @property
    def query(self) -> str:
        """The same look again, as an address has it."""
        return f"area={self.area.code}&least={self.definition.least}&months={self.definition.months}"


def places(active: str, href: dict[str, str]) -> list[dict[str, object]]:
    """From one view to the other."""
    return [{"text": HEADINGS[kind], "href": href[kind], "active": kind == active} for kind in KINDS]


def rows(found: Iterable[Pattern], repeat: int) -> list[dict[str, object]]:
    """Lines of a view; `repeat` the months within which further abuse is a repeat at MARAC."""
    return [
        {
            "pk": one.person.pk,
            "initials": one.person.initials,
            "count": one.count,
            "counted": COUNTED[one.kind][one.count != 1],
            "cases": [case.reference for case in one.cases],
            "last_on": one.last_on,
            "links": len(one.links),
            "is_repeat": one.kind == "again" and _is_repeat(one, repeat),
            "review": one.review,
            "reviewer": _who(one),
        }
        for one in found
    ]


def _is_repeat(one: Pattern, months: int) -> bool:
    if one.referred_on is None or one.last_on <= one.referred_on:
        return False
    return months_begun(one.referred_on, one.last_on) <= months


def _who(one: Pattern) -> str:
    by = one.review.reviewed_by if one.review else None
    return f"{by.name}, {by.role_held.label}, {by.agency.name}" if by else ""


def links(one: Pattern) -> list[dict[str, object]]:
    """The answers it rests on: what agreed, how it is known, by whom and when."""
    return [
        {
            "because": sentence(link.because),
            "how": how_known(link),
            "by": f"{link.decided_by.role_held.label}, {link.decided_by.agency.name}",
            "at": link.decided_at,
        }
        for link in one.links
    ]
