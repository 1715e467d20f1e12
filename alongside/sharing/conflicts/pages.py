"""Conflicts of interest in words. A list names nobody; whom one is about, two leads see together."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing.conflicts import queries
from alongside.sharing.conflicts.access import may_answer
from alongside.sharing.conflicts.models import ASKED, HOW, RELATIONS, ClosePerson, Conflict, TwoLeads
from alongside.sharing.conflicts.queries.finding import AGREES, opened


@dataclass(frozen=True)
class Close:
    """One line of what somebody said, shown to themselves: enough to know whom it means to, and no more."""

    relation: str
    who: str
    held: str
    declared_on: object


def close(row: ClosePerson) -> Close:
    """Initials and the kinds of what is held, never the values: screens are passed by."""
    said = opened(row)
    given = {
        "name": bool(said.given_name or said.family_name),
        "another name": bool(said.other_names),
        "date of birth": bool(said.date_of_birth),
        "telephone number": bool(said.phones),
        "e-mail address": bool(said.email),
        "address": bool(said.addresses),
    }
    initials = "".join(f"{part[0]}." for part in (said.given_name, said.family_name) if part)
    return Close(
        RELATIONS[row.relation],
        initials,
        ", ".join(word for word, is_given in given.items() if is_given),
        row.declared_on,
    )


def about(held: Conflict) -> dict[str, object]:
    """Whom a conflict is about and why, for the two leads who agreed to see it."""
    return {
        "name": held.user.name,
        "role": held.user.role_held.label,
        "agency": held.user.agency.name,
        "reference": held.case.reference,
        "how": HOW[held.how],
        "relation": RELATIONS[held.close.relation] if held.close else "",
        "agrees": [AGREES[code] for code in held.agrees if code in AGREES],
        "reason": held.reason.open() if held.reason else "",
    }


def lines(asked: list[TwoLeads], user: User) -> list[dict[str, object]]:
    """What was asked of leads and answered, with whether this lead may answer it."""
    return [
        {
            "asked": one,
            "what": ASKED[one.what],
            "by": f"{one.asked_by.name}, {one.asked_by.agency.name}",
            "answered_by": f"{one.answered_by.name}, {one.answered_by.agency.name}" if one.answered_by else "",
            "may_answer": may_answer(user, one),
        }
        for one in asked
    ]


def panel(case: Case, viewer: Viewer) -> dict[str, object]:
    """On the case: the way to say that one knows somebody in it."""
    return {"case": case}


def waiting(viewer: Viewer) -> int:
    """How much waits for a lead."""
    return len(queries.to_carry_on(viewer)) + queries.to_answer(viewer).count()
