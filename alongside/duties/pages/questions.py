"""Ask next: at most three questions at once, each with why it matters and who could know it instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.design.jinja import sentence
from alongside.design.moments import ago
from alongside.duties import asking, queries, words
from alongside.duties.forms import AnswerForm
from alongside.duties.models import ObservedFact, Question
from alongside.gate.viewing import Viewer
from alongside.policy import Fact, Rule
from alongside.policy.weighing import Key, KeySets
from alongside.procedures.queries import library, rules

AT_ONCE = 3
REFERRAL = "refer_to_childrens_social_care"


def ask_next(
    case: Case, viewer: Viewer, *, everything: bool = False, open_: asking.Asking | None = None
) -> dict[str, Any]:
    """The questions of a case: first those this role can answer and nobody has answered *not known*; `open_`: with what each
    could settle.

    What is to be judged is no question: it stands by itself, and only when everything is asked for.
    """
    rows = queries.questions_of(case, viewer)
    said = queries.not_known_yet(case, viewer)
    facts, held = library().vocabulary, queries.who_holds(case, viewer)
    mine = [q for q in rows if viewer.user.role in facts[q.fact].who]
    fresh = [q for q in mine if (q.fact, q.about_id) not in said]
    later = [q for q in mine if (q.fact, q.about_id) in said]
    judged = [q for q in fresh + later if queries.is_judgement(q)]
    ordered = [q for q in fresh + later if not queries.is_judgement(q)]
    shown = ordered if everything else ordered[:AT_ONCE]
    return {
        "questions": [block(q, viewer, said.get((q.fact, q.about_id)), held=held, open_=open_) for q in shown],
        "question_total": len(ordered),
        "rest": [{"question": q, "text": facts[q.fact].question} for q in ordered[len(shown) :]],
        "judgements": [block(q, viewer, said.get((q.fact, q.about_id)), held=held, open_=open_) for q in judged]
        if everything
        else [],
        "judgement_total": len(judged),
        "others": others([q for q in rows if viewer.user.role not in facts[q.fact].who], held) if everything else [],
        "other_total": len(rows) - len(mine),
        "everything": everything,
    }


def block(
    question: Question,
    viewer: Viewer,
    said: ObservedFact | None = None,
    form: AnswerForm | None = None,
    *,
    held: Mapping[str, list[Team]] | None = None,
    open_: asking.Asking | None = None,
) -> dict[str, Any]:
    """One question with its form; `held`, who is at work in the case; `open_`, what it could settle is told."""
    fact = library().vocabulary[question.fact]
    return {
        "question": question,
        "text": fact.question,
        "about": question.about.initials if question.about else "",
        "why": why_it_matters(question.rules),
        "who_else": words.roles(fact.who, without=viewer.user.role, held=held),
        "settling": settling(question, open_) if open_ else [],
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


def others(rows: Iterable[Question], held: Mapping[str, list[Team]]) -> list[dict[str, str]]:
    """Questions somebody else can answer: shown, never asked here."""
    facts = library().vocabulary
    return [{"text": facts[q.fact].question, "who": words.roles(facts[q.fact].who, held=held)} for q in rows]


WAYS = (
    ("could_fire", "Could settle it as yes"),
    ("could_not_fire", "Could settle it as no"),
    ("settles", "Certain to settle it"),
)


def settling(question: Question, open_: asking.Asking) -> list[dict[str, Any]]:
    """Rule by rule: what an answer could settle as yes, as no, and what is certain to; the smallest set of each."""
    key = (question.fact, str(question.about_id or ""))
    ranked, known = open_.ranked.get(key), {one.rule.id: one for one in open_.weighed}
    found = []
    for part in ranked["rules"] if ranked else ():
        one = known[part["rule"]]
        ways = {title: _smallest(getattr(one, kind), key) for kind, title in WAYS}
        found.append({"name": _names(one.rule), "ways": {title: text for title, text in ways.items() if text}})
    return found


def _smallest(sets: KeySets, key: Key) -> str:
    """ "this answer alone", "with “Is the victim pregnant?”"; empty where no set has the question."""
    least = next((one for one in sets if key in one), None)
    if least is None:
        return ""
    facts = library().vocabulary
    more = [_named(facts[fact]) for fact, about in least if (fact, about) != key]
    return f"with {sentence(more)}" if more else "this answer alone"


def _named(fact: Fact) -> str:
    """A question by its words; a judgement, or what nobody is asked, by what it says."""
    return f"“{fact.question if fact.askable and fact.kind != 'judgement' else words.label(fact.name)}”"


def closing(case: Case, viewer: Viewer, open_: asking.Asking | None, wanted: str) -> dict[str, Any] | None:
    """For one act of a case, the smallest set of questions after which nothing about it stays open; None where nothing is open."""
    if open_ is None or not open_.acts:
        return None
    act = next((one for one in (wanted, REFERRAL) if one in open_.acts), open_.acts[0])
    sets, waiting = open_.closing(act)
    facts, held = library().vocabulary, queries.who_holds(case, viewer)
    people = {str(m.person_id): m.person.initials for m in members_of([case.pk], viewer).get(case.pk, [])}
    return {
        "act": act,
        "name": words.act(act),
        "acts": [(code, words.act(code)) for code in open_.acts],
        "set": [
            {
                "text": facts[fact].question,
                "about": people.get(about, ""),
                "judgement": facts[fact].kind == "judgement",
                "who": words.roles(facts[fact].who, held=held),
            }
            for fact, about in (sets[0] if sets else ())
        ],
        "other_sets": max(len(sets) - 1, 0),
        "waiting": len(waiting),
    }


def both(theirs: ObservedFact, yours: object) -> dict[str, str]:
    """Two answers to one question, side by side."""
    return {
        "theirs": words.value(theirs.value).capitalize() or "Not known",
        "theirs_by": theirs.said_by,
        "yours": words.value(yours).capitalize() or "Not known",
    }
