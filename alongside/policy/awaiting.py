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
    return rule.id in _concerned(parameter) or parameter.name in named(rule.when, vocabulary)


def hanging(
    rules: Iterable[Rule], parameters: Iterable[Parameter], vocabulary: Mapping[str, Fact]
) -> dict[str, list[Rule]]:
    """The rules that hang on each of some choices, by its name: what `hangs_on` says of all, each condition read once."""
    said = [(rule, named(rule.when, vocabulary)) for rule in rules]
    concerned = {one.name: _concerned(one) for one in parameters}
    return {name: [rule for rule, names in said if name in names or rule.id in ids] for name, ids in concerned.items()}


def _concerned(parameter: Parameter) -> frozenset[str]:
    """The ids of rules that a choice replaces words of, or is said to concern."""
    return frozenset(parameter.concerns).union(one.rule for one in parameter.replaces)


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
    left = [one for name, one in parameters.items() if is_awaiting(one) and name in values and name not in settled]
    open_ = [(one, _concerned(one)) for one in left]
    return [_telling(rule, open_, values, vocabulary) for rule in rules]


def awaited(rules: Iterable[Rule]) -> list[str]:
    """What rules that went through `telling` say of defaults that nobody has confirmed, each once."""
    return list(dict.fromkeys(words for rule in rules for words in rule.local if words.startswith(DEFAULT)))


def is_awaiting(parameter: Parameter) -> bool:
    """Whether a choice is in force as shipped, until the partnership confirms it or chooses otherwise."""
    return parameter.status == "confirm" and parameter.value is not None


def _telling(
    rule: Rule,
    open_: Collection[tuple[Parameter, frozenset[str]]],
    values: Mapping[str, Any],
    vocabulary: Mapping[str, Fact],
) -> Rule:
    names = named(rule.when, vocabulary) if open_ else frozenset()
    hung = [one for one, concerned in open_ if one.name in names or rule.id in concerned]
    words = tuple(one.awaits(values[one.name], vocabulary.get(one.name)) for one in hung)
    return replace(rule, local=(*rule.local, *words)) if words else rule
