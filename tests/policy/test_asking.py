"""What an answer is expected to settle: the ranking is what trying every answer gives, and a certain set always closes the decision.

Over random rules and cases, over several children at once, and over the real packs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from random import Random
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from alongside.policy import Fact, Library, Outcome, Pack, Range, Value, ask_next, weighing
from alongside.policy.binding import Binder
from alongside.policy.evaluate import evaluate
from alongside.policy.questions import WORTH_ASKING, asked_in, rank, weigh_all
from alongside.policy.tree import Node, children
from alongside.policy.weighing import Held, Weighed, certain, weigh
from tests.policy import small
from tests.shipped import shipped_packs

FIRES, NOT, OPEN = Outcome.FIRES, Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE
Case = dict[str, Value]


def by_trying(pack: Pack, tree: Node, held: Case, asked: tuple[str, ...], may_ask: Any) -> dict[str, Fraction]:
    """The definition, word for word: every answer is tried, every set of questions is tried."""

    def outcome(more: Case) -> Outcome:
        return pack.outcomes({**held, **more})["r0"]

    sets: dict[str, list[tuple[str, ...]]] = {"certain": [], "could": []}
    for kind, holds in (
        ("certain", lambda seen: OPEN not in seen),
        ("fires", lambda seen: FIRES in seen),
        ("not", lambda seen: NOT in seen),
    ):
        minimal: list[tuple[str, ...]] = []
        for size in range(1, len(asked) + 1):
            for names in combinations(asked, size):
                seen = {outcome(answer) for answer in small.answers(names, held)}
                if holds(seen) and not any(set(other) <= set(names) for other in minimal):
                    minimal.append(names)
        sets["certain" if kind == "certain" else "could"] += minimal
    found = {}
    for name in asked:
        told = {}
        for value in small.completions(name, held.get(name)):
            leaves = [evaluate(leaf, {**held, name: value}) for leaf in open_leaves(tree, held) if name in leaf.names]
            told[tuple(leaves)] = outcome({name: value}) is not OPEN
        alone = Fraction(sum(told.values()), len(told))
        least = {
            kind: min((len(one) for one in held_sets if name in one and all(map(may_ask, one))), default=0)
            for kind, held_sets in sets.items()
        }
        share = (
            Fraction(1, least["certain"])
            if least["certain"]
            else Fraction(1, 2 * least["could"])
            if least["could"]
            else 0
        )
        if may_ask(name) and (total := alone + (1 - alone) * share):
            found[name] = total
    return found


def open_leaves(tree: Node, held: Case) -> Iterator[Node]:
    if evaluate(tree, held) is None:
        if not children(tree):
            yield tree
        for part in children(tree):
            yield from open_leaves(part, held)


@settings(max_examples=200, deadline=None)
@given(small.trees, small.facts)
def test_the_ranking_is_what_trying_every_answer_gives(tree: Node, facts: Case) -> None:
    pack = small.pack(small.rule(tree.text, id="r0", severity=3))
    result = pack.decide(facts).results[0]
    assume(result.outcome is OPEN and len(result.ask) <= 4)
    held = {**small.filled(facts), **{name: facts.get(name) for name in result.ask}}
    bound = Binder(small.VOCABULARY, {}).bind(tree.text)
    brute = by_trying(pack, bound, held, result.ask, asked_in(small.VOCABULARY))
    ranked = ask_next(pack, held)
    assert {one["fact"]: one["weight"] for one in ranked} == {
        name: round(float(3 * share), 3) for name, share in brute.items()
    }
    assert ranked == sorted(ranked, key=lambda one: (-one["weight"], one["fact"]))
    assert all(small.VOCABULARY[one["fact"]].who for one in ranked), "nobody can answer n, m, k or w"


FAMILY = {
    fact.name: fact
    for fact in (
        *(Fact(name, "boolean", question=f"{name}?", who=("health",)) for name in "ab"),
        *(Fact(name, "boolean", question=f"{name}?", who=("health",), per="child") for name in "cd"),
        Fact("n", "integer", range=(0, 4), question="n?", who=("health",), per="child"),
        Fact("m", "integer", range=(0, 4), question="m?", who=("health",)),
    )
}
flags = [st.sampled_from(["a", "b", "c", "d", "n >= 2", "m < 3", "n > m", "NOT c", "NOT a"])]
conditions = st.recursive(
    flags[0],
    lambda part: st.builds(
        lambda parts, word: "(" + f" {word} ".join(parts) + ")",
        st.lists(part, min_size=2, max_size=3),
        st.sampled_from(["AND", "OR"]),
    ),
    max_leaves=4,
)
of_all = st.fixed_dictionaries({}, optional={"a": st.booleans(), "b": st.booleans(), "m": st.integers(0, 4)})
of_one = st.fixed_dictionaries({}, optional={"c": st.booleans(), "d": st.booleans(), "n": st.integers(0, 4)})


def family_pack(when: str) -> Pack:
    return Pack(
        area="here",
        on=date(2026, 3, 2),
        rules=[small.rule(when.removeprefix("(").removesuffix(")") if when.count("(") == 1 else when, id="r0")],
        layers=[],
        vocabulary=FAMILY,
        parameters={},
        values={},
    )


def everywhere(pack: Pack, shared: Case, own: list[Case]) -> Outcome:
    seen = {pack.outcomes({**shared, **one})["r0"] for one in own}
    return next((outcome for outcome in (FIRES, OPEN) if outcome in seen), NOT)


@settings(max_examples=120, deadline=None)
@given(conditions, of_all, st.lists(of_one, min_size=1, max_size=2))
@example("(b AND c)", {}, [{}, {}])
@example("(n > m)", {"m": 2}, [{"n": 1}, {}])
@example("(n > m)", {}, [{"n": 2}, {"n": 0}])
def test_over_several_children_the_sets_are_those_found_by_trying_everything(
    when: str, shared: Case, own: list[Case]
) -> None:
    pack = family_pack(when)
    frames = [Held({**shared, **one}, {"child": f"child-{number}"}) for number, one in enumerate(own)]
    weighed = weigh(pack, "r0", frames)
    assert (weighed is None) is (everywhere(pack, shared, own) is not OPEN)
    if weighed is None:
        return
    keys = tuple(sorted(weighed.at_once))
    assume(len(keys) <= 4)
    fire, stop, settle = [], [], []
    for size in range(1, len(keys) + 1):
        for names in combinations(keys, size):
            seen = {after(pack, shared, own, answer) for answer in answers(names)}
            for found, holds in ((fire, FIRES in seen), (stop, NOT in seen), (settle, OPEN not in seen)):
                if holds and not any(set(other) <= set(names) for other in found):
                    found.append(names)
    assert {frozenset(one) for one in weighed.could_fire} == set(map(frozenset, fire))
    assert {frozenset(one) for one in weighed.could_not_fire} == set(map(frozenset, stop))
    assert {frozenset(one) for one in weighed.settles} == set(map(frozenset, settle))
    for key in keys:
        alone = [after(pack, shared, own, answer) is not OPEN for answer in answers((key,))]
        assert (weighed.at_once[key] == 1) is all(alone)
        assert (weighed.at_once[key] == 0) is not any(alone)


@settings(max_examples=60, deadline=None)
@given(conditions, of_all, st.lists(of_one, min_size=2, max_size=3))
def test_of_many_children_any_answers_to_a_certain_set_still_close_the_decision(
    when: str, shared: Case, own: list[Case]
) -> None:
    pack = family_pack(when)
    frames = [Held({**shared, **one}, {"child": f"child-{number}"}) for number, one in enumerate(own)]
    exact = weigh(pack, "r0", frames)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(weighing, "MOST_TOGETHER", 0)
        apart = weigh(family_pack(when), "r0", frames)
    assert (apart is None) is (exact is None)
    if apart is None or exact is None:
        return
    assert (apart.at_once, apart.could_fire) == (exact.at_once, exact.could_fire)
    for names in apart.settles:
        assert any(set(one) <= set(names) for one in exact.settles)


def answers(keys: tuple[tuple[str, str], ...]) -> list[dict[tuple[str, str], Value]]:
    values = [[True, False] if FAMILY[fact].type == "boolean" else list(range(5)) for fact, _ in keys]
    return [dict(zip(keys, one, strict=True)) for one in product(*values)]


def after(pack: Pack, shared: Case, own: list[Case], answer: dict[tuple[str, str], Value]) -> Outcome:
    for_all = shared | {fact: value for (fact, about), value in answer.items() if not about}
    for_each = [
        one | {fact: value for (fact, about), value in answer.items() if about == f"child-{number}"}
        for number, one in enumerate(own)
    ]
    return everywhere(pack, for_all, for_each)


def real() -> Library:
    return shipped_packs()


@cache
def real_pack(area: str) -> Pack:
    return real().pack(area, date(2026, 11, 2))


def a_value(fact: Fact, random: Random) -> Value:
    match fact.type:
        case "boolean":
            return random.random() < 0.5
        case "word":
            return random.choice(fact.words) if fact.words else None
        case "integer" | "number":
            low, high = fact.range or (0, 30)
            return random.randint(int(low), min(int(high), 40))
    return None


def a_case(area: str, random: Random) -> Case:
    """About half of what rules may ask is known, so that much is open; derived facts follow from their parts."""
    known = [fact for fact in real().vocabulary.values() if not fact.derived and random.random() < 0.5]
    return {fact.name: a_value(fact, random) for fact in known} | {"local_authority": area}


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["coventry", "stoke-on-trent", "birmingham"]), st.integers(0, 10**9).map(Random))
def test_in_the_real_packs_any_answers_to_a_certain_set_close_every_decision(area: str, random: Random) -> None:
    pack, case = real_pack(area), a_case(area, random)
    weighed = weigh_all(pack, case)
    assert weighed, "with half of everything not known, something is open"
    may_ask = asked_in(pack.vocabulary)
    for one in weighed:
        for names in one.settles[:3]:
            given = {fact: a_value(pack.vocabulary[fact], random) for fact, _ in names}
            if all(value is not None for value in given.values()):
                assert pack.outcomes(case | given, (one.rule.id,))[one.rule.id] is not OPEN, (one.rule.id, given)
    sets, stay = certain(weighed, may_ask)
    closing = [one for one in weighed if one.rule.id not in stay]
    assert bool(sets) is bool(closing)
    for names in sets[:3]:
        given = {fact: a_value(pack.vocabulary[fact], random) for fact, _ in names}
        if all(value is not None for value in given.values()):
            ids = tuple(one.rule.id for one in closing)
            assert OPEN not in pack.outcomes(case | given, ids).values()


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(["coventry", "staffordshire", "stoke-on-trent"]), st.integers(0, 10**9).map(Random))
def test_in_the_real_packs_only_what_somebody_can_answer_is_ranked(area: str, random: Random) -> None:
    pack, case = real_pack(area), a_case(area, random)
    ranked = ask_next(pack, case)
    for question in ranked:
        fact = pack.vocabulary[question["fact"]]
        assert fact.kind in ("observed", "judgement") and fact.unknown_ok and fact.who and fact.type != "datetime"
        assert question["weight"] > 0 and question["rules"]
        assert {pack.rule(part["rule"]).reaches_as for part in question["rules"]} <= WORTH_ASKING
    known_by = ask_next(pack, case, "social-worker")
    assert known_by == [one for one in ranked if "social-worker" in one["who"]]


def could_fire(pack: Pack, one: Weighed, names: tuple[str, ...], case: Case) -> bool:
    domains = [
        [True, False] if fact.type == "boolean" else list(fact.words) or list(range(41))
        for fact in map(pack.vocabulary.__getitem__, names)
    ]
    return any(
        pack.outcomes(case | dict(zip(names, answer, strict=True)), (one.rule.id,))[one.rule.id] is FIRES
        for answer in product(*domains)
    )


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["coventry", "stoke-on-trent"]), st.integers(0, 10**9).map(Random))
def test_in_the_real_packs_some_answers_to_a_set_that_could_fire_do(area: str, random: Random) -> None:
    pack, case = real_pack(area), a_case(area, random)
    for one in weigh_all(pack, case):
        for keys in one.could_fire[:2]:
            names = tuple(fact for fact, _ in keys)
            kinds = [pack.vocabulary[name] for name in names]
            bounded = all(fact.type in ("boolean", "word") or (fact.range and fact.range[1] <= 40) for fact in kinds)
            if len(names) <= 2 and bounded and not isinstance(case.get(names[0]), Range):
                assert could_fire(pack, one, names, case), (one.rule.id, names)


def test_the_smallest_set_for_several_rules_is_not_one_set_per_rule(townley: Library) -> None:
    pack = townley.pack("townley", date(2026, 3, 2))
    weighed = weigh_all(pack, {"incident": True}, ["rg-at-once", "rg-baby"])
    sets, stay = certain(weighed, asked_in(pack.vocabulary))
    assert ([[fact for fact, _ in one] for one in sets], stay) == ([["child_months", "pregnant"]], [])


def test_a_rule_that_waits_for_a_setting_cannot_be_closed_by_asking(townley: Library) -> None:
    pack = townley.pack("townley", date(2026, 3, 2), document="region-2.24")
    sets, stay = certain(weigh_all(pack, {}, ["rg-escalation"]), asked_in(pack.vocabulary))
    assert (sets, stay) == ((), ["rg-escalation"])


def test_a_question_of_one_person_says_whose_it_is() -> None:
    pack = family_pack("(a AND c)")
    frames = [Held({}, {"child": "first"}), Held({}, {"child": "second"})]
    ranked = rank([found for found in [weigh(pack, "r0", frames)] if found], FAMILY)
    assert [(one["fact"], one["about"]) for one in ranked] == [("a", None), ("c", "first"), ("c", "second")]
    assert ranked[1]["rules"][0]["could_fire"] == [["a", "c of first"]]
    assert ranked[0]["weight"] > ranked[1]["weight"], "no to a settles both children"


@pytest.mark.parametrize("role", ["auditor", "service", "policy-lead"])
def test_nobody_is_asked_who_knows_no_case(role: str) -> None:
    assert ask_next(real_pack("coventry"), {"abuse_incident": True}, role) == []
