"""Does a more local pack ask for less? z3 looks for a case in which a binding rule fired before and does not fire now.

A rule that takes another's place is compared with it; a number outside what may vary, with the number (or the text) that would
stand without it. Whatever else may be chosen locally is left open, so that the proof holds for every choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from alongside.policy.choices import CHOSEN
from alongside.policy.faults import Fault
from alongside.policy.layers import PackFiles, parameters_in_force, rules_in_force
from alongside.policy.library import Library
from alongside.policy.pack import Pack
from alongside.policy.proof import Proof, Witness
from alongside.policy.proofs import layers_below, outside, replacing
from alongside.policy.rules import MUST_EXPLAIN, Parameter, Rule, Timer
from alongside.policy.values import Outcome

_STRENGTH = {"duty": 3, "bar": 3, "threshold": 2, "permission": 1, "guidance": 1, "reference": 0}
_REMEDY = 'ask for at least as much, or say why this partnership asks for less: weakens = "why"'


def weaker(library: Library) -> list[Fault]:
    """A fault for each rule or number that asks for less than what it takes the place of, with the case that falls through."""
    found: list[Fault] = []
    for pack in library.packs.values():
        below = layers_below(pack, library.packs)
        for before, after in replacing(pack, below):
            days = _days(library, below, before, after)
            if days:
                found += _of_rules(library, [*below, pack], before, after, days)
        for parameter in outside(pack, below):
            found += _of_number(library, below, pack, parameter)
    return found


def _days(library: Library, below: list[PackFiles], before: Rule, after: Rule) -> list[date]:
    """From when on, each time the rules change, the one would stand where the other takes its place."""
    since = max(before.effective_from or date.min, after.effective_from or date.min)
    return [
        day
        for day in library.days_of_change(since)
        if after.in_force(day) and any(rule is before for rule in rules_in_force(below, day))
    ]


def _of_rules(
    library: Library, layers: list[PackFiles], before: Rule, after: Rule, days: list[date]
) -> Iterator[Fault]:
    def fault(told: str) -> Fault:
        return Fault(
            after.file, after.line, f"{after.id} asks for less than in {before.pack}: {told}", _REMEDY, "weaker"
        )

    yield from map(fault, _lesser(before, after))
    told: set[str] = set()
    for on in days:
        both, alone = (library.open_pack(layers, on, rules) for rules in ([before, after], [after]))
        through, waiting = _through(both), _waiting(both, alone)
        words = (
            f"it does not fire where {through}" if through else f"it cannot be told where {waiting}" if waiting else ""
        )
        if words and words not in told:
            told.add(words)
            yield fault(words)


def _through(pack: Pack) -> Witness | None:
    proof = Proof(pack)
    before, after = pack.rules  # of one id: the pack knows them by their places
    return proof.case(so=[proof.rule(before)], not_so=[proof.rule(after)], about=[before.when, after.when])


def _waiting(both: Pack, alone: Pack) -> Witness | None:
    """A case in which the one before fires on its own facts, where the one after waits for facts of its own."""
    proof, before = Proof(both), both.rules[0]
    case = proof.case(so=[proof.rule(before)], about=[before.when])
    [outcome] = alone.outcomes(case.facts).values() if case is not None else [None]
    return case if outcome is Outcome.CANNOT_DECIDE else None


def _lesser(before: Rule, after: Rule) -> Iterator[str]:
    """What of a rule, its condition aside, asks for less or for something else."""
    if after.reaches_as != before.reaches_as and _STRENGTH.get(after.reaches_as, 0) <= _STRENGTH.get(
        before.reaches_as, 0
    ):
        yield f"it reaches people as {after.reaches_as} and no more as {before.reaches_as}"
    if before.kind != after.kind and not {before.kind, after.kind} <= set(MUST_EXPLAIN):
        yield f"it is a {after.kind} and no more a {before.kind}"
    for key in ("actor", "action", "forbids", "opens"):
        was, now = getattr(before, key), getattr(after, key)
        if was and was != now:
            yield f"its {key} is {now or 'left out'} and no more {was}"
    for evidence in sorted(set(after.discharged_by) - set(before.discharged_by) if before.discharged_by else ()):
        yield f"{evidence} closes it too"
    if before.timer is not None and not _as_soon(before.timer, after.timer):
        yield f"its time is {_said(after.timer)} and no more {_said(before.timer)}"


def _as_soon(before: Timer, after: Timer | None) -> bool:
    if after is None or after.starts != before.starts:
        return False
    if after.limit == "immediate" or replace(after, met_when=None) == replace(before, met_when=None):
        return True
    if after.sundays_left_out and not before.sundays_left_out:
        return False
    pairs = ((before.limit_hours, after.limit_hours), (before.limit_working_days, after.limit_working_days))
    return any(was is not None and now is not None and now <= was for was, now in pairs)


def _said(timer: Timer | None) -> str:
    if timer is None:
        return "left out"
    return f"{_limit(timer)} from {timer.starts}"


def _limit(timer: Timer) -> str:
    if timer.limit_working_days is not None:
        return f"{timer.limit_working_days} working days"
    hours = f"{timer.limit_hours} hours{', Sundays and bank holidays left out' if timer.sundays_left_out else ''}"
    return hours if timer.limit_hours is not None else str(timer.limit)


def _of_number(library: Library, below: list[PackFiles], pack: PackFiles, parameter: Parameter) -> Iterator[Fault]:
    def fault(told: str) -> Fault:
        place = f"parameter {parameter.name} = {parameter.in_force}"
        remedy = f"within {parameter.limits}, or a number that loses no case"
        return Fault(
            parameter.file, parameter.line, f"{place} asks for less than the packs below: {told}", remedy, "weaker"
        )

    days = library.days_of_change(parameter.effective_from or date.min)
    told: set[str] = set()
    for on in (day for day in days if parameter.holds_on(day)):
        for words in _lost(library, below, pack, parameter, on):
            if words not in told:
                told.add(words)
                yield fault(words)


def _lost(library: Library, below: list[PackFiles], pack: PackFiles, parameter: Parameter, on: date) -> Iterator[str]:
    name, number = parameter.name, parameter.in_force
    unset = replace(parameter, value=None, status=None)
    held = library.open_pack([*below, pack], on, instead={name: unset})
    standing = parameters_in_force(below, on).get(name, unset).in_force
    before = {f"{name}{CHOSEN}": standing is not None} | ({name: standing} if standing is not None else {})
    proof = Proof(held)
    for rule in (one for one in held.rules if one.binds):
        was = proof.rule_with(rule, before)
        now = proof.rule_with(rule, {name: number, f"{name}{CHOSEN}": True})
        through = proof.case(so=[was], not_so=[now], about=[rule.when])
        if through is not None:
            facts = {fact: value for fact, value in through.facts.items() if fact not in (name, f"{name}{CHOSEN}")}
            yield f"{rule.id} does not fire where {Witness(facts)}"
    yield from _later(held.rules, parameter, standing)


def _later(rules: Iterable[Rule], parameter: Parameter, standing: Any) -> Iterator[str]:
    """Deadlines that the number makes longer."""
    timed = {change.rule for change in parameter.replaces if change.part == "timer"}
    for rule in rules:
        limit = rule.timer and (rule.timer.limit_hours or rule.timer.limit_working_days)
        if rule.id in timed and rule.timer and limit:
            before, unit = (
                limit if standing is None else standing,
                "working days" if rule.timer.limit_working_days else "hours",
            )
            if parameter.in_force > before:
                yield f"{rule.id} is due after {parameter.in_force} {unit} and no more after {before}"
