"""What an answer is expected to settle of a rule that cannot be decided: over the facts of a case, or of each child and each person
causing harm in it.

Of one rule, a question counts the share of its answers that decide the rule at once, everything else left open; and for the
other answers its equal part of the smallest set of questions that is certain to decide the rule (half of that where a set could
decide it and none is certain to). Answers that every open condition reads alike count as one, and all as equally likely: nothing
better is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from alongside.policy.decision import Result
from alongside.policy.joint import Rulebook
from alongside.policy.residual import Domain, Either, Open, Rest, leaves, renamed, truth_of
from alongside.policy.rules import Rule
from alongside.policy.settling import MOST, Sets, Settling, settling
from alongside.policy.tree import Name
from alongside.policy.values import Outcome, Value

Key: TypeAlias = tuple[str, str]
"""A fact, and the id of the person it is about (empty for the case)."""
KeySets: TypeAlias = tuple[tuple[Key, ...], ...]
MOST_TOGETHER = 12
"""Above so many questions about several people, no set is looked for that is smaller than each one's put together."""


@dataclass(frozen=True)
class Held:
    """The facts of a case as they stand for some of its people; `whose`: dimension (child, pair) to a person's id."""

    values: Mapping[str, Value] = field(repr=False)
    whose: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Weighed:
    """An undecided rule: what could settle it as yes, as no, what is certain to (minimal sets, smallest first, at most 20
    each), and of each fact the share of its answers that decides at once."""

    rule: Rule
    could_fire: KeySets
    could_not_fire: KeySets
    settles: KeySets
    at_once: Mapping[Key, Fraction]

    def expected(self, key: Key, may_ask: Callable[[str], bool]) -> Fraction:
        """How much of the decision an answer is expected to settle, between 0 and 1; `may_ask` says whether anybody can
        answer a fact: a set with one nobody can answer counts for nothing."""
        alone = self.at_once.get(key, Fraction(0))
        certain = _least(self.settles, key, may_ask)
        if not certain and len(self.settles) >= MOST:
            certain = len(self.at_once)  # cut off: all of them together are certain to
        if certain:
            return alone + (1 - alone) / certain
        could = _least((*self.could_fire, *self.could_not_fire), key, may_ask)
        return alone + (1 - alone) / (2 * could) if could else alone


def _least(sets: KeySets, key: Key, may_ask: Callable[[str], bool]) -> int:
    return min((len(one) for one in sets if key in one and all(may_ask(fact) for fact, _ in one)), default=0)


def weigh(book: Rulebook, rule_id: str, frames: Iterable[Held]) -> Weighed | None:
    """A rule over the frames of a case: it fires if it fires in any of them. None where it can be decided.

    A fact of a child or of a person causing harm is a question about that person; any other is one for all frames together.
    """
    found = [(book.decide_rule(rule_id, one.values), one) for one in frames]
    opened = [(result, one.whose) for result, one in found if result.outcome is Outcome.CANNOT_DECIDE]
    if not opened or any(result.outcome is Outcome.FIRES for result, _ in found):
        return None
    people = sorted({person for _, whose in opened for person in whose.values()})
    names = [_names(book, result, whose, people) for result, whose in opened]
    memory = opened[0][0].plan.weighed
    key = tuple((result.key, tuple(sorted(said.items()))) for (result, _), said in zip(opened, names, strict=True))
    if key not in memory:
        memory[key] = _weigh(book, [result for result, _ in opened], names)
    sets, shares = memory[key]
    back = {token: _key(token, people) for token in shares}
    return Weighed(
        opened[0][0].rule,
        _back(sets.could_fire, back),
        _back(sets.could_not_fire, back),
        _back(sets.settles, back),
        {back[token]: share for token, share in shares.items()},
    )


def _back(sets: Sets, names: Mapping[str, Key]) -> KeySets:
    return tuple(tuple(names[token] for token in one) for one in sets)


def _names(book: Rulebook, result: Result, whose: Mapping[str, str], people: Sequence[str]) -> dict[str, str]:
    """The facts of one person, each under its name with the person's place among `people`."""
    if not whose:
        return {}
    facts = book.vocabulary
    return {
        name: f"{name}@{people.index(whose[facts[name].per])}"
        for name in result.held
        if name in facts and facts[name].per in whose
    }


