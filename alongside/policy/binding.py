"""From a checked condition to one that can be run: local values put in, derived facts opened."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any as Anything

from alongside.policy.generate import Names
from alongside.policy.parser import parse
from alongside.policy.tree import All, Any, Derived, Flag, Name, Node, Not, Operand, Parameter, replace
from alongside.policy.values import Value
from alongside.policy.vocabulary import Fact


class Binder:
    """Puts the parameters in force into conditions. A parameter of the name of a setting is that fact."""

    def __init__(self, vocabulary: Mapping[str, Fact], parameters: Mapping[str, Anything]) -> None:
        self._vocabulary = vocabulary
        self._derived: dict[str, Derived] = {}
        self._swap: dict[Operand, Operand] = {}
        for name, value in parameters.items():
            if name in vocabulary:
                continue
            if isinstance(value, bool | int | Decimal | str):
                self._swap[Parameter(name)] = value
        for name in vocabulary:
            self._swap[Parameter(name)] = Name(name)
        self.names = Names(
            booleans=frozenset(name for name, fact in vocabulary.items() if fact.type == "boolean"),
            decimals=frozenset(name for name, fact in vocabulary.items() if fact.type == "number"),
            settings=_settings(vocabulary, parameters),
            applies={name: self.bind(fact.applies_when) for name, fact in vocabulary.items() if fact.applies_when},
        )

    def bind(self, condition: str) -> Node:
        """Parse a sound condition and make it ready to run."""
        return self._open(self.parsed(condition))

    def parsed(self, condition: str) -> Node:
        """The same with derived facts left as names."""
        return replace(parse(condition), self._swap)

    def _open(self, node: Node) -> Node:
        match node:
            case Flag(Name(name)) if self._vocabulary[name].derived:
                return self._derived_fact(name)
            case Not(child):
                return Not(self._open(child))
            case All(parts):
                return All(tuple(map(self._open, parts)))
            case Any(parts):
                return Any(tuple(map(self._open, parts)))
        return node

    def _derived_fact(self, name: str) -> Derived:
        if name not in self._derived:
            self._derived[name] = Derived(name, self.bind(self._vocabulary[name].derived or ""))
        return self._derived[name]


def _settings(vocabulary: Mapping[str, Fact], parameters: Mapping[str, Anything]) -> dict[str, Value]:
    return {
        name: parameters[name]
        for name, fact in vocabulary.items()
        if fact.kind == "setting" and parameters.get(name) is not None
    }
