"""A condition said in plain words, from its tree and the vocabulary: one way, wherever a rule is shown.

said = Wording(pack.vocabulary, pack.parameters, pack.values).condition(rule.when)
said.flat    # "all of these: the victim is pregnant; the age of the victim is under 18 years"
said.lines() # the same as (depth, text), for an indented list
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any as Anything
from zoneinfo import ZoneInfo

from alongside.policy.parser import parse
from alongside.policy.rules import Parameter as Choice
from alongside.policy.tree import (
    All,
    Any,
    Between,
    Compare,
    Derived,
    Flag,
    In,
    Leaf,
    Name,
    Node,
    Not,
    Operand,
    Parameter,
)
from alongside.policy.values import NOT_APPLICABLE, Range, Value
from alongside.policy.vocabulary import Fact

ALL, ANY = "all of these", "at least one of these"
OPERATORS = {"=": "exactly", "<>": "other than", "<": "under", "<=": "at most", ">": "more than", ">=": "at least"}
_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "<>": "<>"}
_STATUS = {"shipped": "as shipped", "confirm": "to be confirmed by your partnership"}
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Said:
    """A clause without capital or full stop; `parts` are what "all of these" or "at least one of these" ends in."""

    text: str
    parts: tuple[Said, ...] = ()

    def lines(self, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Every clause with its depth, from the top; one that has parts ends in a colon."""
        yield depth, f"{self.text}:" if self.parts else self.text
        for part in self.parts:
            yield from part.lines(depth + 1)

    @property
    def flat(self) -> str:
        """All of it on one line, parts in brackets where they stand inside others."""
        told = [f"({part.flat})" if part.parts else part.text for part in self.parts]
        return f"{self.text}: {'; '.join(told)}" if told else self.text


