"""What people ask of cases before somebody is reached: what the areas allow by post and voice message, and which team is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from alongside.agencies.models import Team
from alongside.cases import queries
from alongside.people.contact.codes import PROCEDURE_ACTS
from alongside.people.contact.rules import DAYS, AreaRules
from alongside.people.models import Person
from alongside.procedures import queries as procedures

LETTERS, LEAFLETS, VOICEMAIL = "contact_letters", "contact_leaflets", "contact_voicemail"
CONFIRMED_DAYS = "contact_confirmed_days"
NAMES = (LETTERS, LEAFLETS, VOICEMAIL, CONFIRMED_DAYS)


def area_rules(people: Collection[UUID], at: datetime) -> AreaRules | None:
    """The strictest of what the areas of every case of some records allow; None where they are in no case."""
    areas = queries.areas_of(people)
    if not areas:
        return None
    on = timezone.localtime(at).date()
    held = procedures.in_force(areas, on, NAMES)
    chosen = {name: [held[area][name].value for area in sorted(areas)] for name in NAMES}
    strictest = AreaRules()
    return AreaRules(
        letters=_only("second-reader", chosen[LETTERS]) or strictest.letters,
        leaflets=_only("if-safe", chosen[LEAFLETS]) or strictest.leaflets,
        voicemail=_only("agreed-words", chosen[VOICEMAIL]) or strictest.voicemail,
        days=min([int(str(value)) for value in chosen[CONFIRMED_DAYS] if value is not None], default=DAYS),
        barred=_barred(areas, at),
    )


def _only(word: str, values: Iterable[object]) -> str:
    """The wider choice, where every area has made it; nothing chosen is not it."""
    return word if all(value == word for value in values) else ""


def _barred(areas: Iterable[str], at: datetime) -> frozenset[str]:
    """Acts of contact that a procedure in force in any of the areas forbids, whatever was chosen there."""
    on = timezone.localtime(at).date()
    acts = set(PROCEDURE_ACTS.values())
    rules = (rule for area in areas for rule in procedures.rules_of_area(area, on))
    return frozenset(rule.forbids for rule in rules if rule.reaches_as == "bar" and rule.forbids in acts)


def team_asked(person: Person) -> Team | None:
    """The team that recorded the latest case of a record, for the agency whose record it is."""
    return queries.recording_team_of(person)
