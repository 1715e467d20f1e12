"""What z3 notices in a pack: rules that cannot fire or always do, one that fires only where another does, an act both owed and
forbidden; and without z3, a part of a condition beside its own negation.

None of these is a fault by itself: a text may say a thing twice. A duty whose act a bar forbids in the same case is one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from alongside.policy.checks import condition_faults
from alongside.policy.exclusive import pairs
from alongside.policy.faults import PolicyError
from alongside.policy.pack import Pack
from alongside.policy.proof import Proof, Witness
from alongside.policy.rules import Act, Rule
from alongside.policy.tree import beside_its_negation
from alongside.policy.typecheck import ParameterType
from alongside.policy.values import Outcome


@dataclass(frozen=True, order=True)
class Notice:
    """One finding. `is_fault` where the pack must not be shipped with it."""

    text: str
    is_fault: bool = False


def notices(pack: Pack, acts: Mapping[str, Act]) -> list[Notice]:
    """Everything noticed in a pack, in its order. `acts`: which exclude each other."""
    proof = Proof(pack)
    held = witnesses(pack, proof)
    dead = {one.rule for one in held if one.yes is None}
    return [
        *_one_by_one(pack, held),
        *_beside_itself(pack),
        *_beside_another(pack, proof, dead),
        *_owed_and_forbidden(pack, proof),
        *_exclusive(pack, acts, proof),
    ]


@dataclass(frozen=True)
class Witnesses:
    """A case in which a rule fires and one in which it does not; None where there is none."""

    rule: str
    yes: Witness | None
    no: Witness | None


def witnesses(pack: Pack, proof: Proof | None = None) -> list[Witnesses]:
    """Both cases of every rule of a pack, in its order."""
    held = proof or Proof(pack)
    return [
        Witnesses(
            rule.id,
            held.case(so=[held.rule(rule)], about=[rule.when]),
            held.case(not_so=[held.rule(rule)], about=[rule.when]),
        )
        for rule in pack.rules
    ]


def falls_through(pack: Pack, condition: str, unless: Sequence[str]) -> Witness | None:
    """A case with the condition in which none of the rules fires; None where z3 proves there is none.

    Raises PolicyError for a condition that is not sound, or an unknown rule, naming the nearest.
    """
    _check_sound(pack, condition)
    proof = Proof(pack)
    texts = [condition, *(pack.rule(rule).when for rule in unless)]
    return proof.case(so=[proof.condition(condition)], not_so=[proof.rule(rule) for rule in unless], about=texts)


def _check_sound(pack: Pack, condition: str) -> None:
    types = {
        name: ParameterType(one.type, one.may_vary if one.type == "word" else ())
        for name, one in pack.parameters.items()
    }
    for fault in condition_faults(condition, "the condition", ("", 1), pack.vocabulary, types):
        raise PolicyError(f"{fault.message}; {fault.remedy}" if fault.remedy else fault.message)


def _one_by_one(pack: Pack, held: Iterable[Witnesses]) -> Iterator[Notice]:
    for one in held:
        when = pack.rule(one.rule).when
        if one.yes is None:
            yield Notice(f"{one.rule} can never fire: no case makes “{when}” so with the choices in force")
        elif one.no is None:
            yield Notice(f"{one.rule} always fires: every case makes “{when}” so")
        for case, outcome in ((one.yes, Outcome.FIRES), (one.no, Outcome.DOES_NOT_FIRE)):
            decided = outcome if case is None else pack.decide_rule(one.rule, case.facts).outcome
            if decided is not outcome:
                told = f"{one.rule}: the proof says {outcome}, and the engine {decided}, where {case}"
                yield Notice(told, is_fault=True)


def _beside_itself(pack: Pack) -> Iterator[Notice]:
    for rule in pack.rules:
        for part in dict.fromkeys(part.text for part in beside_its_negation(pack.binder.bind(rule.when))):
            yield Notice(
                f"{rule.id} holds “{part}” together with its own negation: with that not known it stays undecided, "
                "though either way comes to the same"
            )


def _beside_another(pack: Pack, proof: Proof, dead: Collection[str]) -> Iterator[Notice]:
    """Rules of one act and one way of reaching people, one of which fires wherever the other does, and for the same actor."""
    for rule, other in permutations((rule for rule in pack.rules if rule.id not in dead), 2):
        if _act(rule) and (_act(rule), rule.reaches_as, rule.actor) == (_act(other), other.reaches_as, other.actor):
            within = proof.case(so=[proof.rule(rule)], not_so=[proof.rule(other)]) is None
            if within and rule.when != other.when:
                yield Notice(f"{rule.id} fires only where {other.id} does, which asks for the same act")


def _owed_and_forbidden(pack: Pack, proof: Proof) -> Iterator[Notice]:
    for duty in (rule for rule in pack.rules if rule.reaches_as == "duty"):
        for bar in (rule for rule in pack.rules if rule.reaches_as == "bar" and rule.forbids == duty.action):
            case = proof.case(so=[proof.rule(duty), proof.rule(bar)], about=[duty.when, bar.when])
            if case is not None:
                yield Notice(f"{duty.id} owes what {bar.id} forbids, as where {case}", is_fault=True)


def _exclusive(pack: Pack, acts: Mapping[str, Act], proof: Proof) -> Iterator[Notice]:
    for one, other in pairs(pack.rules, acts):
        case = proof.case(so=[proof.rule(one), proof.rule(other)], about=[one.when, other.when])
        if case is not None:
            told = f"{one.id} ({one.calls_for}) and {other.id} ({other.calls_for}) exclude each other and both fire"
            yield Notice(f"{told}, as where {case}: say with yields_to which of them gives way", is_fault=True)


def _act(rule: Rule) -> str:
    return rule.action or rule.opens or rule.forbids or ""
