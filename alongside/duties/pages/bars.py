"""What must not be done: a bar stands beside the act it forbids; an undecided one waits, with its one question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from alongside.cases.models import Case
from alongside.duties import conduct, queries, words
from alongside.duties.models import Bar, Question
from alongside.duties.pages.cites import Cites
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import library

WAITS = "It cannot be told yet whether this is allowed, so it waits."


def notices(
    bars: Iterable[Bar], case: Case, cites: Cites, viewer: Viewer, *, acts: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """Bars as `bar_notice` draws them; an undecided one leads to its question where somebody can answer it.

    The platform's own rule of conduct stands among them where its act is one of `acts` (None: all acts).
    """
    rows = [bar for bar in bars if bar.rule in cites]
    asked = {q.fact: q for q in queries.questions_of(case, viewer)}
    made = [_notice(words.act(bar.act), cites[bar.rule], bar.outcome, bar.ask, asked) for bar in rows]
    own = conduct.standing(case) if acts is None or conduct.ACT in acts else None
    if own is not None:
        made.append(_notice(words.act(conduct.ACT), conduct.CITE, own.outcome, own.ask, asked, conduct.QUESTION))
    return sorted(made, key=lambda one: bool(one["undecided"]))


def _notice(
    title: str, cite: dict[str, Any], outcome: str, ask: Iterable[str], asked: dict[str, Question], text: str = ""
) -> dict[str, Any]:
    undecided = outcome != "fires"
    facts = library().vocabulary
    names = [name for name in ask if name in facts]
    question = next((asked[name] for name in names if name in asked), None)
    fact = facts[question.fact] if question else (facts[names[0]] if names else None)
    if not undecided or fact is None:
        return {
            "title": title,
            "cite": cite,
            "undecided": undecided,
            "question": WAITS if undecided else "",
            "href": "",
            "who": "",
        }
    return {
        "title": title,
        "cite": cite,
        "undecided": True,
        "question": f"{WAITS} {text or fact.question}",
        "href": reverse("duties:question", args=[question.pk]) if question else "",
        "who": "" if question else words.roles(fact.who),
    }
