"""The definition each view uses, said on its page: what is counted, how many, over how long, and where that comes from.

No document of the procedures gives a number for either; they stand here as defaults that the partnership is to confirm, and whoever
looks can try others. The months of a repeat at MARAC are those of the national pack.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from alongside.agencies.models import Agency
from alongside.clock import months_before
from alongside.procedures.queries import library

REPEAT = "marac_repeat_months"


@dataclass(frozen=True)
class Definition:
    """`least` cases of different victims, or notifications, within `months`."""

    kind: str
    least: int
    months: int

    def since(self, at: datetime) -> date:
        """The first day that counts."""
        return months_before(timezone.localtime(at).date(), self.months)


DEFAULTS = {"several": Definition("several", 2, 24), "again": Definition("again", 2, 12)}
SAID = {
    "several": "One person, by one record or several that people said are the same, is reported as causing harm in cases of at least "
    "{least} different victims, told in the last {months} months.",
    "again": "About one victim, by one record or several that people said are the same, at least {least} notifications of abuse were "
    "received in the last {months} months.",
}
SOURCE = {
    "several": "No document of the procedures gives a number: to be confirmed by your partnership.",
    "again": "No document of the procedures gives a number: to be confirmed by your partnership. A repeat at MARAC is another thing: any "
    "further abuse by the same person within {repeat} months of the last referral (national practice, in the pack “england”); it is marked.",
}


def chosen(kind: str, least: int | None, months: int | None) -> Definition:
    """The default, with what a viewer tries in its place."""
    held = DEFAULTS[kind]
    return replace(held, least=least or held.least, months=months or held.months)


def said(definition: Definition) -> str:
    """The definition as a sentence."""
    return SAID[definition.kind].format(least=definition.least, months=definition.months)


def repeat_months(agency: Agency, at: datetime) -> int:
    """Within how many months of a referral further abuse is a repeat at MARAC, as the packs have it where the agency works."""
    area = agency.areas.order_by("code").values_list("code", flat=True).first() or library().areas[0]
    parameter = library().parameters(area, timezone.localtime(at).date())[REPEAT]
    return int(str(parameter.value))
