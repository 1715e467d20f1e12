"""Trees read over many cases at once: one reading, written in whatever has columns (`frame` Polars, `sql` SQL, `proof` z3).

A fact is a column of its name; null is not known. Beside it may stand `NAME__min` and `NAME__max`, the ends of a number known
only as a range (null: open), and `NAME__na`: true where the question does not arise, false where it was asked and is not known,
null (or no such column) where the fact was left out. A column that is missing altogether is a fact left out of every case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any as Anything
from typing import Generic, Protocol, TypeVar

from alongside.policy.evaluate import evaluate
from alongside.policy.generate import Names
from alongside.policy.tree import (
    All,
    Any,
    Between,
    Compare,
    Constant,
    Derived,
    Flag,
    In,
    Name,
    Node,
    Not,
    Operand,
    Parameter,
    walk,
)

MIN, MAX, NA = "__min", "__max", "__na"
_MIRROR = {">": "<", ">=": "<="}
E = TypeVar("E")


class Algebra(Protocol[E]):
    """What a language of columns must say. Truths have three values: null is not known, and AND, OR, NOT leave it so."""

    def column(self, name: str) -> E: ...
    def constant(self, value: Constant | None) -> E: ...
    def compare(self, left: E, op: str, right: E) -> E: ...
    def among(self, value: E, members: Sequence[Constant]) -> E: ...
    def every(self, truths: Sequence[E]) -> E: ...
    def some(self, truths: Sequence[E]) -> E: ...
    def negate(self, truth: E) -> E: ...
    def pick(self, condition: E, then: E, otherwise: E) -> E:
        """`then` where the condition is true, else (false or null) `otherwise`."""

    def first_known(self, values: Sequence[E]) -> E: ...
    def is_null(self, value: E) -> E: ...


class Reader(Generic[E]):
    """Turns trees into expressions over some columns; each distinct node is made once."""

    def __init__(self, algebra: Algebra[E], names: Names, columns: Collection[str]) -> None:
        self._say, self._names, self._columns = algebra, names, frozenset(columns)
        self._nodes: dict[Node, E] = {}
        self._yes, self._no, self._open = algebra.constant(True), algebra.constant(False), algebra.constant(None)

    def node(self, node: Node) -> E:
        """The expression of a tree: true, false, or null where it cannot be decided."""
        if node not in self._nodes:
            self._nodes[node] = self._read(node) if node.names else self._say.constant(evaluate(node, {}))
        return self._nodes[node]

    def _read(self, node: Node) -> E:
        match node:
            case Flag(operand):
                return self._applying([operand], self._value(operand))
            case Compare(left, op, right):
                return self._applying([left, right], self._compare(left, op, right))
            case Between(operand, low, high):
                ends = [self._compare(operand, ">=", low), self._compare(operand, "<=", high)]
                return self._applying([operand, low, high], self._say.every(ends))
            case In(operand, values):
                return self._applying([operand], self._contains(operand, values))
            case Not(child):
                return self._say.negate(self.node(child))
            case All(parts):
                return self._say.every([self.node(part) for part in parts])
            case Any(parts):
                return self._say.some([self.node(part) for part in parts])
            case Derived(name, tree):
                return self._derived(Name(name), self.node(tree))

    def _derived(self, given: Name, made: E) -> E:
        """A derived fact that is given stands; one said not to apply is not so."""
        if given.name not in self._columns:
            return made
        return self._say.first_known([self._applying([given], self._value(given)), made])

    def _applying(self, operands: Iterable[Operand], truth: E) -> E:
        """False where any side is not applicable, whatever the comparison."""
        away = [one for operand in operands if isinstance(operand, Name) for one in self._away(operand.name)]
        return self._say.pick(self._say.some(away), self._no, truth) if away else truth

    def _away(self, name: str) -> Iterator[E]:
        """Whether it is said not to apply, and whether it was left out where it does not: each only if it can be."""
        say, column = self._say, f"{name}{NA}"
        if column in self._columns:
            yield say.pick(say.column(column), self._yes, self._no)
        if name in self._names.applies:
            tree = self._names.applies[name]
            left_out = [say.is_null(one) for one in self._said_of(name)]
            if tree.names:
                applies = self.node(tree)
                yield say.every([*left_out, say.pick(applies, self._no, say.negate(say.is_null(applies)))])
            elif evaluate(tree, {}) is False:
                yield say.every([*left_out, self._yes])

    def _said_of(self, name: str) -> list[E]:
        """Every column that says something of a fact."""
        held = (column for column in (name, f"{name}{NA}", f"{name}{MIN}", f"{name}{MAX}") if column in self._columns)
        return [self._say.column(column) for column in held]

    def _value(self, operand: Operand) -> E:
        match operand:
            case Name(name):
                return self._fact(name)
            case Parameter():
                return self._open
            case _:
                return self._say.constant(operand)

    def _fact(self, name: str) -> E:
        """A fact's value; a setting in force stands where nothing was said of it."""
        value = self._say.column(name) if name in self._columns else self._open
        setting: Anything = self._names.settings.get(name)
        if setting is None:
            return value
        asked = self._say.negate(self._say.is_null(self._say.column(f"{name}{NA}")))
        in_force = self._say.constant(setting)
        if f"{name}{NA}" in self._columns:
            in_force = self._say.pick(asked, self._open, in_force)
        return self._say.first_known([value, in_force]) if name in self._columns else in_force

    def _has_ends(self, operand: Operand) -> bool:
        return isinstance(operand, Name) and any(f"{operand.name}{end}" in self._columns for end in (MIN, MAX))

    def _end(self, operand: Operand, end: str) -> E:
        """Least or greatest possible; null where that end is open."""
        value = self._value(operand)
        if isinstance(operand, Name) and f"{operand.name}{end}" in self._columns:
            return self._say.first_known([value, self._say.column(f"{operand.name}{end}")])
        return value

    def _compare(self, left: Operand, op: str, right: Operand) -> E:
        if not (self._has_ends(left) or self._has_ends(right)):
            return self._say.compare(self._value(left), op, self._value(right))
        if op in _MIRROR:
            left, op, right = right, _MIRROR[op], left
        least, most = self._end(left, MIN), self._end(left, MAX)
        low, high = self._end(right, MIN), self._end(right, MAX)
        say = self._say.compare
        if op == "<":
            return self._decided(say(most, "<", low), say(least, ">=", high))
        if op == "<=":
            return self._decided(say(most, "<=", low), say(least, ">", high))
        one = self._say.every([say(least, "=", most), say(low, "=", high), say(least, "=", low)])
        same = self._decided(one, self._say.some([say(most, "<", low), say(high, "<", least)]))
        return same if op == "=" else self._say.negate(same)

    def _decided(self, sure: E, never: E) -> E:
        """True where sure, false where never, else not known."""
        return self._say.pick(sure, self._yes, self._say.pick(never, self._no, self._open))

    def _contains(self, operand: Operand, values: Iterable[Operand]) -> E:
        listed = list(values)
        constant = [one for one in listed if not isinstance(one, Name | Parameter)]
        if len(constant) == len(listed) and not self._has_ends(operand):
            return self._say.among(self._value(operand), constant)
        each = self._say.some([self.node(Compare(operand, "=", one)) for one in listed])
        if not self._has_ends(operand) or (isinstance(operand, Name) and operand.name in self._names.decimals):
            return each
        least, most = self._end(operand, MIN), self._end(operand, MAX)
        inside = [
            self._say.every([self._say.compare(least, ">=", run[0]), self._say.compare(most, "<=", run[1])])
            for run in ((self._say.constant(low), self._say.constant(high)) for low, high in _runs(constant))
        ]
        return self._say.pick(self._say.some(inside), self._yes, each) if inside else each


class Readers(Generic[E]):
    """Readers over the same columns, one for each pack's way of filling facts in."""

    def __init__(self, algebra: Algebra[E], columns: Collection[str]) -> None:
        self.say, self.columns = algebra, columns
        self._made: dict[int, tuple[Names, Reader[E]]] = {}

    def node(self, node: Node, names: Names) -> E:
        """The expression of a tree of a pack."""
        if id(names) not in self._made:
            self._made[id(names)] = names, Reader(self.say, names, self.columns)
        return self._made[id(names)][1].node(node)


def hangs_on(node: Node, names: Names) -> frozenset[str]:
    """The facts a tree hangs on: its own, those its derived facts are made of, and those that say whether one applies."""
    held = {name for part in walk(node) for name in part.names}
    held |= {part.name for part in walk(node) if isinstance(part, Derived)}
    deeper = [names.applies[name] for name in held & names.applies.keys()]
    return frozenset(held.union(*(tree.names for tree in deeper)))


def _runs(members: Iterable[Anything]) -> list[tuple[int, int]]:
    """Whole numbers as runs of neighbours: a range within one run is inside, whichever of its numbers is true."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(members)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
