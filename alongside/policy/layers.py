"""Packs as read: their order, what each lays over the ones it extends, what is in force on a day."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from alongside.policy.faults import Fault
from alongside.policy.rules import Origin, Parameter, Replacement, Rule

_FOREVER = date.max - timedelta(days=1)


@dataclass
class PackFiles:
    """One pack as its folder says, before it is laid over others."""

    id: str
    title: str
    version: str
    extends: tuple[str, ...]
    documents: tuple[str, ...]
    areas: tuple[str, ...]
    file: str
    line: int
    hash: str
    practice: str = ""
    rules: list[Rule] = field(default_factory=list)
    parameters: dict[str, list[Parameter]] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)

    def every_parameter(self) -> Iterator[Parameter]:
        """Every period of every parameter."""
        for held in self.parameters.values():
            yield from held


def chain(pack: str, packs: Mapping[str, PackFiles]) -> list[str]:
    """The packs that a pack stands on, lowest first, and itself. Packs not known are left out; a cycle is cut."""
    found: list[str] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in packs and name not in path:
            for above in packs[name].extends:
                visit(above, (*path, name))
            if name not in found:
                found.append(name)

    visit(pack, ())
    return found


def cycles(packs: Mapping[str, PackFiles]) -> Iterable[Fault]:
    """A fault for each pack that extends an unknown pack, or itself by way of others."""
    for pack in packs.values():
        for above in pack.extends:
            if above not in packs:
                yield Fault(pack.file, pack.line, f"{pack.id} extends {above}, which is not here", "", "unknown-pack")
            elif pack.id in _above(above, packs):
                remedy = f"take {above} out of extends"
                yield Fault(
                    pack.file, pack.line, f"{pack.id} extends itself by way of {above}", remedy, "cyclic-extends"
                )


def _above(name: str, packs: Mapping[str, PackFiles]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        now = waiting.pop()
        if now in packs and now not in found:
            found.add(now)
            waiting += packs[now].extends
    return found


def area_pack(area: str, packs: Mapping[str, PackFiles]) -> str | None:
    """The most local pack of an area: the one that stands on the most others."""
    holding = [pack for pack in packs.values() if area in pack.areas]
    return max(holding, key=lambda pack: (len(chain(pack.id, packs)), pack.id)).id if holding else None


def rules_in_force(layers: Sequence[PackFiles], on: date) -> list[Rule]:
    """The rules of some layers on a day; a higher layer's rule takes the place of a lower one's of the same id."""
    held: dict[str, Rule] = {}
    for layer in layers:
        held.update({rule.id: rule for rule in layer.rules if rule.in_force(on)})
    return list(held.values())


def parameters_in_force(layers: Sequence[PackFiles], on: date) -> dict[str, Parameter]:
    """The parameters of some layers on a day, the highest layer's word counting."""
    held: dict[str, Parameter] = {}
    for layer in layers:
        for name, periods in layer.parameters.items():
            for period in periods:
                if period.holds_on(on):
                    held[name] = period
    return held


def document_rules(packs: Iterable[PackFiles], document: str, on: date) -> list[Rule]:
    """The entries of one document as the pack that carries it words them, whatever the day."""
    held: dict[str, Rule] = {}
    for pack in packs:
        if document in pack.documents:
            for rule in pack.rules:
                if rule.cite.document == document and (rule.id not in held or rule.in_force(on)):
                    held[rule.id] = rule
    return list(held.values())


def with_choices(
    rules: Iterable[Rule], parameters: Mapping[str, Parameter], values: Mapping[str, Any], settled: Collection[str] = ()
) -> list[Rule]:
    """The rules with every local choice in force put in the place of the words it replaces.

    Those `settled` by somebody are said as adopted; a default in force is said by `awaiting.telling`.
    """
    changes: dict[str, list[tuple[Replacement, Any, str]]] = {}
    for name, parameter in parameters.items():
        value = values.get(name)
        for change in parameter.replaces:
            if value is not None and change.only_if in (None, value):
                says = parameter.says(value) if name in settled else ""
                changes.setdefault(change.rule, []).append((change, value, says))
    return [_changed(rule, changes.get(rule.id, ())) for rule in rules]


def sets_a_condition(parameter: Parameter, conditions: str) -> bool:
    """Whether a value of this choice changes some condition: in the place of its words, or as a fact or number it names."""
    return any(change.part == "when" for change in parameter.replaces) or bool(
        re.search(whole(parameter.name), conditions)
    )


def _changed(rule: Rule, changes: Iterable[tuple[Replacement, Any, str]]) -> Rule:
    for change, value, says in changes:
        if says and says not in rule.local:
            rule = replace(rule, local=(*rule.local, says))
        if change.part == "when":
            rule = replace(rule, when=put(rule.when, change.was, change.becomes))
        elif rule.timer is not None and isinstance(value, int):
            met = rule.timer.met_when and put(rule.timer.met_when, change.was, str(value))
            timer = replace(rule.timer, met_when=met)
            in_days = timer.limit_working_days is not None
            timer = replace(timer, limit_working_days=value) if in_days else replace(timer, limit_hours=value)
            rule = replace(rule, timer=timer, by=rule.by and put(rule.by, change.was, str(value)))
    return rule


def put(text: str, was: str, becomes: str) -> str:
    """Replace whole words of a text."""
    return re.sub(whole(was), lambda _: becomes, text)


def whole(words: str) -> str:
    """A pattern for words that do not stand inside longer ones."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def holes(held: Iterable[Rule | Parameter]) -> Iterable[tuple[date, date]]:
    """First and last day of each stretch between periods on which none of them holds, whatever layer each is of."""
    reach: date | None = None
    for one in sorted(held, key=lambda one: one.effective_from or date.min):
        start = one.effective_from or date.min
        if reach is not None and start > reach + timedelta(days=1):
            yield reach + timedelta(days=1), start - timedelta(days=1)
        end = one.effective_to or _FOREVER
        reach = end if reach is None else max(reach, end)


def periods(held: Sequence[Rule | Parameter], what: str, kind: str) -> Iterable[Fault]:
    """Faults where the periods of one rule or parameter overlap, or leave days between them."""
    ordered = sorted(held, key=lambda one: one.effective_from or date.min)
    for first, second in pairwise(ordered):
        start = second.effective_from
        if first.effective_to is None or start is None or start <= first.effective_to:
            remedy = (
                "end the earlier one with effective_to" if what == "rule" or start else "give each its effective_from"
            )
            yield Fault(second.file, second.line, f"{what} {kind} is in force twice on the same day", remedy, "overlap")
        elif start > first.effective_to + timedelta(days=1):
            gap = f"from {first.effective_to + timedelta(days=1)} to {start - timedelta(days=1)}"
            yield Fault(second.file, second.line, f"{what} {kind} is not in force {gap}", "close the gap", "gap")
