"""Check a condition's tree against the vocabulary: names, types, words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from alongside.policy.tokens import ConditionError
from alongside.policy.tree import (
    Any,
    Between,
    Compare,
    Flag,
    In,
    Leaf,
    Name,
    Node,
    Not,
    Operand,
    Parameter,
    operands,
    walk,
)
from alongside.policy.vocabulary import Fact, did_you_mean


@dataclass(frozen=True)
class ParameterType:
    """What a condition may expect of a local parameter: its type, and its words where it is a word."""

    type: str
    words: tuple[str, ...] = ()


def problems(
    node: Node, facts: Mapping[str, Fact], parameters: Mapping[str, ParameterType]
) -> Iterator[ConditionError]:
    """Everything wrong with a tree; nothing when it is sound."""
    for part in walk(node):
        if isinstance(part, Flag | Compare | Between | In):
            unknown = list(_unknown(part, facts, parameters))
            yield from unknown
            if not unknown:
                yield from _types(part, facts, parameters)
        elif isinstance(part, Any):
            yield from _always(part)


def _unknown(
    leaf: Leaf, facts: Mapping[str, Fact], parameters: Mapping[str, ParameterType]
) -> Iterator[ConditionError]:
    for operand in operands(leaf):
        if isinstance(operand, Name) and operand.name not in facts:
            yield ConditionError(f"unknown fact {operand.name}", did_you_mean(operand.name, facts), "unknown-fact")
        if isinstance(operand, Parameter) and operand.name not in parameters and operand.name not in facts:
            yield ConditionError(
                f"unknown parameter :{operand.name}", did_you_mean(operand.name, parameters), "unknown-parameter"
            )


def _types(leaf: Leaf, facts: Mapping[str, Fact], parameters: Mapping[str, ParameterType]) -> Iterator[ConditionError]:
    kinds = [_type(operand, facts, parameters) for operand in operands(leaf)]
    if isinstance(leaf, Flag):
        if kinds != ["boolean"]:
            yield _wrong(leaf, f"{leaf.text} is a {kinds[0]}, not a boolean", "compare it with a value")
        return
    if not any(isinstance(operand, Name | Parameter) for operand in operands(leaf)):
        yield _wrong(leaf, f"{leaf.text} says nothing of the case", "compare a fact")
    if "boolean" in kinds:
        yield _wrong(
            leaf, f"a boolean stands in the comparison {leaf.text}", "write the fact alone, or NOT and the fact"
        )
    elif len({"number" if kind == "integer" else kind for kind in kinds}) > 1:
        yield _wrong(leaf, f"{leaf.text} compares a {kinds[0]} with a {_other(kinds)}", "compare values of one type")
    elif kinds[0] == "word" and not isinstance(leaf, In) and not (isinstance(leaf, Compare) and leaf.op in ("=", "<>")):
        yield _wrong(leaf, f"{leaf.text} puts words in an order", "use = or <> or IN with words")
    elif _mixes_decimals(leaf, kinds):
        yield _wrong(leaf, f"{leaf.text} compares an integer with a decimal", "use a whole number")
    elif isinstance(leaf, In) and "number" in kinds:
        yield _wrong(leaf, f"{leaf.text} lists decimals", "use BETWEEN, or an integer")
    elif isinstance(leaf, Between) and _empty(leaf):
        yield _wrong(leaf, f"{leaf.text} is never true", "put the smaller number first")
    elif kinds[0] == "word":
        yield from _words(leaf, facts, parameters)


def _empty(leaf: Between) -> bool:
    low, high = leaf.low, leaf.high
    return isinstance(low, int | Decimal) and isinstance(high, int | Decimal) and low > high


def _mixes_decimals(leaf: Leaf, kinds: list[str]) -> bool:
    named = zip(operands(leaf), kinds, strict=True)
    whole = any(kind == "integer" and isinstance(operand, Name | Parameter) for operand, kind in named)
    return whole and any(isinstance(operand, Decimal) for operand in operands(leaf))


def _words(leaf: Leaf, facts: Mapping[str, Fact], parameters: Mapping[str, ParameterType]) -> Iterator[ConditionError]:
    for holder in operands(leaf):
        if isinstance(holder, Name):
            allowed = facts[holder.name].words
        elif isinstance(holder, Parameter) and holder.name in parameters:
            allowed = parameters[holder.name].words
        else:
            continue
        for word in operands(leaf):
            if isinstance(word, str) and allowed and word not in allowed:
                remedy = did_you_mean(word, allowed) or "one of " + ", ".join(allowed)
                yield ConditionError(f"unknown word {word!r} for {holder.name}", remedy, "unknown-word")


def _always(node: Any) -> Iterator[ConditionError]:
    refused = {part.child for part in node.children if isinstance(part, Not)}
    for part in node.children:
        if part in refused:
            yield ConditionError(
                f"{part.text} OR NOT {part.text} stays undecided while it is not known", "leave both out", "always-open"
            )


def _type(operand: Operand, facts: Mapping[str, Fact], parameters: Mapping[str, ParameterType]) -> str:
    match operand:
        case Name(name):
            return facts[name].type
        case Parameter(name):
            return parameters[name].type if name in parameters else facts[name].type
        case bool():
            return "boolean"
        case str():
            return "word"
        case int():
            return "integer"
        case _:
            return "number"


def _other(kinds: list[str]) -> str:
    return next(kind for kind in kinds if kind != kinds[0])


def _wrong(leaf: Leaf, message: str, remedy: str) -> ConditionError:
    return ConditionError(message, remedy, "wrong-type")
