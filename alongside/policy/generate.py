"""From trees to one Python function: every distinct node is worked out once for a case.

Only trees checked against the vocabulary come here; constants travel in the namespace, never as source text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any as Anything
from typing import Final, cast

from alongside.policy import evaluate
from alongside.policy.tree import All, Any, Between, Compare, Derived, Flag, In, Name, Node, Not, Operand, Parameter
from alongside.policy.values import NOT_APPLICABLE, Outcome, Truth, Value

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_SIGN: Final = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_LEFT_OUT: Final = object()

Outcomes = Callable[[Mapping[str, Value]], dict[str, Outcome]]
Vector = Callable[[Mapping[str, Value]], tuple[tuple[Truth, ...], tuple[Value, ...]]]


@dataclass(frozen=True)
class Names:
    """How the facts of a pack are filled in: settings in force, when a fact applies at all, which are booleans or decimals."""

    booleans: frozenset[str]
    settings: Mapping[str, Value] = field(default_factory=dict)
    applies: Mapping[str, Node] = field(default_factory=dict)
    decimals: frozenset[str] = frozenset()


class _Writer:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.lines: list[str] = []
        self.nodes: dict[Node, str] = {}
        self.facts: dict[str, str] = {}
        self.read: dict[str, Anything] = {}  # facts read at once, each with what stands where it was left out
        self.space: dict[str, Anything] = {
            "NA": NOT_APPLICABLE,
            "LEFT": _LEFT_OUT,
            "compare": evaluate.compare,
            "between": evaluate.between,
            "contains": evaluate.contains,
            "FIRES": Outcome.FIRES,
            "OPEN": Outcome.CANNOT_DECIDE,
        }

    def node(self, node: Node) -> str:
        """The variable that holds a node's value; written on first use."""
        if node not in self.nodes:
            source = self._source(node)
            if isinstance(node, Flag) and isinstance(node.operand, Name):
                self.nodes[node] = source  # may be NA: only `is True` and `is None` are ever asked of a node
            else:
                self.nodes[node] = f"n{len(self.nodes)}"
                self.lines.append(f"{self.nodes[node]} = {source}")
        return self.nodes[node]

    def fact(self, name: str) -> str:
        """The variable that holds a fact's value, filled in as the vocabulary says."""
        if name not in self.facts:
            if not _NAME.match(name):
                raise ValueError(f"{name!r} is no name of a fact")
            variable = self.facts[name] = f"f_{name}"
            if name in self._names.applies:
                applies, self.read[name] = self.node(self._names.applies[name]), _LEFT_OUT
                self.lines.append(
                    f"if {variable} is LEFT: {variable} = None if {applies} is None or {applies} is True else NA"
                )
            elif name in self._names.settings:
                self._seldom(name, self._names.settings[name])
            else:
                self.read[name] = None
        return self.facts[name]

    def _seldom(self, name: str, default: Value) -> str:
        """The variable of what a case hardly ever says."""
        self.facts[name] = f"f_{name}"
        self.lines.append(f"f_{name} = facts.get({name!r}, {self._constant(default)})")
        return self.facts[name]

    def _source(self, node: Node) -> str:
        match node:
            case Flag(operand):
                return self._operand(operand)
            case Compare():
                return self._compare(node)
            case Between(operand, low, high):
                return f"between({self._operand(operand)}, {self._operand(low)}, {self._operand(high)})"
            case In():
                return self._in(node)
            case Not(child):
                value = self.node(child)
                return f"None if {value} is None else {value} is not True"
            case All((first, second)):
                one, two = self.node(first), self.node(second)
                return f"{two} if {one} is True else False if {one} is not None or {two} is not True and {two} is not None else None"
            case Any((first, second)):
                one, two = self.node(first), self.node(second)
                return f"True if {one} is True else {two} if {one} is not None else True if {two} is True else None"
            case All(parts):
                held = [self.node(part) for part in parts]
                sure = " and ".join(f"{part} is True" for part in held)
                open_ = " and ".join(f"({part} is True or {part} is None)" for part in held)
                return f"True if {sure} else None if {open_} else False"
            case Any(parts):
                held = [self.node(part) for part in parts]
                sure = " or ".join(f"{part} is True" for part in held)
                open_ = " or ".join(f"{part} is None" for part in held)
                return f"True if {sure} else None if {open_} else False"
            case Derived(name, tree):
                is_plain = name not in self.facts and name not in self._names.applies
                given, made = self._seldom(name, None) if is_plain else self.fact(name), self.node(tree)
                return f"{made} if {given} is None else {given} is True"

    def _compare(self, node: Compare) -> str:
        left, right = self._operand(node.left), self._operand(node.right)
        careful = f"compare({left}, {node.op!r}, {right})"
        plain = f"{left} {_SIGN[node.op]} {right}"
        kinds = {
            "int" if isinstance(side, int) else "str" if isinstance(side, str) else ""
            for side in (node.left, node.right)
        }
        kind = "int" if "int" in kinds else "str" if "str" in kinds else ""
        named = [self._operand(side) for side in (node.left, node.right) if isinstance(side, Name)]
        if len(named) == 2:
            return f"{plain} if {named[0]}.__class__ is {named[1]}.__class__ is int else {careful}"
        if len(named) == 1 and kind:
            return f"{plain} if {named[0]}.__class__ is {kind} else None if {named[0]} is None else {careful}"
        return careful

    def _in(self, node: In) -> str:
        value, members = self._operand(node.operand), ", ".join(map(self._operand, node.values))
        if all(isinstance(member, str) for member in node.values):
            listed = self._constant(frozenset(node.values))
            return f"{value} in {listed} if {value}.__class__ is str else contains({value}, ({members},))"
        return f"contains({value}, ({members},))"

    def _operand(self, operand: Operand) -> str:
        match operand:
            case Name(name):
                return self.fact(name)
            case Parameter():
                return "None"  # a parameter without a value: not known
            case bool():
                return repr(operand)
            case int():
                return f"({operand!r})" if operand < 0 else repr(operand)
            case _:
                return self._constant(operand)

    def _constant(self, value: object) -> str:
        if value is None or value is True or value is False:
            return repr(value)
        key = f"k{len(self.space)}"
        self.space[key] = value
        return key


