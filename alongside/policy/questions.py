"""Which question to ask next: the one expected to settle most, weighted by what is at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

from alongside.policy.decision import Result
from alongside.policy.pack import Pack
from alongside.policy.values import Outcome, Value

WORTH_ASKING = frozenset({"duty", "bar", "threshold"})


class Question(TypedDict):
    """A fact worth asking: the question in plain words, its weight, the rules it could settle (heaviest first)."""

    fact: str
    question: str
    weight: float
    rules: list[str]


def ask_next(
    pack: Pack, facts: Mapping[str, Value], known_by: str | None = None, rules: Iterable[str] | None = None
) -> list[Question]:
    """Rank the open questions of a case, heaviest first.

    Only facts that a person can know (by `known_by`, a staff role, when given) and only rules that would become a duty,
    a bar or a threshold. A rule counts its severity when any answer settles it, half when some answer does, and less the
    more other answers are needed besides.
    """
    if rules is None:
        rules = [rule.id for rule in pack.rules if rule.reaches_as in WORTH_ASKING]
    found: dict[str, list[tuple[float, str]]] = {}
    for result in pack.decide(facts, rules).results:
        if result.outcome is Outcome.CANNOT_DECIDE and result.rule.reaches_as in WORTH_ASKING:
            for fact in result.ask:
                if _can_ask(pack, fact, known_by):
                    found.setdefault(fact, []).append((result.rule.severity * _chance(result, fact), result.rule.id))
    questions = [
        Question(
            fact=fact,
            question=pack.vocabulary[fact].question,
            weight=round(sum(weight for weight, _ in held), 3),
            rules=[rule for _, rule in sorted(held, key=lambda one: (-one[0], one[1]))],
        )
        for fact, held in found.items()
    ]
    return sorted(questions, key=lambda question: (-question["weight"], question["fact"]))


def _can_ask(pack: Pack, name: str, known_by: str | None) -> bool:
    fact = pack.vocabulary.get(name)
    return fact is not None and fact.askable and bool(fact.who) and (known_by is None or known_by in fact.who)


def _chance(result: Result, fact: str) -> float:
    if (fact,) in result.settles:
        return 1.0
    sizes = [len(names) for names in (*result.could_fire, *result.could_not_fire) if fact in names]
    return 1 / (2 * min(sizes)) if sizes else 0.1
