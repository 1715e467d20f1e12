"""The platform's own rule of conduct, beside the bars of the procedures.

Where abuse in the name of honour, forced marriage or female genital mutilation is indicated, contact with the family, the
community, or an interpreter from among them is barred: specialist advice comes first. Where it is not known, the bar stops
that contact and asks its one question. No sentence of a procedure says so; the partnership is to confirm it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.agencies.access import Refused
from alongside.cases.models import Case
from alongside.duties.queries import facts_of

ACT = "contact_family"
FACTS = ("honour_based_abuse", "forced_marriage", "fgm")
RULE = "conduct-contact-family"
GIST = (
    "Where abuse in the name of honour, forced marriage or female genital mutilation is indicated, do not contact the family, "
    "the community, or an interpreter from among them. Specialist advice comes first."
)
QUESTION = "Does anything point to abuse in the name of honour, a forced marriage, or female genital mutilation?"
CITE: dict[str, object] = {
    "document": "conduct",
    "section": "Rules of conduct",
    "line": 0,
    "gist": GIST,
    "quote": None,
    "says": "Alongside’s own rule of conduct, to be confirmed by your partnership",
}


@dataclass(frozen=True)
class ConductBar:
    """Contact with the family is stopped: `outcome` fires or cannot-decide; `ask` names the facts still not known."""

    outcome: str
    ask: tuple[str, ...]


def standing(case: Case) -> ConductBar | None:
    """The bar as the latest evaluation of the case leaves it; None once all three are known not to be indicated."""
    return left_by(facts_of(case))


def left_by(facts: Iterable[Mapping[str, Any]]) -> ConductBar | None:
    """`standing` by the facts of one evaluation, as they are kept."""
    known = {row["name"]: row["value"] for row in facts if row["name"] in FACTS}
    if any(known.get(name) is True for name in FACTS):
        return ConductBar("fires", ())
    missing = tuple(name for name in FACTS if known.get(name) is not False)
    return ConductBar("cannot-decide", missing) if missing else None


def check_conduct(case: Case, act: str) -> None:
    """Raise `Refused` when the act is contact with the family and the rule of conduct stops it."""
    bar = standing(case) if act == ACT else None
    if bar is None:
        return
    if bar.outcome == "fires":
        raise Refused(f"This is not allowed here: {GIST} Nothing was changed.", cite=CITE)
    raise Refused(f"This cannot be told yet, so it waits. {QUESTION} Nothing was changed.", cite=CITE)
