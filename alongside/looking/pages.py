"""Unusual looks in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alongside.gate.viewing import Viewer
from alongside.looking import words
from alongside.looking.models import Look, Raised
from alongside.looking.queries import raised, titles
from alongside.looking.rules import RULES
from alongside.looking.states import RAISED

LOOKS = {"open": "waiting", "passed-on": "waiting", "explained": "done", "not-explained": "bar"}
OPEN = ("open", "passed-on")
HIDDEN = {
    "case": "a case that you may not open",
    "person": "a person whom you may not see",
    "day": "many different records",
}


def rows(many: Iterable[Raised], viewer: Viewer) -> list[dict[str, object]]:
    """For the list."""
    held = list(many)
    cases, people = titles.cases_of(held, viewer), titles.people_of(held, viewer)
    found = []
    for one in held:
        about = {"text": HIDDEN[one.subject_kind], "href": ""}
        if one.subject in cases:
            reference = cases[one.subject].reference
            about = {"text": f"case {reference}", "href": reverse("cases:case", args=[reference])}
        elif one.subject in people:
            about = {"text": people[one.subject].initials, "href": reverse("people:person", args=[one.subject])}
        found.append(_row(one, about))
    return found


def _row(one: Raised, about: dict[str, str]) -> dict[str, object]:
    return {
        "pk": one.pk,
        "who": one.looker.name,
        "role": f"{one.looker.role_held.label}, {one.agency.name}",
        "about": about,
        "what": words.shown(one.what),
        "reasons": [RULES[code].words for code in one.rules if code in RULES],
        "times": one.times,
        "first": one.first_on,
        "last": one.last_on,
        "state": RAISED.label(one.state),
        "look": LOOKS[one.state],
        "is_open": one.state in OPEN,
    }


def looks(many: Iterable[Look]) -> list[dict[str, object]]:
    """Every time one member of staff looked at one record."""
    return [{"at": look.looked_on, "what": words.shown(look.what)} for look in many]


def answers(row: Raised) -> list[dict[str, object]]:
    """What was said of it, by whom and when."""
    return [
        {
            "words": RAISED.label(step.to_state),
            "why": step.why,
            "at": step.moved_at,
            "by": f"{by.name}, {by.role_held.label}" if by else "somebody who works here no more",
        }
        for step, by in raised.answers(row)
    ]


def rules() -> list[dict[str, object]]:
    """Each rule with its number, for whoever asks how these are found."""
    return [{"key": one.words, "text": f"{one.number}: {one.source}"} for one in RULES.values()]
