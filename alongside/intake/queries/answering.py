"""The answer to a notification, as the contract gives it: what was opened, who may be known, what is decided, owed, barred and asked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from alongside.cases.models import Case
from alongside.duties import conduct
from alongside.duties.models import Bar, Duty, Evaluation, Question
from alongside.intake.models import Notification
from alongside.people.models import Person
from alongside.people.queries import Candidate
from alongside.policy import Outcome, Rule
from alongside.policy.codec import show_moment
from alongside.procedures import editions
from alongside.procedures.queries import library, rules

CITE = ("document", "section", "line", "gist", "quote")


def answer_of(
    row: Notification,
    opened: Sequence[Case],
    held: Mapping[str, Person],
    candidates: Mapping[UUID, Iterable[Candidate]],
) -> dict[str, Any]:
    """The answer first given, over every case the notification opened."""
    refs = {str(person.pk): ref for ref, person in held.items()}
    return {
        "notification": row.their_id,
        "case": opened[0].reference,
        "also": [case.reference for case in opened[1:]],
        "received_at": show_moment(row.received_on),
        "people": [
            {"ref": ref, "person": str(person.pk), "candidates": [_candidate(c) for c in candidates.get(person.pk, ())]}
            for ref, person in held.items()
        ],
        "decided": _decided(opened, row),
        **_owed_and_barred(opened, refs),
        "questions": _questions(opened),
    }


def _candidate(found: Candidate) -> dict[str, Any]:
    return {
        "person": str(found.person),
        "weight": found.weight,
        "because": list(found.because),
        "held_by": list(found.held_by),
    }


def _decided(opened: Sequence[Case], row: Notification) -> dict[str, list[str]]:
    """A rule fires if it does in any case, and is undecided if it is in any and fires in none."""
    found: dict[str, set[str]] = {outcome: set() for outcome in (Outcome.FIRES, Outcome.CANNOT_DECIDE)}
    latest = Evaluation.objects.filter(case__in=opened, evaluated_at=row.stored_at).order_by("case", "evaluated_at")
    for outcomes in latest.values_list("outcomes", flat=True):
        for rule, (outcome, _) in outcomes.items():
            found[outcome].add(rule)
    fires = found[Outcome.FIRES]
    return {"fires": sorted(fires), "cannot_decide": sorted(found[Outcome.CANNOT_DECIDE] - fires)}


def _owed_and_barred(opened: Sequence[Case], refs: Mapping[str, str]) -> dict[str, list[dict[str, Any]]]:
    """Duties, the first due first; and every act that is stopped, by a bar that fires or by one that cannot be decided yet.

    Alongside's own rule of conduct stands among the bars like any other.
    """
    rows = (
        Duty.objects.filter(case__in=opened)
        .select_related("owner_team__agency")
        .order_by("due_on", "rule", "about_key")
    )
    duties = list(rows.defer("ended_why"))
    barred = Bar.objects.filter(case__in=opened, lifted_on__isnull=True).order_by("rule").values_list("rule", "act")
    bars = list(dict.fromkeys(barred))
    words = rules()
    cites = cited(words[id_] for id_ in dict.fromkeys([*(duty.rule for duty in duties), *(rule for rule, _ in bars)]))
    if any(conduct.standing(case) for case in opened):
        bars = sorted([*bars, (conduct.RULE, conduct.ACT)])
        cites[conduct.RULE] = {part: conduct.CITE[part] for part in CITE}
    return {
        "duties": [_duty(duty, refs, cites[duty.rule]) for duty in duties],
        "bars": [{"rule": rule, "act": act, "cite": cites[rule]} for rule, act in bars],
    }


def _duty(duty: Duty, refs: Mapping[str, str], cite: dict[str, Any]) -> dict[str, Any]:
    team = duty.owner_team
    return {
        "rule": duty.rule,
        "owner": {"agency": team.agency.code if team else None, "team": team.code if team else None},
        "act": duty.act,
        "due": show_moment(duty.due_on) if duty.due_on else None,
        "due_text": duty.due_text,
        "state": duty.state,
        "about": [ref for person, ref in refs.items() if person in duty.about],
        "cite": cite,
    }


def _questions(opened: Sequence[Case]) -> list[dict[str, Any]]:
    """Each fact asked once, the weightiest first, with every rule it would help to decide."""
    rows = (
        Question.objects.filter(case__in=opened, state="open").order_by("-weight", "fact").values_list("fact", "rules")
    )
    asked: dict[str, set[str]] = {}
    for fact, deciding in rows:
        asked.setdefault(fact, set()).update(deciding)
    words = library().vocabulary
    return [
        {"fact": fact, "question": words[fact].question, "rules": sorted(deciding)}
        for fact, deciding in asked.items()
        if words[fact].kind != "judgement"  # somebody's to make, with a reason; no question
    ]


def cited(rules: Iterable[Rule]) -> dict[str, dict[str, Any]]:
    """By rule: the place of its sentence, its gist, and the sentence where the partnership added its copy of the document."""
    held = list(rules)
    told = editions.told(held)
    return {
        rule.id: {
            "document": rule.cite.document,
            "section": rule.cite.section,
            "line": rule.cite.line,
            "gist": rule.gist,
            "quote": told[rule.id].quote,
        }
        for rule in held
    }
