"""One evaluation: every rule in force, over the facts of the case, of each child and of each person causing harm.

A rule fires if it fires for any of them, cannot be decided if it is undecided for any and fires for none; `about` says for whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any
from uuid import UUID

from alongside.duties.facts import CaseFile, FactBook
from alongside.policy import Fact, Outcome, Rule, Rulebook, Value
from alongside.policy.exclusive import giving_way
from alongside.policy.regime import is_of_a_moment

PEOPLE_OF = {"child": ("child", "unborn-child"), "pair": ("person-causing-harm",)}


@dataclass(frozen=True)
class Finding:
    """What one rule comes to in a case. `about` holds ids of people, sorted; `frame` the facts it was decided on.

    `undecided`: the facts of everybody it cannot be told for; a duty that fires for one child may be open for another.
    """

    rule: Rule
    outcome: Outcome
    about: tuple[str, ...]
    frame: Mapping[str, Value]
    firing: tuple[tuple[str, ...], ...] = ()
    undecided: tuple[Frame, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Facts as they stand for one child and one person causing harm (or for the case alone); `whose`: dimension to person."""

    people: tuple[UUID, ...]
    values: Mapping[str, Value] = field(repr=False)
    whose: Mapping[str, str] = field(default_factory=dict)


People = Mapping[str, Sequence[UUID]]
"""Whom facts may be about: dimension (child, pair) to ids."""


def evaluate(pack: Rulebook, people: People, book: FactBook) -> dict[str, Finding]:
    """Decide every rule that does not belong to the moment of an act."""
    findings: dict[str, Finding] = {}
    for dimensions, rules in _by_dimensions(pack).items():
        ids = tuple(rule.id for rule in rules)
        frames = frames_of({one: people.get(one, ()) for one in dimensions}, book, pack.vocabulary)
        decided = [(frame, pack.outcomes(frame.values, rules=ids)) for frame in frames]
        for rule in rules:
            found = _combine(rule, [(frame, outcomes[rule.id]) for frame, outcomes in decided])
            findings[rule.id] = _for_whom(pack, found, book)
    return findings


def standing(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """The findings that fire and give way to none that does."""
    fires = {id_: found for id_, found in findings.items() if found.outcome is Outcome.FIRES}
    away = giving_way((found.rule for found in fires.values()), fires)
    return {id_: found for id_, found in fires.items() if id_ not in away}


def _for_whom(pack: Rulebook, found: Finding, book: FactBook) -> Finding:
    """A rule that fires on what is known of the family is about those who made it so: the youngest child, the unborn."""
    if found.outcome is not Outcome.FIRES or found.about:
        return found
    made = {name: book.case[name].of for name in pack.facts_of(found.rule.id) if name in book.case}
    if not any(made.values()):
        return found
    grounds = set(_grounds(pack.decide_rule(found.rule.id, found.frame).why))
    return replace(found, about=tuple(sorted({str(one) for name in grounds for one in made.get(name, ())})))


def _grounds(why: Mapping[str, Any]) -> Iterator[str]:
    """The facts of the parts that are so."""
    if why["is"] is not True or "not" in why:
        return
    parts = why.get("all") or why.get("any")
    if parts:
        for part in parts:
            yield from _grounds(part)
    else:
        yield from why["saw"]


@lru_cache(maxsize=200)
def _by_dimensions(pack: Rulebook) -> Mapping[tuple[str, ...], list[Rule]]:
    """Rules grouped by whose facts they mention; those of an act's moment are left out."""
    groups: dict[tuple[str, ...], list[Rule]] = {}
    for rule in pack.rules:
        if not is_of_a_moment(pack, rule):
            facts = [pack.vocabulary[name] for name in pack.facts_of(rule.id)]
            groups.setdefault(tuple(sorted({fact.per for fact in facts} & PEOPLE_OF.keys())), []).append(rule)
    return groups


def people_in(file: CaseFile) -> dict[str, list[UUID]]:
    """The people of a case that the facts of each dimension are about."""
    return {one: [member.person_id for member in file.of(*roles)] for one, roles in PEOPLE_OF.items()}


def frames_of(people: People, book: FactBook, vocabulary: Mapping[str, Fact]) -> list[Frame]:
    """The product of the people of each dimension; a dimension with nobody in it leaves the facts of the case."""
    frames = [Frame((), book.values())]
    for dimension, held in people.items():
        if held:
            frames = [_for(frame, person, dimension, book, vocabulary) for frame in frames for person in held]
    return frames


def _for(frame: Frame, person: UUID, dimension: str, book: FactBook, vocabulary: Mapping[str, Fact]) -> Frame:
    """The frame with the person's own facts in place of the case's, wherever anybody's own value is known to the book."""
    own = book.about.get(person, {})
    values = dict(frame.values)
    values.update({name: fact.value for name, fact in own.items() if vocabulary[name].per == dimension})
    return Frame((*frame.people, person), values, {**frame.whose, dimension: str(person)})


def _combine(rule: Rule, decided: Iterable[tuple[Frame, Outcome]]) -> Finding:
    seen = list(decided)
    for outcome in (Outcome.FIRES, Outcome.CANNOT_DECIDE):
        hits = [frame for frame, found in seen if found is outcome]
        if hits:
            groups = tuple(tuple(sorted(map(str, frame.people))) for frame in hits)
            about = tuple(sorted({p for g in groups for p in g}))
            open_ = outcome is Outcome.CANNOT_DECIDE or rule.reaches_as == "duty"
            undecided = tuple(frame for frame, found in seen if open_ and found is Outcome.CANNOT_DECIDE)
            return Finding(rule, outcome, about, hits[0].values, groups, undecided)
    return Finding(rule, Outcome.DOES_NOT_FIRE, (), seen[0][0].values)
