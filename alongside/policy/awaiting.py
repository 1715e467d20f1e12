"""Which rules hang on a local choice, and so which say that a default in force awaits the partnership's confirmation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from alongside.policy.parser import parse
from alongside.policy.rules import DEFAULT, Parameter, Rule
from alongside.policy.tokens import ConditionError
from alongside.policy.tree import Between, Compare, Flag, In, Node, operands, walk
from alongside.policy.tree import Parameter as Named
from alongside.policy.vocabulary import Fact


def hangs_on(rule: Rule, parameter: Parameter, vocabulary: Mapping[str, Fact]) -> bool:
    """Whether a choice takes part in a rule: it replaces words of it, is named in its condition, or is said to concern it."""
    said = {*(one.rule for one in parameter.replaces), *parameter.concerns}
    return rule.id in said or parameter.name in named(rule.when, vocabulary)


def named(condition: str, vocabulary: Mapping[str, Fact]) -> frozenset[str]:
    """The facts and parameters of a condition, with those that its derived facts are made of."""
    found: set[str] = set()
    waiting = [condition]
    while waiting:
        for leaf in _parts(waiting.pop()):
            if isinstance(leaf, Flag | Compare | Between | In):
                held = {one.name for one in operands(leaf) if isinstance(one, Named)} | set(leaf.names)
                waiting += [text for name in held - found if (text := _made_of(vocabulary.get(name)))]
                found |= held
    return frozenset(found)


def _parts(condition: str) -> Iterator[Node]:
    try:
        yield from walk(parse(condition))
    except ConditionError:  # a fault of its own, told where the condition stands
        return


def _made_of(fact: Fact | None) -> str | None:
    return fact.derived if fact else None


def telling(
    rules: Iterable[Rule],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, Any],
    settled: Collection[str],
    vocabulary: Mapping[str, Fact],
) -> list[Rule]:
    """The rules, each saying which defaults it hangs on that nobody has confirmed; `settled` are the names chosen by somebody."""
    open_ = [one for name, one in parameters.items() if is_awaiting(one) and name in values and name not in settled]
    return [
        _telling(rule, [one for one in open_ if hangs_on(rule, one, vocabulary)], values, vocabulary) for rule in rules
    ]


def awaited(rules: Iterable[Rule]) -> list[str]:
    """What rules that went through `telling` say of defaults that nobody has confirmed, each once."""
    return list(dict.fromkeys(words for rule in rules for words in rule.local if words.startswith(DEFAULT)))


def is_awaiting(parameter: Parameter) -> bool:
    """Whether a choice is in force as shipped, until the partnership confirms it or chooses otherwise."""
    return parameter.status == "confirm" and parameter.value is not None


def _telling(rule: Rule, open_: Iterable[Parameter], values: Mapping[str, Any], vocabulary: Mapping[str, Fact]) -> Rule:
    words = tuple(one.awaits(values[one.name], vocabulary.get(one.name)) for one in open_)
    return replace(rule, local=(*rule.local, *words)) if words else rule