def _key(token: str, people: Sequence[str]) -> Key:
    name, _, place = token.partition("@")
    return name, people[int(place)] if place else ""


def _weigh(
    book: Rulebook, results: Sequence[Result], names: Sequence[Mapping[str, str]]
) -> tuple[Settling, dict[str, Fraction]]:
    held: dict[str, Value] = {}
    parts: list[Rest] = []
    for result, said in zip(results, names, strict=True):
        held |= {said.get(name, name): value for name, value in result.held.items()}
        parts.append(renamed(result.rest, {Name(was): Name(now) for was, now in said.items()}))
    rest = parts[0] if len(parts) == 1 else Either(tuple(parts))
    opened = list(leaves(rest))
    asked = {name: book.vocabulary[name.partition("@")[0]] for leaf in opened for name in leaf.unknown}
    domain = Domain(opened, held, asked)
    sets = _apart(results, names) if len(asked) > MOST_TOGETHER else settling(rest, domain)
    return sets, {name: _at_once(rest, opened, domain, name) for name in sorted(asked)}


def _apart(results: Sequence[Result], names: Sequence[Mapping[str, str]]) -> Settling:
    """Of many people: the sets of each, put together. Any answers decide the whole when they decide every part."""
    parts: dict[str, list[Sets]] = {"could_fire": [], "could_not_fire": [], "settles": []}
    for result, said in zip(results, names, strict=True):
        for kind, held in parts.items():
            held.append(tuple(tuple(said.get(name, name) for name in one) for one in getattr(result.sets, kind)))
    fire = _fewest({frozenset(one) for sets in parts["could_fire"] for one in sets})
    return Settling(_in_order(fire), _in_order(_all_of(parts["could_not_fire"])), _in_order(_all_of(parts["settles"])))


def _all_of(parts: Iterable[Iterable[Iterable[Any]]]) -> set[frozenset[Any]]:
    """The smallest sets that hold a set of every part."""
    closing: set[frozenset[Any]] = {frozenset()}
    for sets in parts:
        closing = _fewest({have | frozenset(more) for have in closing for more in sets})
    return closing


def _in_order(sets: Iterable[frozenset[Any]]) -> tuple[tuple[Any, ...], ...]:
    return tuple(sorted((tuple(sorted(one)) for one in sets), key=lambda names: (len(names), names)))[:MOST]


def _at_once(rest: Rest, opened: Sequence[Open], domain: Domain, name: str) -> Fraction:
    """Of the answers that some open condition tells apart, the share that decides, everything else left open."""
    told: dict[tuple[bool | None, ...], bool] = {}
    mine = list(dict.fromkeys(leaf for leaf in opened if name in leaf.unknown))
    for answer in domain.answers[name]:
        truths = {leaf: domain.truth(leaf.leaf, {name: answer}) for leaf in mine}
        told[tuple(truths.values())] = truth_of(rest, truths) is not None
    return Fraction(sum(told.values()), len(told))


def certain(weighed: Iterable[Weighed], may_ask: Callable[[str], bool]) -> tuple[KeySets, list[str]]:
    """The smallest sets of questions after whose answers, whatever they are, none of the rules is undecided; and the ids of the
    rules that no question can close, because they wait for something nobody can be asked."""
    closing: list[KeySets] = []
    stay: list[str] = []
    for one in weighed:
        sets = tuple(names for names in one.settles if all(may_ask(fact) for fact, _ in names))
        if sets:
            closing.append(sets)
        else:
            stay.append(one.rule.id)
    ordered: KeySets = _in_order(_all_of(closing))
    return tuple(one for one in ordered if one and len(one) == len(ordered[0])), stay


_KEPT = 60


def _fewest(sets: set[frozenset[Any]]) -> set[frozenset[Any]]:
    """Those that hold no other; the smallest of them, where there are many."""
    kept: list[frozenset[Any]] = []
    for one in sorted(sets, key=lambda names: (len(names), sorted(names))):
        if not any(other <= one for other in kept):
            kept.append(one)
            if len(kept) == _KEPT:
                break
    return set(kept)
