"""The typed tree of a condition: frozen nodes, compared by what they say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TypeAlias

from alongside.policy.values import Number

Constant: TypeAlias = bool | Number | str


class _Node:
    """Shared by all nodes: the text, and the names met from left to right."""

    @cached_property
    def text(self) -> str:
        return render(self)  # type: ignore[arg-type]

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_names(self)))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Name:
    """A fact as an operand."""

    name: str


@dataclass(frozen=True)
class Parameter:
    """A local parameter as an operand, `:name` in the text; replaced by its value when a pack is resolved."""

    name: str


Operand: TypeAlias = Name | Parameter | Constant


@dataclass(frozen=True)
class Flag(_Node):
    """A boolean fact, parameter or constant standing alone."""

    operand: Operand


@dataclass(frozen=True)
class Compare(_Node):
    """`left op right`, op one of = <> < <= > >=."""

    left: Operand
    op: str
    right: Operand


@dataclass(frozen=True)
class Between(_Node):
    """`operand BETWEEN low AND high`, both ends included."""

    operand: Operand
    low: Operand
    high: Operand


@dataclass(frozen=True)
class In(_Node):
    """`operand IN (…)`."""

    operand: Operand
    values: tuple[Operand, ...]


@dataclass(frozen=True)
class Not(_Node):
    child: Node


@dataclass(frozen=True)
class All(_Node):
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Any(_Node):
    children: tuple[Node, ...]


@dataclass(frozen=True)
class Derived(_Node):
    """A derived fact: its own value where one is given, else the value of `tree`."""

    name: str
    tree: Node


Leaf: TypeAlias = Flag | Compare | Between | In
Node: TypeAlias = Leaf | Not | All | Any | Derived


def operands(leaf: Leaf) -> tuple[Operand, ...]:
    """The operands of a leaf, from left to right."""
    match leaf:
        case Flag(operand):
            return (operand,)
        case Compare(left, _, right):
            return (left, right)
        case Between(operand, low, high):
            return (operand, low, high)
        case In(operand, values):
            return (operand, *values)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node; a leaf has none."""
    match node:
        case Not(child):
            return (child,)
        case All(parts) | Any(parts):
            return parts
        case Derived(_, tree):
            return (tree,)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Every node of the tree, children before parents."""
    for child in children(node):
        yield from walk(child)
    yield node


def beside_its_negation(node: Node) -> Iterator[Node]:
    """Of each AND and each OR, the first part that stands in it with its own negation, derived facts opened: `x OR NOT x` is not
    decided where x is not known. `n < 3 OR n >= 3` is no such pair: neither is so where n does not apply.
    """
    for group in walk(node):
        if isinstance(group, All | Any):
            kind, held = type(group), _together(_sense(group), type(group))
            parts = (part for part in group.children if _together(_sense(part, is_so=False), kind) <= held)
            yield from (part.child if isinstance(part, Not) else part for part in islice(parts, 1))


_Sense: TypeAlias = tuple[Leaf, bool] | tuple[type, frozenset["_Sense"]]


def _sense(node: Node, *, is_so: bool = True) -> _Sense:
    """What a node says, or its contrary says, the same however it is written: negations at the leaves, no order, no brackets within
    brackets of one kind."""
    match node:
        case Not(child):
            return _sense(child, is_so=not is_so)
        case Derived(_, tree):
            return _sense(tree, is_so=is_so)
        case All(parts) | Any(parts):
            kind = All if isinstance(node, All) is is_so else Any
            return kind, frozenset().union(*(_together(_sense(part, is_so=is_so), kind) for part in parts))
        case _:
            return node, is_so


def _together(sense: _Sense, kind: type) -> frozenset[_Sense]:
    """The parts that a thing said brings to an AND, or to an OR."""
    return sense[1] if sense[0] is kind else frozenset({sense})


def replace(node: Node, values: Mapping[Operand, Operand]) -> Node:
    """The same tree with operands replaced."""

    def swap(operand: Operand) -> Operand:
        # True == 1 in Python: a boolean must never be taken for a number.
        return operand if isinstance(operand, bool) else values.get(operand, operand)

    match node:
        case Flag(operand):
            return Flag(swap(operand))
        case Compare(left, op, right):
            return Compare(swap(left), op, swap(right))
        case Between(operand, low, high):
            return Between(swap(operand), swap(low), swap(high))
        case In(operand, members):
            return In(swap(operand), tuple(map(swap, members)))
        case Not(child):
            return Not(replace(child, values))
        case All(parts):
            return All(tuple(replace(part, values) for part in parts))
        case Any(parts):
            return Any(tuple(replace(part, values) for part in parts))
        case Derived(name, tree):
            return Derived(name, replace(tree, values))


def render(node: Node) -> str:
    """The condition text of a node, brackets where the language needs them."""
    match node:
        case Flag(operand):
            return _operand(operand)
        case Compare(left, op, right):
            return f"{_operand(left)} {op} {_operand(right)}"
        case Between(operand, low, high):
            return f"{_operand(operand)} BETWEEN {_operand(low)} AND {_operand(high)}"
        case In(operand, values):
            return f"{_operand(operand)} IN ({', '.join(map(_operand, values))})"
        case Not(child):
            return f"NOT {_inner(child)}"
        case All(parts):
            return " AND ".join(map(_inner, parts))
        case Any(parts):
            return " OR ".join(map(_inner, parts))
        case Derived(name, _):
            return name


def _inner(node: Node) -> str:
    return f"({render(node)})" if isinstance(node, All | Any) else render(node)


def _operand(operand: Operand) -> str:
    match operand:
        case Name(name):
            return name
        case Parameter(name):
            return f":{name}"
        case bool():
            return "TRUE" if operand else "FALSE"
        case str():
            return "'" + operand.replace("'", "''") + "'"
        case _:
            return str(operand)


def _names(node: Node) -> Iterator[str]:
    if isinstance(node, Derived):
        yield node.name
    if isinstance(node, Flag | Compare | Between | In):
        yield from (operand.name for operand in operands(node) if isinstance(operand, Name | Parameter))
    for child in children(node):
        yield from _names(child)
