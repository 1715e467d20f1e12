"""What is owed in one case, what was done, and which thresholds are met."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.duties import access, queries, words
from alongside.duties.models import Duty, Task
from alongside.duties.pages import today
from alongside.duties.pages.cites import cites_of
from alongside.duties.pages.task import ENDED
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import pack_at
from alongside.procedures.words import EVIDENCE

SHOWN_ENDED = 20
GROUPS = (("fires", "Met"), ("cannot-decide", "Cannot tell yet"), ("does-not-fire", "Not met on what is known"))


def cards(tasks: list[Task], case: Case, viewer: Viewer) -> list[dict[str, Any]]:
    """Tasks of a case: who has them and whether that is the viewer's own team."""
    return [
        {"card": card, "mine": access.owns(viewer, card.task), "owner": team(card.task.owner_team)}
        for card in today.cards(tasks, members_of([case.pk], viewer), viewer)
    ]


def team(found: Team | None) -> str:
    """A team with its agency; empty when nobody has the role."""
    return f"{found.agency.name}, {found.name}" if found else ""


def ended(duties: Iterable[Duty]) -> list[dict[str, Any]]:
    """Duties done, decided otherwise or lapsed, each with its gist."""
    rows = list(duties)
    cites = cites_of(duty.rule for duty in rows)
    return [
        {
            "duty": duty,
            "state": ENDED[duty.state],
            "gist": cites[duty.rule]["gist"] if duty.rule in cites else words.act(duty.act),
            "evidence": EVIDENCE.get(duty.evidence_kind, ""),
        }
        for duty in rows
    ]


def thresholds(case: Case, viewer: Viewer) -> list[dict[str, Any]]:
    """Thresholds in three groups; one that does not fire is said to be so only on what is known."""
    evaluation = queries.latest_evaluation(case, viewer)
    if evaluation is None:
        return []
    rules = [r for r in pack_at(evaluation.places, evaluation.in_force_on).rules if r.reaches_as == "threshold"]
    cites = cites_of((rule.id for rule in rules), case, viewer.at)
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in rules:
        outcome = evaluation.outcomes.get(rule.id, ["does-not-fire"])[0]
        found.setdefault(outcome, []).append({"act": words.act(rule.opens or ""), "cite": cites.get(rule.id)})
    return [{"outcome": code, "words": text, "items": found[code]} for code, text in GROUPS if found.get(code)]
