"""What is left of a condition once the known facts have had their say: only undecided branches, their leaves, their facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from alongside.policy.evaluate import evaluate
from alongside.policy.tree import Between, Compare, Flag, In, Leaf, Name, Node, Operand, Parameter, operands, replace
from alongside.policy.values import Number, Range, Truth, Value, is_known
from alongside.policy.vocabulary import Fact


@dataclass(frozen=True)
class Open:
    """An undecided leaf, with the facts of it that are not known."""

    leaf: Leaf
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Turned:
    """NOT over what is left."""

    part: Rest


@dataclass(frozen=True)
class Both:
    """AND over what is left: the other children are true."""

    parts: tuple[Rest, ...]


@dataclass(frozen=True)
class Either:
    """OR over what is left: the other children are false."""

    parts: tuple[Rest, ...]


Rest = Open | Turned | Both | Either


def leaves(rest: Rest) -> Iterable[Open]:
    """The undecided leaves, from left to right; one that stands twice is given twice."""
    match rest:
        case Open():
            yield rest
        case Turned(part):
            yield from leaves(part)
        case Both(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)


def renamed(rest: Rest, names: Mapping[Operand, Operand]) -> Rest:
    """The same with some facts under other names: one child's age is another question than her brother's."""
    match rest:
        case Open(leaf):
            told = replace(leaf, names)
            held = {was.name: now.name for was, now in names.items() if isinstance(was, Name) and isinstance(now, Name)}
            asked = tuple(sorted(held.get(one, one) for one in rest.unknown))
            return Open(told, asked) if isinstance(told, Flag | Compare | Between | In) else rest
        case Turned(part):
            return Turned(renamed(part, names))
        case Both(parts):
            return Both(tuple(renamed(part, names) for part in parts))
        case Either(parts):
            return Either(tuple(renamed(part, names) for part in parts))


def truth_of(rest: Rest, told: Mapping[Open, Truth]) -> Truth:
    """What is left once some of its leaves are decided; a leaf not named stays open."""
    match rest:
        case Open():
            return told.get(rest)
        case Turned(part):
            inner = truth_of(part, told)
            return None if inner is None else not inner
        case Both(parts):
            truths = [truth_of(part, told) for part in parts]
            return False if False in truths else None if None in truths else True
        case Either(parts):
            truths = [truth_of(part, told) for part in parts]
            return True if True in truths else None if None in truths else False


class Domain:
    """The answers worth trying for each unknown fact: every answer that could make a difference to the leaves given."""

    def __init__(self, opened: Sequence[Open], facts: Mapping[str, Value], vocabulary: Mapping[str, Fact]) -> None:
        self._facts, self._vocabulary = facts, vocabulary
        self._constants: dict[str, set[Number | str]] = {}
        self._joined: dict[str, bool] = {}
        for leaf in opened:
            for name in leaf.unknown:
                self._constants.setdefault(name, set()).update(self._fixed(leaf))
                self._joined[name] = self._joined.get(name, False) or len(leaf.unknown) > 1
        self._spread_over_pairs(opened)
        self.answers = {name: self._answers(name) for name in self._constants}

    def truth(self, leaf: Leaf, answers: Mapping[str, Value]) -> Truth:
        """The leaf's value with these answers in place of what was not known."""
        return evaluate(leaf, {**{name: self._facts.get(name) for name in leaf.names}, **answers})

    def _fixed(self, opened: Open) -> set[Number | str]:
        held: set[Number | str] = set()
        for operand in operands(opened.leaf):
            value = self._facts.get(operand.name) if isinstance(operand, Name | Parameter) else operand
            ends = (value.min, value.max) if isinstance(value, Range) else (value,)
            held.update(end for end in ends if isinstance(end, int | Decimal | str) and not isinstance(end, bool))
        return held

    def _spread_over_pairs(self, opened: Sequence[Open]) -> None:
        for _ in self._constants:
            for leaf in opened:
                if len(leaf.unknown) > 1:
                    union = set().union(*(self._constants[name] for name in leaf.unknown))
                    for name in leaf.unknown:
                        self._constants[name] = set(union)

    def _answers(self, name: str) -> tuple[Value, ...]:
        fact = self._vocabulary.get(name)
        constants = self._constants[name]
        if fact is not None and fact.type == "boolean":
            return (True, False)
        if any(isinstance(constant, str) for constant in constants) or (fact is not None and fact.type == "word"):
            return self._words(fact, {constant for constant in constants if isinstance(constant, str)})
        numbers = {constant for constant in constants if not isinstance(constant, str)}
        return self._numbers(name, fact, numbers)

    @staticmethod
    def _words(fact: Fact | None, mentioned: set[str]) -> tuple[Value, ...]:
        allowed = fact.words if fact is not None and fact.words else (*sorted(mentioned), "")
        others = [word for word in allowed if word not in mentioned]
        return (*(word for word in allowed if word in mentioned), *others[:2])

    def _numbers(self, name: str, fact: Fact | None, constants: set[Number]) -> tuple[Value, ...]:
        low, high = fact.range if fact is not None and fact.range else (None, None)
        held = self._facts.get(name)
        if isinstance(held, Range):
            low, high = held.min, held.max
        constants = constants | {end for end in (low, high) if end is not None} or {0}
        reach = 2 if self._joined[name] else 1
        tried: set[Number] = {constant + step for constant in constants for step in range(-reach, reach + 1)}
        if fact is not None and fact.type == "number":
            ordered = sorted(tried)
            tried |= {(Decimal(a) + Decimal(b)) / 2 for a, b in pairwise(ordered)}
        return tuple(n for n in sorted(tried) if (low is None or n >= low) and (high is None or n <= high))


def open_leaf(leaf: Leaf, facts: Mapping[str, Value]) -> Open:
    """An undecided leaf with its unknown names in the order of the alphabet."""
    return Open(leaf, tuple(sorted(name for name in leaf.names if not is_known(facts.get(name)))))


def is_leaf(node: Node) -> bool:
    """Whether a node has nothing under it."""
    return isinstance(node, Flag | Compare | Between | In)
