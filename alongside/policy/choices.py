"""Rules with every local choice left open: what is proved of them holds whichever value a partnership adopts, or none.

A choice becomes a fact of the case: `NAME`, bounded by what may vary, and `NAME_is_chosen` where the text stands until it is.
A choice that is in force for everybody is always chosen, with that value or another within its bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from alongside.policy.layers import put
from alongside.policy.parser import parse
from alongside.policy.rules import Parameter, Rule
from alongside.policy.vocabulary import Fact

CHOSEN = "_is_chosen"


def opened(rules: Iterable[Rule], parameters: Mapping[str, Parameter]) -> list[Rule]:
    """The rules, each saying both what its text says and what every choice makes of it."""
    return [replace(rule, when=_opened(rule, parameters.values())) for rule in rules]


def _opened(rule: Rule, parameters: Iterable[Parameter]) -> str:
    text = rule.when
    for parameter in parameters:
        for change in parameter.replaces:
            if change.rule == rule.id and change.part == "when":
                after = put(text, change.was, change.becomes)
                guard = _guard(parameter, change.only_if)
                text = f"({guard} AND ({after})) OR (NOT ({guard}) AND ({text}))" if guard else after
    return text


def _guard(parameter: Parameter, only_if: str | None) -> str:
    """When a change counts; empty where it always does."""
    chosen = [] if parameter.in_force is not None else [f"{parameter.name}{CHOSEN}"]
    return " AND ".join([*chosen, *([f"{parameter.name} = '{only_if}'"] if only_if is not None else [])])


def as_facts(vocabulary: Mapping[str, Fact], parameters: Mapping[str, Parameter]) -> dict[str, Fact]:
    """The vocabulary, with a fact for every choice that has one value."""
    facts = dict(vocabulary)
    for name, parameter in parameters.items():
        if name in vocabulary:
            facts[name] = _bounded(vocabulary[name], parameter)
        elif parameter.type != "list":
            facts[name] = _bounded(Fact(name, parameter.type, kind="setting"), parameter)
        if parameter.in_force is None:
            facts[f"{name}{CHOSEN}"] = Fact(f"{name}{CHOSEN}", "boolean", kind="setting")
    return facts


def _bounded(fact: Fact, parameter: Parameter) -> Fact:
    in_force = [] if parameter.in_force is None else [parameter.in_force]
    if not parameter.may_vary:
        return fact
    if fact.type == "integer":
        ends = [parameter.may_vary[0], parameter.may_vary[-1], *in_force]
        return replace(fact, range=(min(ends), max(ends)))
    return replace(fact, words=tuple(dict.fromkeys([*parameter.may_vary, *in_force]))) if fact.type == "word" else fact


def mentions(rule: Rule, parameter: Parameter) -> bool:
    """Whether a choice takes part in a rule: named in its condition, or replacing words of it or its deadline."""
    return any(change.rule == rule.id for change in parameter.replaces) or parameter.name in parse(rule.when).names
