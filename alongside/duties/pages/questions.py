"""Ask next: at most three questions at once, each with why it matters and who could know it instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.cases.models import Case
from alongside.design.moments import ago
from alongside.duties import queries, words
from alongside.duties.forms import AnswerForm
from alongside.duties.models import ObservedFact, Question
from alongside.gate.viewing import Viewer
from alongside.policy import Rule
from alongside.procedures.queries import library, rules

AT_ONCE = 3


def ask_next(case: Case, viewer: Viewer, *, everything: bool = False) -> dict[str, Any]:
    """The questions of a case: first those this role can answer and nobody has answered *not known*.

    What is to be judged is no question: it stands by itself, and only when everything is asked for.
    """
    rows = queries.questions_of(case, viewer)
    said = queries.not_known_yet(case, viewer)
    facts = library().vocabulary
    mine = [q for q in rows if viewer.user.role in facts[q.fact].who]
    fresh = [q for q in mine if (q.fact, q.about_id) not in said]
    later = [q for q in mine if (q.fact, q.about_id) in said]
    judged = [q for q in fresh + later if queries.is_judgement(q)]
    ordered = [q for q in fresh + later if not queries.is_judgement(q)]
    shown = ordered if everything else ordered[:AT_ONCE]
    return {
        "questions": [block(q, viewer, said.get((q.fact, q.about_id))) for q in shown],
        "question_total": len(ordered),
        "rest": [{"question": q, "text": facts[q.fact].question} for q in ordered[len(shown) :]],
        "judgements": [block(q, viewer, said.get((q.fact, q.about_id))) for q in judged] if everything else [],
        "judgement_total": len(judged),
        "others": others([q for q in rows if viewer.user.role not in facts[q.fact].who]) if everything else [],
        "other_total": len(rows) - len(mine),
        "everything": everything,
    }


def block(
    question: Question, viewer: Viewer, said: ObservedFact | None = None, form: AnswerForm | None = None
) -> dict[str, Any]:
    """One question with its form."""
    fact = library().vocabulary[question.fact]
    return {
        "question": question,
        "text": fact.question,
        "about": question.about.initials if question.about else "",
        "why": why_it_matters(question.rules),
        "who_else": words.roles(fact.who, without=viewer.user.role),
        "sensitive": fact.sensitive,
        "judgement": fact.kind == "judgement",
        "said": not_known(said, viewer) if said else "",
        "form": form or AnswerForm(fact=fact, why=why_it_matters(question.rules), prefix=str(question.pk)[:8]),
    }


def why_it_matters(ids: Iterable[str]) -> str:
    """ "Why it matters: would decide 4 rules, among them Send to children's social care."."""
    known = rules()
    held = sorted((known[id_] for id_ in ids if id_ in known), key=lambda rule: (-rule.severity, rule.id))
    if not held:
        return ""
    number = "1 rule" if len(held) == 1 else f"{len(held)} rules"
    return f"Why it matters: would decide {number}, {'on' if len(held) == 1 else 'among them'} “{_names(held[0])}”."


def _names(rule: Rule) -> str:
    code = rule.action or rule.opens or rule.forbids or ""
    if rule.reaches_as == "bar":
        return f"{words.act(rule.forbids or code)}: whether it is forbidden"
    if rule.reaches_as == "threshold":
        return f"{words.act(rule.opens or code)}: whether the threshold is met"
    return words.act(code)


def not_known(said: ObservedFact, viewer: Viewer) -> str:
    """Who could not say, and when."""
    manner = "Not safe to ask" if said.manner == "not-safe" else "Not known"
    return f"{manner}, said by {words.role(said.said_by)} {ago(said.stated_at, viewer.at)}."


def others(rows: Iterable[Question]) -> list[dict[str, str]]:
    """Questions somebody else can answer: shown, never asked here."""
    facts = library().vocabulary
    return [{"text": facts[q.fact].question, "who": words.roles(facts[q.fact].who)} for q in rows]


def both(theirs: ObservedFact, yours: object) -> dict[str, str]:
    """Two answers to one question, side by side."""
    return {
        "theirs": words.value(theirs.value).capitalize() or "Not known",
        "theirs_by": theirs.said_by,
        "yours": words.value(yours).capitalize() or "Not known",
    }
