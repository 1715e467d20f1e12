"""How people of the demonstration can be reached: a record of each kind, so that every answer of “Before you call” can be tried."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from alongside.cases.models import Case
from alongside.clock import ContactWindow
from alongside.demo.partnership import Partnership
from alongside.people import actions
from alongside.people.models import Person
from alongside.people.records import SafeContactSaid

SCHOOL_HOURS = ContactWindow(frozenset(range(5)), time(9, 15), time(14, 45))
EVENINGS = ContactWindow(frozenset({0, 2}), time(18), time(20))
PLAIN: dict[str, Any] = {
    "safe": True,
    "monitored": False,
    "shared": False,
    "when": "any",
    "answered_by": "only-them",
    "say_to_others": "Ask for the hairdresser, and say sorry, wrong number.",
}


def tell(made: Partnership, stories: dict[str, Case], *, at: datetime) -> None:
    """Ways with hours, with words, too old, shared, left open, by post, and none at all."""
    by = made.user("police-officer")
    for story, days_ago, channel, said in (
        ("with_baby", 2, "phone", {"value": "07700 900377", "when": "hours", "windows": (SCHOOL_HOURS, EVENINGS)}),
        ("with_baby", 2, "email", {"value": "h.sandhu@demo.example", "code_word": "bluebells"}),
        ("with_baby", 2, "letter", {"safe": None}),
        ("high_risk", 1, "email", {"value": "a.okafor@demo.example"}),
        ("high_risk", 40, "phone", {"value": "07700 900481", "may_leave": True}),
        ("from_a_midwife", 0, "phone", {"value": "07700 900592", "shared": True, "may_leave": False}),
        ("from_a_midwife", 0, "through-professional", {"note": "Her midwife, on Tuesdays."}),
        ("with_dial", 0, "none", {"safe": False, "when": ""}),
    ):
        told_on = at - timedelta(days=days_ago, hours=1)
        way = SafeContactSaid(channel, told_on=told_on, **(PLAIN | said))
        actions.confirm_way(person=_victim(stories[story]), said=way, by=by, at=at)


def _victim(case: Case) -> Person:
    return case.members.select_related("person").get(role="victim").person
