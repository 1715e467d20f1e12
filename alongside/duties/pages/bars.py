"""What must not be done: a bar stands beside the act it forbids; an undecided one waits, with its one question."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse

from alongside.cases.models import Case
from alongside.duties import conduct, queries, words
from alongside.duties.models import Bar, Question
from alongside.duties.pages.cites import Cites
from alongside.gate.viewing import Viewer
from alongside.policy import Fact
from alongside.procedures.queries import library

OWN_RULE = conduct.CITE | {"says": "A rule of conduct of Alongside, to be confirmed by your partnership."}
WAITS = "It cannot be told yet whether this is allowed, so it waits."


def notices(
    bars: Iterable[Bar], case: Case, cites: Cites, viewer: Viewer, *, acts: Collection[str] | None = None
) -> list[dict[str, Any]]:
    """Bars as `bar_notice` draws them; an undecided one leads to its question where somebody can answer it.

    The platform's own rule of conduct stands among them where its act is one of `acts` (None: all acts).
    """
    rows = [bar for bar in bars if bar.rule in cites]
    told = _Asking(case, viewer)
    made = [_notice(bar.act, cites[bar.rule], bar.outcome, bar.ask, told) for bar in rows]
    own = None
    if acts is None or conduct.ACT in acts:
        evaluation = queries.latest_evaluation(case, viewer)
        own = conduct.left_by(evaluation.facts if evaluation else ())
    if own is not None:
        made.append(_notice(conduct.ACT, OWN_RULE, own.outcome, own.ask, told, conduct.QUESTION))
    return sorted(made, key=lambda one: bool(one["undecided"]))


@dataclass(frozen=True)
class _Asking:
    """Where the one question of an undecided bar is answered, and by whom."""

    case: Case
    viewer: Viewer

    @cached_property
    def asked(self) -> dict[str, Question]:
        """The open questions by their facts; read only where a bar waits for one."""
        return {q.fact: q for q in queries.questions_of(self.case, self.viewer)}

    def href(self, fact: Fact) -> str:
        """Its open question; else, for somebody who can know, the page that takes this answer for the bar."""
        if fact.name in self.asked:
            return reverse("duties:question", args=[self.asked[fact.name].pk])
        if fact.askable and self.viewer.user.role in fact.who and self.viewer.user.may("answer"):
            return reverse("duties:tell", args=[self.case.reference, fact.name])
        return ""


def _notice(
    act: str, cite: dict[str, Any], outcome: str, ask: Iterable[str], asking: _Asking, text: str = ""
) -> dict[str, Any]:
    undecided = outcome != "fires"
    facts = [library().vocabulary[name] for name in ask if name in library().vocabulary]
    chosen = next((fact for fact in facts if asking.href(fact)), facts[0] if facts else None)
    if not undecided or chosen is None:
        words_ = WAITS if undecided else ""
        return {
            "act": act,
            "title": words.act(act),
            "cite": cite,
            "undecided": undecided,
            "question": words_,
            "href": "",
            "who": "",
        }
    href = asking.href(chosen)
    return {
        "act": act,
        "title": words.act(act),
        "cite": cite,
        "undecided": True,
        "question": f"{WAITS} {text or chosen.question}",
        "href": href,
        "who": "" if href else words.roles(chosen.who),
    }


def asked_by_bars(case: Case, viewer: Viewer) -> set[str]:
    """Facts that a standing bar waits for."""
    own = conduct.standing(case)
    waiting = {name for bar in queries.bars_of(case, viewer) if bar.outcome != "fires" for name in bar.ask}
    return waiting | set(own.ask if own else ())
