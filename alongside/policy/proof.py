"""What can be and what cannot: the conditions of a pack over every case there may be, by z3. For checks of packs; never in a request.

A case here is fully known: every fact has a value its vocabulary allows, or does not apply where `applies_when` says so. A local
choice that is not made may be anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any as Anything

import z3

from alongside.policy.columns import NA, Reader, hangs_on
from alongside.policy.pack import Pack
from alongside.policy.rules import Rule
from alongside.policy.tree import Constant
from alongside.policy.values import NOT_APPLICABLE, Value
from alongside.policy.vocabulary import Fact

_LAST_MOMENT = 4_102_444_800  # the year 2100, in seconds: a moment is a whole number of them here
Term = Anything  # an expression of z3, or None for what is not known


class Z3:
    """The algebra of z3: two-valued, since a case is fully known; what is not known is a truth of its own, either way."""

    def __init__(self, context: z3.Context, vocabulary: dict[str, Fact]) -> None:
        self._context, self._vocabulary = context, vocabulary
        self._words: dict[str, int] = {}

    def column(self, name: str) -> Term:
        fact = self._vocabulary.get(name)
        if fact is None or fact.type == "boolean":
            return z3.Bool(name, self._context)
        return z3.Real(name, self._context) if fact.type == "number" else z3.Int(name, self._context)

    def constant(self, value: Constant | None) -> Term:
        match value:
            case None:
                return None
            case bool():
                return z3.BoolVal(value, self._context)
            case Decimal():
                return z3.RealVal(str(value), self._context)
            case str():
                return z3.IntVal(self.word(value), self._context)
            case _:
                return z3.IntVal(value, self._context)

    def word(self, word: str) -> int:
        """The number a word goes by."""
        return self._words.setdefault(word, len(self._words))

    def compare(self, left: Term, op: str, right: Term) -> Term:
        if left is None or right is None:
            return self._either()
        match op:
            case "=":
                return left == right
            case "<>":
                return left != right
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case _:
                return left >= right

    def among(self, value: Term, members: Sequence[Constant]) -> Term:
        return self.some([self.compare(value, "=", self.constant(member)) for member in members])

    def every(self, truths: Sequence[Term]) -> Term:
        return z3.And(*map(self._truth, truths))

    def some(self, truths: Sequence[Term]) -> Term:
        return z3.Or(*map(self._truth, truths))

    def negate(self, truth: Term) -> Term:
        return z3.Not(self._truth(truth))

    def pick(self, condition: Term, then: Term, otherwise: Term) -> Term:
        return z3.If(self._truth(condition), self._truth(then), self._truth(otherwise))

    def first_known(self, values: Sequence[Term]) -> Term:
        return next((value for value in values if value is not None), None)

    def is_null(self, value: Term) -> Term:
        return z3.BoolVal(value is None, self._context)

    def _either(self) -> Term:
        return z3.FreshBool("open", self._context)

    def _truth(self, value: Term) -> Term:
        return self._either() if value is None else value


@dataclass(frozen=True)
class Witness:
    """One case, by the facts the question hangs on."""

    facts: dict[str, Value]

    def __str__(self) -> str:
        return ", ".join(f"{name} = {_said(value)}" for name, value in sorted(self.facts.items())) or "any case"


class Proof:
    """The rules of a pack, to be asked whether some case can be."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._vocabulary = dict(pack.vocabulary)
        names = pack.binder.names
        self._facts = {
            name: fact
            for name, fact in self._vocabulary.items()
            if not fact.derived and names.settings.get(name) is None
        }
        self._applied = {name for name in names.applies if name in self._facts}
        self._say = Z3(z3.Context(), self._vocabulary)
        self._reader = Reader(self._say, names, [*self._facts, *(f"{name}{NA}" for name in self._applied)])
        self._solver = z3.Solver(ctx=self._say._context)
        self._solver.add(*self._bounds())

    def condition(self, text: str) -> Term:
        """A condition in the language of packs. Raises PolicyError for one that cannot be read."""
        return self._reader.node(self._pack.binder.bind(text))

    def rule(self, rule: Rule | str) -> Term:
        """A rule's condition."""
        held = self._pack.rule(rule) if isinstance(rule, str) else rule
        return self.condition(held.when)

    def rule_with(self, rule: Rule, values: Mapping[str, bool | int]) -> Term:
        """A rule's condition with some facts (local choices, as a rule) put in."""
        pairs = [(self._say.column(name), self._say.constant(value)) for name, value in values.items()]
        return z3.substitute(self.rule(rule), *pairs)

    def case(
        self, *, so: Iterable[Term] = (), not_so: Iterable[Term] = (), about: Iterable[str] = ()
    ) -> Witness | None:
        """A case in which some conditions are so and others are not; None where none can be. `about`: texts whose facts it names."""
        self._solver.push()
        try:
            self._solver.add(*so, *(z3.Not(one) for one in not_so))
            if self._solver.check() != z3.sat:
                return None
            return Witness(self._read(self._solver.model(), about))
        finally:
            self._solver.pop()

    def _bounds(self) -> Iterable[Term]:
        """What every case keeps: ranges of numbers, the words of a fact, and that a fact applies where its condition says so."""
        for name, fact in self._facts.items():
            column = self._say.column(name)
            if fact.range is not None:
                yield z3.And(column >= self._say.constant(fact.range[0]), column <= self._say.constant(fact.range[1]))
            if fact.words:
                yield self._say.among(column, fact.words)
            if fact.type == "datetime":
                yield z3.And(column >= 0, column < _LAST_MOMENT)
        for name in self._applied:
            applies = self._reader.node(self._pack.binder.names.applies[name])
            yield self._say.column(f"{name}{NA}") == z3.Not(applies)

    def _read(self, model: z3.ModelRef, about: Iterable[str]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name in sorted(
            {name for text in about for name in hangs_on(self._pack.binder.bind(text), self._pack.binder.names)}
        ):
            if name in self._applied and z3.is_true(model.eval(self._say.column(f"{name}{NA}"), True)):
                found[name] = NOT_APPLICABLE
            elif name in self._facts:
                found[name] = self._value(self._facts[name], model.eval(self._say.column(name), True))
        return found

    def _value(self, fact: Fact, seen: Term) -> Value:
        if fact.type == "boolean":
            return bool(z3.is_true(seen))
        if fact.words:
            return next(word for word in fact.words if self._say.word(word) == seen.as_long())
        if fact.type == "number":
            return Decimal(seen.numerator_as_long()) / Decimal(seen.denominator_as_long())
        if fact.type == "datetime":
            return datetime.fromtimestamp(seen.as_long(), UTC)
        return int(seen.as_long())


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "does not apply" if value is NOT_APPLICABLE else str(value)