@dataclass(frozen=True)
class Program:
    """Generated code for some conditions. `nodes` and `facts` name the places of `vector`; a node stands after its parts.

    Its two functions are compiled when they are first asked for: most programs are asked only one of the two, many none.
    """

    roots: tuple[int, ...]
    nodes: tuple[Node, ...]
    facts: tuple[str, ...]
    _body: str = field(repr=False)
    _answers: str = field(repr=False)
    _values: str = field(repr=False)
    _space: dict[str, Anything] = field(repr=False)

    @cached_property
    def outcomes(self) -> Outcomes:
        """Every root's outcome, and nothing else."""
        return cast(Outcomes, self._compiled(f"{self._answers}\n    return found"))

    def vector(self, facts: Mapping[str, Value]) -> tuple[list[Truth], tuple[Value, ...]]:
        """Every node's value, and every fact's as it was filled in."""
        truths, held = self._vector(facts)
        return [truth if truth is None else truth is True for truth in truths], held

    @cached_property
    def _vector(self) -> Vector:
        return cast(Vector, self._compiled(f"return {self._values}"))

    def _compiled(self, answer: str) -> Anything:
        source = f"def decide(facts):\n    {self._body}\n    {answer}\n"
        made = dict(self._space)
        exec(compile(source, "<policy pack>", "exec"), made)  # noqa: S102 - only checked trees are written
        return made["decide"]


def build(trees: Mapping[str, Node], names: Names) -> Program:
    """Write the program of some named trees, parameters already replaced."""
    writer = _Writer(names)
    roots = {name: writer.node(tree) for name, tree in trees.items()}
    nodes, held = ("".join(f"{one}, " for one in some.values()) for some in (writer.nodes, writer.facts))
    places = {node: index for index, node in enumerate(writer.nodes)}
    return Program(
        roots=tuple(places[tree] for tree in trees.values()),
        nodes=tuple(writer.nodes),
        facts=tuple(writer.facts),
        _body="\n    ".join([*_unpack(writer), *writer.lines]),
        _answers="\n    ".join(_answers(writer, roots)),
        _values=f"({nodes}), ({held})",
        _space=writer.space,
    )


def _unpack(writer: _Writer) -> Iterator[str]:
    """Facts into their variables at once; where one was left out, all are filled in first."""
    if writer.read:
        writer.space["read"], writer.space["LEFT_OUT"] = itemgetter(*writer.read), writer.read
        into = ", ".join(map(writer.facts.__getitem__, writer.read))
        yield f"try: {into} = read(facts)"
        yield f"except KeyError: {into} = read({{**LEFT_OUT, **facts}})"


def _answers(writer: _Writer, roots: Mapping[str, str]) -> Iterator[str]:
    """A dictionary in which every rule does not fire, and then what each comes to otherwise; rules of one condition together."""
    writer.space["NONE"] = dict.fromkeys(roots, Outcome.DOES_NOT_FIRE)
    rules: dict[str, list[str]] = {}
    for name, variable in roots.items():
        rules.setdefault(variable, []).append(name)
    yield "found = NONE.copy()"
    for variable, names in rules.items():
        places = " = ".join(f"found[{name!r}]" for name in names)
        yield f"if {variable} is True: {places} = FIRES"
        yield f"elif {variable} is None: {places} = OPEN"
