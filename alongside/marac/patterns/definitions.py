"""The definition each view uses, said on its page: what is counted, how many, over how long, and where that is in force.

The numbers are local choices of the packs, as they stand in an area on a day; whoever looks can try others. The months of a repeat at
MARAC are a choice of their own.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.agencies.models import Area, User
from alongside.clock import months_before
from alongside.procedures import queries

CHOICES = {
    "several": ("serial_harm_victims", "serial_harm_months"),
    "again": ("repeat_victim_notifications", "repeat_victim_months"),
}
REPEAT = "marac_repeat_months"
SAID = {
    "several": "One person, by one record or several that people said are the same, is reported as causing harm in cases of at least "
    "{least} different victims, told in the last {months}.",
    "again": "About one victim, by one record or several that people said are the same, at least {least} notifications of abuse were "
    "received in the last {months}.",
}


@dataclass(frozen=True)
class Definition:
    """`least` cases of different victims, or notifications, within `months`; `awaits` its partnership's confirmation."""

    kind: str
    least: int
    months: int
    awaits: bool = False

    def since(self, at: datetime) -> date:
        """The first day that counts."""
        return months_before(timezone.localtime(at).date(), self.months)

    def with_(self, least: int | None, months: int | None) -> Definition:
        """The same with what a viewer tries in its place."""
        return replace(self, least=least or self.least, months=months or self.months)

    def counts_as(self, other: Definition) -> bool:
        """Whether another has the same numbers."""
        return (self.least, self.months) == (other.least, other.months)

    @property
    def over(self) -> str:
        """Its time in words: “24 months”, “one month”."""
        return f"{self.months} months" if self.months != 1 else "one month"


def areas_of(user: User, at: datetime) -> list[Area]:
    """Where somebody's agency works, the areas of their own teams first; every area for one that works nowhere in particular."""
    own = agencies.areas_of_teams(user, timezone.localtime(at).date())
    where = list(user.agency.areas.order_by("name")) or agencies.areas()
    return sorted(where, key=lambda area: area.code not in own)


def in_force(kind: str, areas: Collection[str], at: datetime) -> dict[str, Definition]:
    """The definition of a view by area, as it stands on a day."""
    least, months = CHOICES[kind]
    found = queries.in_force(areas, timezone.localtime(at).date(), CHOICES[kind])
    return {
        area: Definition(
            kind, int(str(held[least].value)), int(str(held[months].value)), held[least].awaits or held[months].awaits
        )
        for area, held in found.items()
    }


def said(definition: Definition) -> str:
    """The definition as a sentence."""
    return SAID[definition.kind].format(least=definition.least, months=definition.over)


def repeat_months(area: str, at: datetime) -> int:
    """Within how many months of a referral further abuse is a repeat at MARAC in an area."""
    return int(str(queries.in_force([area], timezone.localtime(at).date(), [REPEAT])[area][REPEAT].value))
