"""Which question to ask next: the one expected to settle most, weighted by what is at stake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TypedDict

from alongside.policy.pack import Pack
from alongside.policy.values import Value
from alongside.policy.vocabulary import Fact
from alongside.policy.weighing import Held, Key, KeySets, Weighed, weigh

WORTH_ASKING = frozenset({"duty", "bar", "threshold"})


class Part(TypedDict):
    """What an answer may do to one rule: how much of it it is expected to settle (0 to 1), and the smallest sets with this fact in
    them that could settle it as yes, could settle it as no, are certain to settle it. Facts of one person read "fact of ID"."""

    rule: str
    reaches_as: str
    severity: int
    expected: float
    could_fire: list[list[str]]
    could_not_fire: list[list[str]]
    settles: list[list[str]]


class Question(TypedDict):
    """A fact worth asking: about whom (the case where None), in plain words, of whom (staff roles), its weight, and the rules it
    could settle, heaviest first."""

    fact: str
    about: str | None
    question: str
    who: list[str]
    judgement: bool
    weight: float
    rules: list[Part]


def ask_next(
    pack: Pack, facts: Mapping[str, Value], known_by: str | None = None, rules: Iterable[str] | None = None
) -> list[Question]:
    """Rank the open questions of a case, heaviest first.

    Only facts that a person can know (by `known_by`, a staff role, when given). `rules`: of these rules; without it, of those
    that would become a duty, a bar or a threshold.
    """
    return rank(weigh_all(pack, facts, rules), pack.vocabulary, known_by)


def weigh_all(pack: Pack, facts: Mapping[str, Value], rules: Iterable[str] | None = None) -> list[Weighed]:
    """The undecided ones among some rules, or among those worth asking for."""
    wanted = [rule.id for rule in pack.rules if rule.reaches_as in WORTH_ASKING] if rules is None else list(rules)
    undecided = [result.rule.id for result in pack.decide(facts, wanted).results if result.outcome == "cannot-decide"]
    return [found for id_ in undecided if (found := weigh(pack, id_, [Held(facts)])) is not None]


def rank(weighed: Iterable[Weighed], vocabulary: Mapping[str, Fact], known_by: str | None = None) -> list[Question]:
    """The questions of some undecided rules: a rule counts its severity times what the answer is expected to settle of it."""
    held: dict[Key, list[tuple[Fraction, Weighed]]] = {}
    for one, key, share in shares(weighed, vocabulary):
        if known_by is None or known_by in vocabulary[key[0]].who:
            held.setdefault(key, []).append((share, one))
    questions = [_question(key, parts, vocabulary[key[0]]) for key, parts in held.items()]
    return sorted(questions, key=lambda question: (-question["weight"], question["fact"], question["about"] or ""))


def shares(weighed: Iterable[Weighed], vocabulary: Mapping[str, Fact]) -> Iterable[tuple[Weighed, Key, Fraction]]:
    """Of each rule, each question that somebody can answer and that could settle something, with what it is expected to settle."""
    may_ask = asked_in(vocabulary)
    for one in weighed:
        for key in one.at_once:
            share = one.expected(key, may_ask) if may_ask(key[0]) else Fraction(0)
            if share:
                yield one, key, share


def weight(parts: Iterable[tuple[Fraction, Weighed]]) -> float:
    """What a question weighs, to three places: over its rules, severity times what it is expected to settle."""
    return round(float(sum((share * one.rule.severity for share, one in parts), Fraction(0))), 3)


def asked_in(vocabulary: Mapping[str, Fact]) -> Callable[[str], bool]:
    """Says of a fact whether it is ever a question to somebody."""

    def may_ask(name: str) -> bool:
        fact = vocabulary.get(name)
        return fact is not None and fact.askable and bool(fact.who)

    return may_ask


def _question(key: Key, parts: list[tuple[Fraction, Weighed]], fact: Fact) -> Question:
    ordered = sorted(parts, key=lambda part: (-part[0] * part[1].rule.severity, part[1].rule.id))
    return Question(
        fact=fact.name,
        about=key[1] or None,
        question=fact.question,
        who=list(fact.who),
        judgement=fact.kind == "judgement",
        weight=weight(parts),
        rules=[_part(key, share, one) for share, one in ordered],
    )


def _part(key: Key, share: Fraction, one: Weighed) -> Part:
    return Part(
        rule=one.rule.id,
        reaches_as=one.rule.reaches_as,
        severity=one.rule.severity,
        expected=round(float(share), 3),
        could_fire=_with(key, one.could_fire),
        could_not_fire=_with(key, one.could_not_fire),
        settles=_with(key, one.settles),
    )


def _with(key: Key, sets: KeySets) -> list[list[str]]:
    return [[f"{fact} of {about}" if about else fact for fact, about in one] for one in sets if key in one]