class Wording:
    """Says conditions and facts. `parameters` and `values` are those of an area's pack; without them no value here is told.

    `chosen`: the names of the local choices that the partnership adopted itself.
    """

    def __init__(
        self,
        vocabulary: Mapping[str, Fact],
        parameters: Mapping[str, Choice] | None = None,
        values: Mapping[str, Anything] | None = None,
        chosen: Container[str] = (),
    ) -> None:
        self._vocabulary, self._parameters, self._values, self._chosen = vocabulary, parameters or {}, values, chosen

    def condition(self, text: str) -> Said:
        """The text of a condition in words. Raises ConditionError where it cannot be read."""
        return self.node(parse(text))

    def node(self, node: Node, *, negated: bool = False) -> Said:
        """A tree in words; a negation is carried down to the clauses, which say it naturally."""
        match node:
            case Not(child):
                return self.node(child, negated=not negated)
            case All(parts) | Any(parts):
                both = isinstance(node, All) is not negated
                return Said(ALL if both else ANY, tuple(self.node(part, negated=negated) for part in parts))
            case Derived(name, tree):
                return self._opened(name, tree, negated)
            case Flag(Name(name)) if (fact := self._vocabulary.get(name)) and fact.derived:
                return self._opened(name, parse(fact.derived), negated)
            case _:
                return Said(self.leaf(node, negated=negated))

    def _opened(self, name: str, tree: Node, negated: bool) -> Said:
        means = self.node(tree, negated=negated)
        text = self._flag(name, negated)
        return Said(f"{text}, that is, {means.text}", means.parts)

    def leaf(self, leaf: Leaf, *, negated: bool = False) -> str:
        """One clause."""
        match leaf:
            case Flag(Name(name)):
                return self._flag(name, negated) + self._here(name)
            case Flag(operand):
                return f"{self._noun(operand)} is {'no' if negated else 'yes'}"
            case Compare(left, op, Name() as right) if not isinstance(left, Name):
                return self.leaf(Compare(right, _MIRROR[op], left), negated=negated)
            case Compare(left, op, right):
                compared = "" if op == "=" and self._fact(left).type == "word" else OPERATORS[op]
                told = f"{compared} {self._operand(right, self._fact(left))}".strip()
            case Between(left, low, high):
                told = f"from {self._operand(low, None)} to {self._operand(high, self._fact(left))}"
            case In(left, members):
                told = listed(self._operand(member, self._fact(left)) for member in members)
        return f"{self._noun(left)} is {'not ' if negated else ''}{told}{self._when_it_counts(left)}"

    def fact(self, name: str, value: Value) -> str:
        """A fact with the value seen of it: “the victim is not pregnant”, “not known: the age of the victim”."""
        fact = self._fact(Name(name))
        if isinstance(value, bool) and fact.type == "boolean":
            return self._flag(name, not value)
        if value is None or value is NOT_APPLICABLE:
            return f"{'not known' if value is None else 'the question does not arise'}: {self.about(name)}"
        return f"{fact.said} is {self.value(value, fact)}"

    def about(self, name: str) -> str:
        """What a fact tells: “whether the victim is pregnant”, “the age of the victim”."""
        fact = self._fact(Name(name))
        return f"whether {fact.said}" if fact.type == "boolean" else fact.said

    def question(self, name: str) -> str:
        """The question that a worker is asked, in quotes; of a fact without one, what it tells."""
        question = self._fact(Name(name)).question
        return f"“{question}”" if question else self.about(name)

    def value(self, value: Value, fact: Fact | None = None) -> str:
        """A value as a person says it, with the unit or the phrase of its fact."""
        match value:
            case None:
                return "not known"
            case bool():
                return "yes" if value else "no"
            case Range(low, high):
                ends = [(low, "at least"), (high, "at most")]
                known = [f"{words} {end}" for end, words in ends if end is not None]
                return _united(f"{low} to {high}" if len(known) == 2 else "".join(known), high, fact)
            case str() if fact and value in fact.words and fact.words_said:
                return fact.words_said[fact.words.index(value)]
            case str():
                return value.replace("-", " ")
            case datetime():
                return f"{value.astimezone(_LONDON):%-d %B %Y, %H:%M}"
            case _ if value is NOT_APPLICABLE:
                return "does not apply"
        return _united(str(value), value, fact)

    def _fact(self, operand: Operand) -> Fact:
        """The fact of a name; one with words made of its own name where the vocabulary has none for it."""
        name = operand.name if isinstance(operand, Name | Parameter) else ""
        fact = self._vocabulary.get(name) or Fact(name, "boolean")
        plain = (fact.meaning or name.replace("_", " ")).rstrip(".")
        return (
            fact
            if fact.said
            else Fact(name, fact.type, said=plain, not_said=f"it is not so that {plain}", words=fact.words)
        )

    def _flag(self, name: str, negated: bool) -> str:
        fact = self._fact(Name(name))
        return fact.not_said if negated else fact.said

    def _noun(self, operand: Operand) -> str:
        if isinstance(operand, Parameter) and operand.name not in self._vocabulary:
            choice = self._parameters.get(operand.name)
            said, question = (choice.said, choice.question) if choice else ("", "")
            return said or f"the local choice “{question or operand.name.replace('_', ' ')}”"
        return self._fact(operand).said if isinstance(operand, Name | Parameter) else self.value(operand)

    def _operand(self, operand: Operand, fact: Fact | None) -> str:
        """What a fact is compared with: a value, another fact, or a local choice with its value here."""
        if not isinstance(operand, Name | Parameter):
            return self.value(operand, fact)
        held = (self._values or {}).get(operand.name)
        if isinstance(operand, Parameter) and operand.name not in self._vocabulary and held is not None:
            return f"{self.value(held, fact)} ({self._status(operand.name)})"
        return self._noun(operand) + self._here(operand.name)

    def _here(self, name: str) -> str:
        """The value that an area gives a setting."""
        if self._values is None or self._fact(Name(name)).kind != "setting":
            return ""
        held = self._values.get(name)
        return " (not set here)" if held is None else f" (here: {self.value(held)}, {self._status(name)})"

    def _status(self, name: str) -> str:
        choice = self._parameters.get(name)
        adopted = name in self._chosen or choice is None or choice.in_force != (self._values or {}).get(name)
        return "your partnership’s choice" if adopted else _STATUS[choice.status or "shipped"]  # type: ignore[union-attr]

    def _when_it_counts(self, operand: Operand) -> str:
        applies = self._fact(operand).applies_when
        return f" (asked only where {self.condition(applies).flat})" if applies else ""


def listed(words: Iterable[str]) -> str:
    """Words joined as alternatives: “a, b or c”."""
    told = list(words)
    return " or ".join(filter(None, [", ".join(told[:-1]), told[-1]]))


def _united(told: str, last: Anything, fact: Fact | None) -> str:
    if fact is None or not fact.unit:
        return told
    return f"{told} {fact.unit}{'' if last == 1 else 's'}"
