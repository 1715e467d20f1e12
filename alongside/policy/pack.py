"""A resolved pack: the rules in force for an area on a day, local choices put in, ready to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from alongside.policy.binding import Binder
from alongside.policy.decision import Decision, Result
from alongside.policy.faults import PolicyError
from alongside.policy.generate import Program, build
from alongside.policy.layers import PackFiles
from alongside.policy.loader import canonical
from alongside.policy.plan import Plan
from alongside.policy.rules import Parameter, Rule
from alongside.policy.tree import Node
from alongside.policy.values import Outcome, Value
from alongside.policy.vocabulary import Fact, did_you_mean


@dataclass(frozen=True)
class PackVersion:
    """Which pack was used: the hash covers everything its folder says."""

    id: str
    version: str
    hash: str


class Pack:
    """Rules in force, with their local choices, from the day `on`. Made by `Library.pack`; kept and shared, so never changed."""

    def __init__(
        self,
        *,
        area: str,
        on: date,
        rules: Sequence[Rule],
        layers: Iterable[PackFiles],
        vocabulary: Mapping[str, Fact],
        parameters: Mapping[str, Parameter],
        values: Mapping[str, Any],
    ) -> None:
        self.area, self.on = area, on
        self.rules: tuple[Rule, ...] = tuple(rules)
        self.packs: tuple[PackVersion, ...] = tuple(PackVersion(one.id, one.version, one.hash) for one in layers)
        self.vocabulary, self.parameters, self.values = vocabulary, parameters, values
        self._rules = {rule.id: rule for rule in self.rules}
        self.binder = Binder(vocabulary, values)
        self._plans: dict[tuple[str, ...] | None, tuple[tuple[Rule, ...], Plan]] = {}
        self._latest: tuple[tuple[str, ...] | None, tuple[tuple[Rule, ...], Plan]] | None = None

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id. Raises PolicyError naming the nearest id."""
        if rule_id not in self._rules:
            raise PolicyError(
                f"unknown rule {rule_id!r}; {did_you_mean(rule_id, self._rules) or 'none is spelt like it'}"
            )
        return self._rules[rule_id]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the rules, parameter values and vocabulary that decide."""
        return canonical(self.content)

    @cached_property
    def content(self) -> dict[str, Any]:
        """What the hash covers. What is left at its default is left out, so that a field added later changes no hash."""
        rules = [_said(rule, _NOT_CONTENT) for rule in self.rules]
        words = {name: _said(fact, frozenset()) for name, fact in self.vocabulary.items()}
        return {"rules": rules, "values": dict(self.values), "vocabulary": words}

    def outcomes(self, facts: Mapping[str, Value], rules: Iterable[str] | None = None) -> dict[str, Outcome]:
        """Each rule's outcome, and nothing else: the quick way. Facts are taken as they are."""
        return self._plan(rules)[1].program.outcomes(facts)

    def decide(self, facts: Mapping[str, Value], rules: Iterable[str] | None = None) -> Decision:
        """Each rule's outcome with its reasons.

        Raises PolicyError for a fact that is not in the vocabulary, or a derived fact that its parts contradict.
        """
        self.check(facts)
        held, plan = self._plan(rules)
        return Decision(held, plan, facts, self.vocabulary)

    def decide_rule(self, rule_id: str, facts: Mapping[str, Value]) -> Result:
        """The result of one rule."""
        return self.decide(facts, [rule_id]).results[0]

    def each(self) -> Iterator[Callable[[Mapping[str, Value]], Result]]:
        """For every rule in turn, the function that decides it alone."""
        for rule in self.rules:
            plan = Plan(build({rule.id: self.binder.bind(rule.when)}, self.binder.names))

            def decide(facts: Mapping[str, Value], rule: Rule = rule, plan: Plan = plan) -> Result:
                self.check(facts)
                return Decision([rule], plan, facts, self.vocabulary).results[0]

            yield decide

    def check(self, facts: Mapping[str, Value]) -> None:
        """Refuse facts that cannot be: unknown names, derived facts against their parts."""
        for name in facts.keys() - self.vocabulary.keys():
            raise PolicyError(
                f"unknown fact {name!r}; {did_you_mean(name, self.vocabulary) or 'no fact is spelt like it'}"
            )
        for name in self._derived:
            given = facts.get(name)
            if isinstance(given, bool):
                self._check_derived(name, given, facts)

    def facts_of(self, rule_id: str) -> frozenset[str]:
        """The facts that a rule's condition hangs on: derived ones opened, what says whether they apply included."""
        _, plan = self._plan([self.rule(rule_id).id])
        return frozenset(name for name in plan.program.facts if name in self.vocabulary)

    @cached_property
    def _derived(self) -> dict[str, tuple[Node, Program]]:
        found: dict[str, tuple[Node, Program]] = {}
        for name, fact in self.vocabulary.items():
            if fact.derived:
                tree = self.binder.bind(fact.derived)
                found[name] = tree, build({name: tree}, self.binder.names)
        return found

    def _check_derived(self, name: str, given: bool, facts: Mapping[str, Value]) -> None:
        tree, program = self._derived[name]
        truths, values = program.vector(facts)
        made = truths[program.roots[0]]
        if made is None or made is given:
            return
        held = dict(zip(program.facts, values, strict=True))
        seen = [part for part in tree.names if held.get(part) is not None] or list(tree.names)
        told = f"{name} is given as {str(given).lower()}, but "
        raise PolicyError(told + " and ".join(seen) + f" make it {str(made).lower()}")

    def _plan(self, rules: Iterable[str] | None) -> tuple[tuple[Rule, ...], Plan]:
        latest = self._latest
        if latest is not None and latest[0] is rules:
            return latest[1]
        key = None if rules is None else tuple(rules)
        if key not in self._plans:
            held = self.rules if key is None else tuple(map(self.rule, dict.fromkeys(key)))
            if len(self._plans) >= _MOST_PLANS:
                self._plans.clear()
            trees = {rule.id: self.binder.bind(rule.when) for rule in held}
            self._plans[key] = held, Plan(build(trees, self.binder.names))
        if rules is None or isinstance(rules, tuple):  # what cannot change is known again without looking inside
            self._latest = rules, self._plans[key]
        return self._plans[key]


_USUAL: dict[type, dict[str, Any]] = {
    kind: {field.name: field.default for field in fields(kind)} for kind in (Rule, Fact)
}


def _said(one: Rule | Fact, without: frozenset[str]) -> dict[str, Any]:
    found = {}
    for name, usual in _USUAL[type(one)].items():
        value = getattr(one, name)
        if name not in without and value != usual:
            found[name] = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    return found


_NOT_CONTENT = frozenset({"file", "line", "when_line", "examples", "pack", "local"})
_MOST_PLANS = 500
