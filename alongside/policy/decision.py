"""One case decided: each rule's outcome, why, what to ask, and what could settle it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any as Anything

from alongside.policy.codec import to_json
from alongside.policy.deadline import Calendar, due
from alongside.policy.explaining import Why
from alongside.policy.plan import Plan
from alongside.policy.residual import Both, Domain, Either, Rest, Turned, leaves, open_leaf
from alongside.policy.rules import Rule
from alongside.policy.settling import Sets, Settling, settling
from alongside.policy.tree import All, Between, Compare, Flag, In, Not
from alongside.policy.values import OUTCOME, Outcome, Value
from alongside.policy.vocabulary import Fact

Quotes = Mapping[str, str | None] | Callable[[Rule], str | None] | None
_DECIDED = Settling((), (), ())


class Result:
    """One rule for one case. `ask`, `could_fire`, `could_not_fire`, `settles` are empty once it is decided."""

    __slots__ = ("_decision", "_place", "outcome", "rule")

    def __init__(self, decision: Decision, place: int, rule: Rule, outcome: Outcome) -> None:
        self._decision, self._place, self.rule, self.outcome = decision, place, rule, outcome

    @property
    def ask(self) -> tuple[str, ...]:
        """The facts not known under the branches that are themselves undecided, in the order of the alphabet."""
        return self._decision.plan.explaining.named(self._decision.asks[self._place])

    @property
    def could_fire(self) -> Sets:
        """Minimal sets of facts, some answers to which make the rule fire whatever the others are."""
        return self._decision.settling(self._place).could_fire

    @property
    def could_not_fire(self) -> Sets:
        """Minimal sets of facts, some answers to which stop the rule whatever the others are."""
        return self._decision.settling(self._place).could_not_fire

    @property
    def settles(self) -> Sets:
        """Minimal sets of facts, any answers to which decide the rule."""
        return self._decision.settling(self._place).settles

    @property
    def sets(self) -> Settling:
        """The three kinds of set together."""
        return self._decision.settling(self._place)

    @property
    def rest(self) -> Rest:
        """What is left of the condition of an undecided rule."""
        return self._decision.rest(self._place)

    @property
    def held(self) -> Mapping[str, Value]:
        """The facts as they were filled in."""
        return self._decision.held

    @property
    def plan(self) -> Plan:
        """The compiled rules it was decided with."""
        return self._decision.plan

    @property
    def key(self) -> Anything:
        """All that `rest` and `sets` depend on."""
        return self._decision.key(self._place)

    @property
    def why(self) -> Why:
        """The tree of sub-conditions with the values seen. Shared between results: read it, do not change it."""
        return self._decision.whys[self._place]

    @property
    def due(self) -> datetime | None:
        """When the rule is due, in UTC; None when that cannot be said."""
        return due(self.rule, self._decision.facts)[0]

    @property
    def due_text(self) -> str:
        """The words to show for the deadline."""
        return due(self.rule, self._decision.facts)[1]

    def as_json(self, quote: str | None = None, calendar: Calendar | None = None) -> dict[str, Anything]:
        """The result in the contract's form; without a calendar what runs by one has no `due`."""
        moment, words = due(self.rule, self._decision.facts, calendar)
        sets = self._decision.settling(self._place)
        cite = self.rule.cite
        return {
            "rule": self.rule.id,
            "kind": self.rule.kind,
            "reaches_as": self.rule.reaches_as,
            "actor": self.rule.actor,
            "outcome": self.outcome.value,
            "ask": list(self.ask),
            "could_fire": list(map(list, sets.could_fire)),
            "could_not_fire": list(map(list, sets.could_not_fire)),
            "settles": list(map(list, sets.settles)),
            "due": to_json(moment),
            "due_text": words,
            "why": self.why,
            "cite": {
                "document": cite.document,
                "section": cite.section,
                "line": cite.line,
                "gist": self.rule.gist,
                "quote": quote,
            },
        }


class Decision:
    """All results of one case, each part worked out when it is looked at."""

    def __init__(
        self, rules: Sequence[Rule], plan: Plan, facts: Mapping[str, Value], vocabulary: Mapping[str, Fact]
    ) -> None:
        self.plan, self._vocabulary, self.facts = plan, vocabulary, facts
        self._truths, self._held = plan.program.vector(facts)
        self.results = tuple(
            Result(self, place, rule, OUTCOME[self._truths[place]])
            for rule, place in zip(rules, plan.program.roots, strict=True)
        )

    @cached_property
    def held(self) -> dict[str, Value]:
        """The facts as they were filled in."""
        return dict(zip(self.plan.program.facts, self._held, strict=True))

    @property
    def fires(self) -> list[str]:
        """Ids of the rules that fire."""
        return [result.rule.id for result in self.results if result.outcome is Outcome.FIRES]

    @property
    def cannot_decide(self) -> list[str]:
        """Ids of the rules that cannot be decided."""
        return [result.rule.id for result in self.results if result.outcome is Outcome.CANNOT_DECIDE]

    def result(self, rule_id: str) -> Result:
        """The result of one rule. Raises KeyError when the rule was not decided here."""
        return self._by_id[rule_id]

    def as_json(self, quotes: Quotes = None, calendar: Calendar | None = None) -> list[dict[str, Anything]]:
        """All results in the contract's form; `quotes` gives the partnership's own copy of a rule's sentence."""
        if quotes is None:
            return [result.as_json(None, calendar) for result in self.results]
        find = quotes if callable(quotes) else lambda rule: quotes.get(rule.id)
        return [result.as_json(find(result.rule), calendar) for result in self.results]

    @cached_property
    def _by_id(self) -> dict[str, Result]:
        return {result.rule.id: result for result in self.results}

    @cached_property
    def asks(self) -> list[int]:
        """For every node, the facts to ask, as bits that `explaining.named` reads."""
        return self.plan.explaining.asks(self._truths, self._held)

    @cached_property
    def whys(self) -> list[Why]:
        """For every node, its part of the explanation."""
        return self.plan.explaining.whys(self._truths, self._held)

    def settling(self, place: int) -> Settling:
        """What could settle the condition at a place of the plan; nothing when it is decided."""
        if self._truths[place] is not None:
            return _DECIDED
        key = self.key(place)
        found = self.plan.settled.get(key)
        if found is None:
            rest = self.rest(place)
            found = settling(rest, Domain(list(leaves(rest)), self.held, self._vocabulary))
            self.plan.settled[key] = found
        return found

    def key(self, place: int) -> Anything:
        """What the settling of a place depends on."""
        return self.plan.key(place, self._truths, self.held)

    def rest(self, place: int) -> Rest:
        """What is left of the undecided condition at a place of the plan."""
        node, parts = self.plan.nodes[place]
        if isinstance(node, Flag | Compare | Between | In):
            return open_leaf(node, self.held)
        left = tuple(self.rest(part) for part in parts if self._truths[part] is None)
        if isinstance(node, Not):
            return Turned(left[0])
        if len(left) == 1:
            return left[0]
        return Both(left) if isinstance(node, All) else Either(left)
