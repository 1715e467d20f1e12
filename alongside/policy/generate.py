"""From trees to one Python function: every distinct node is worked out once for a case.

Only trees checked against the vocabulary come here; constants travel in the namespace, never as source text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything
from typing import Final

from alongside.policy import evaluate
from alongside.policy.tree import All, Any, Between, Compare, Derived, Flag, In, Name, Node, Not, Operand, Parameter
from alongside.policy.values import NOT_APPLICABLE, Truth, Value

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*\Z")
_SIGN: Final = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_LEFT_OUT: Final = object()

Truths = Callable[[Mapping[str, Value]], tuple[Truth, ...]]
Vector = Callable[[Mapping[str, Value]], tuple[tuple[Truth, ...], tuple[Value, ...]]]


@dataclass(frozen=True)
class Names:
    """How the facts of a pack are filled in: settings in force, when a fact applies at all, which are booleans."""

    booleans: frozenset[str]
    settings: Mapping[str, Value] = field(default_factory=dict)
    applies: Mapping[str, Node] = field(default_factory=dict)


class _Writer:
    def __init__(self, names: Names) -> None:
        self._names = names
        self.lines: list[str] = []
        self.nodes: dict[Node, str] = {}
        self.facts: dict[str, str] = {}
        self.space: dict[str, Anything] = {
            "NA": NOT_APPLICABLE,
            "LEFT": _LEFT_OUT,
            "compare": evaluate.compare,
            "between": evaluate.between,
            "contains": evaluate.contains,
        }

    def node(self, node: Node) -> str:
        """The variable that holds a node's value; written on first use."""
        if node not in self.nodes:
            source = self._source(node)
            self.nodes[node] = f"n{len(self.nodes)}"
            self.lines.append(f"{self.nodes[node]} = {source}")
        return self.nodes[node]

    def fact(self, name: str) -> str:
        """The variable that holds a fact's value, filled in as the vocabulary says."""
        if name not in self.facts:
            assert _NAME.match(name), name
            variable = f"f_{name}"
            if name in self._names.applies:
                applies = self.node(self._names.applies[name])
                self.lines.append(f"{variable} = g({name!r}, LEFT)")
                self.lines.append(f"if {variable} is LEFT: {variable} = NA if {applies} is False else None")
            elif name in self._names.settings:
                self.lines.append(f"{variable} = g({name!r}, {self._constant(self._names.settings[name])})")
            else:
                self.lines.append(f"{variable} = g({name!r})")
            self.facts[name] = variable
        return self.facts[name]

    def _source(self, node: Node) -> str:
        match node:
            case Flag(Name(name)):
                value = self.fact(name)
                return f"False if {value} is NA else {value}"
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
                return f"None if {value} is None else not {value}"
            case All(parts):
                return self._join([self.node(part) for part in parts], "False", "True")
            case Any(parts):
                return self._join([self.node(part) for part in parts], "True", "False")
            case Derived(name, tree):
                given, made = self.fact(name), self.node(tree)
                return f"{made} if {given} is None else {given} is True"

    @staticmethod
    def _join(parts: Sequence[str], decisive: str, otherwise: str) -> str:
        decided = " or ".join(f"{part} is {decisive}" for part in parts)
        open_ = " or ".join(f"{part} is None" for part in parts)
        return f"{decisive} if {decided} else None if {open_} else {otherwise}"

    def _compare(self, node: Compare) -> str:
        left, right = self._operand(node.left), self._operand(node.right)
        careful = f"compare({left}, {node.op!r}, {right})"
        plain = f"{left} {_SIGN[node.op]} {right}"
        kinds = {"int" if isinstance(side, int) else "str" if isinstance(side, str) else "" for side in (node.left, node.right)}
        kind = "int" if "int" in kinds else "str" if "str" in kinds else ""
        named = [self._operand(side) for side in (node.left, node.right) if isinstance(side, Name)]
        if len(named) == 2:
            return f"{plain} if {named[0]}.__class__ is {named[1]}.__class__ is int else {careful}"
        if len(named) == 1 and kind:
            return f"{plain} if {named[0]}.__class__ is {kind} else {careful}"
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
    """Generated code for some trees: `truths` gives the roots' values; `vector` every node's and every fact's.

    `nodes` and `facts` name the places of `vector`; a node stands after its children.
    """

    roots: tuple[int, ...]
    nodes: tuple[Node, ...]
    facts: tuple[str, ...]
    truths: Truths
    vector: Vector


def build(trees: Sequence[Node], names: Names) -> Program:
    """Write and compile the program of some trees, parameters already replaced."""
    writer = _Writer(names)
    roots = [writer.node(tree) for tree in trees]
    every = ", ".join(writer.nodes.values()), ", ".join(writer.facts.values())
    body = "\n    ".join(["g = facts.get", *writer.lines])
    source = (
        f"def truths(facts):\n    {body}\n    return ({''.join(f'{root}, ' for root in roots)})\n"
        f"def vector(facts):\n    {body}\n    return ({every[0]},), ({every[1]},)\n"
    )
    if not roots:
        source = "def truths(facts):\n    return ()\ndef vector(facts):\n    return (), ()\n"
    exec(compile(source, "<policy pack>", "exec"), writer.space)  # noqa: S102 - only checked trees are written
    places = {node: index for index, node in enumerate(writer.nodes)}
    return Program(
        tuple(places[tree] for tree in trees),
        tuple(writer.nodes),
        tuple(writer.facts),
        writer.space["truths"],
        writer.space["vector"],
    )

