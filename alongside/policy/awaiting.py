"""Which rules hang on a local choice, and so which say that a default in force awaits the partnership's confirmation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from alongside.policy.parser import parse
from alongside.policy.rules import DEFAULT, Parameter, Rule
from alongside.policy.tokens import ConditionError
from alongside.policy.tree import Between, Compare, Flag, In, operands, walk
from alongside.policy.tree import Parameter as Named
from alongside.policy.vocabulary import Fact


def hangs_on(rule: Rule, parameter: Parameter, vocabulary: Mapping[str, Fact]) -> bool:
    """Whether a choice takes part in a rule: it replaces words of it, is named in its condition, or is said to concern it."""
    return _is_about(rule, parameter) or parameter.name in named(rule.when, vocabulary)


def _is_about(rule: Rule, parameter: Parameter) -> bool:
    return rule.id in parameter.concerns or any(one.rule == rule.id for one in parameter.replaces)


def named(condition: str, vocabulary: Mapping[str, Fact]) -> frozenset[str]:
    """The facts and parameters of a condition, with those that its derived facts are made of."""
    found: set[str] = set()
    waiting = [condition]
    while waiting:
        held = _said(waiting.pop())
        waiting += [text for name in held - found if (text := _made_of(vocabulary.get(name)))]
        found |= held
    return frozenset(found)


@lru_cache(maxsize=4096)
def _said(condition: str) -> frozenset[str]:
    """The facts and parameters that the text of a condition says; none of one that cannot be read."""
    try:
        leaves = [leaf for leaf in walk(parse(condition)) if isinstance(leaf, Flag | Compare | Between | In)]
    except ConditionError:  # a fault of its own, told where the condition stands
        return frozenset()
    chosen = {one.name for leaf in leaves for one in operands(leaf) if isinstance(one, Named)}
    return frozenset(chosen.union(*(leaf.names for leaf in leaves)))


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
    return [_telling(rule, open_, values, vocabulary) for rule in rules]


def awaited(rules: Iterable[Rule]) -> list[str]:
    """What rules that went through `telling` say of defaults that nobody has confirmed, each once."""
    return list(dict.fromkeys(words for rule in rules for words in rule.local if words.startswith(DEFAULT)))


def is_awaiting(parameter: Parameter) -> bool:
    """Whether a choice is in force as shipped, until the partnership confirms it or chooses otherwise."""
    return parameter.status == "confirm" and parameter.value is not None


def _telling(
    rule: Rule, open_: Collection[Parameter], values: Mapping[str, Any], vocabulary: Mapping[str, Fact]
) -> Rule:
    names = named(rule.when, vocabulary) if open_ else frozenset()
    hung = [one for one in open_ if one.name in names or _is_about(rule, one)]
    words = tuple(one.awaits(values[one.name], vocabulary.get(one.name)) for one in hung)
    return replace(rule, local=(*rule.local, *words)) if words else rule
