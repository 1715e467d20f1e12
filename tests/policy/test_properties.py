"""Random conditions, random facts: generated code, the plain reading, brute force and SQL say the same."""

from __future__ import annotations

import json
import sqlite3
from itertools import combinations
from typing import Any

import sqlglot
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.policy import NOT_APPLICABLE, Outcome, Range, Value
from alongside.policy.binding import Binder
from alongside.policy.codec import to_json
from alongside.policy.evaluate import compare, contains, evaluate
from alongside.policy.parser import parse
from alongside.policy.tree import Any as Either
from alongside.policy.tree import Derived, Node, Not, children
from alongside.policy.values import OUTCOME, Truth
from tests.policy import small

FIRES, NOT, OPEN = Outcome.FIRES, Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE
OPS = ["=", "<>", "<", "<=", ">", ">="]


@settings(deadline=None)
@given(small.trees)
def test_text_and_tree_say_the_same(tree: Node) -> None:
    assert parse(tree.text).text == tree.text


@settings(max_examples=400, deadline=None)
@given(small.trees, small.facts, st.sampled_from([None, 2]))
def test_generated_code_is_the_plain_reading(tree: Node, facts: dict[str, Value], setting: int | None) -> None:
    values = {} if setting is None else {"threshold": setting}
    pack = small.pack(tree.text, **values)
    bound = Binder(small.VOCABULARY, values).bind(tree.text)
    plain = OUTCOME[evaluate(bound, small.filled(facts, **values))]
    assert pack.outcomes(facts)["r0"] is plain
    assert pack.decide(facts).results[0].outcome is plain


def explained(node: Node, held: dict[str, Value]) -> dict[str, Any]:
    """The why-tree read off the tree itself: a derived fact that was given is not looked into."""
    why: dict[str, Any] = {"text": node.text, "is": evaluate(node, held)}
    if isinstance(node, Derived) and held.get(node.name) is not None:
        return {**why, "saw": {node.name: to_json(held[node.name])}}
    parts = [explained(part, held) for part in children(node)]
    if not parts:
        return {**why, "saw": {name: to_json(held.get(name)) for name in node.names}}
    saw = {name: value for part in parts for name, value in part["saw"].items()}
    kind = "not" if isinstance(node, Not) else "any" if isinstance(node, Either) else "all"
    return {**why, "saw": saw, kind: parts[0] if kind == "not" else parts}


def asked(node: Node, held: dict[str, Value]) -> set[str]:
    """The facts not known under the branches that are themselves undecided."""
    if evaluate(node, held) is not None:
        return set()
    if isinstance(node, Derived) and held.get(node.name) is not None:
        return set()
    names = set() if children(node) else {name for name in node.names if not is_answered(held.get(name))}
    return names.union(*(asked(part, held) for part in children(node)))


@settings(max_examples=400, deadline=None)
@given(small.trees, small.facts, st.sampled_from([None, 2]), st.sampled_from([None, True, False]))
def test_generated_explanation_is_the_plain_reading(
    tree: Node, facts: dict[str, Value], setting: int | None, derived: bool | None
) -> None:
    values = {} if setting is None else {"threshold": setting}
    made = evaluate(parse("b OR n >= 2"), {**dict.fromkeys("bn"), **facts})
    given = facts if derived is None or made not in (None, derived) else {**facts, "dv": derived}
    result = small.pack(tree.text, **values).decide(given).results[0]
    bound, held = Binder(small.VOCABULARY, values).bind(tree.text), small.filled(given, **values)
    plain = explained(bound, held)
    assert result.why == plain
    assert json.dumps(result.why) == json.dumps(plain)  # in the same order, too
    assert result.ask == tuple(sorted(asked(bound, held)))


number = st.one_of(st.integers(0, 4), st.builds(lambda a, b: Range(min(a, b), max(a, b)), *[st.integers(0, 4)] * 2))


def every(value: Value) -> list[int]:
    return list(range(int(value.min or 0), int(value.max or 0) + 1)) if isinstance(value, Range) else [value]  # type: ignore[list-item]


def agreed(truths: set[Truth]) -> Truth:
    return truths.pop() if len(truths) == 1 else None


@settings(deadline=None)
@given(number, st.sampled_from(OPS), number)
def test_a_range_decides_when_every_value_agrees(left: Value, op: str, right: Value) -> None:
    brute = agreed({compare(a, op, b) for a in every(left) for b in every(right)})
    assert compare(left, op, right) is brute


@settings(deadline=None)
@given(number, st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_a_list_decides_when_every_value_agrees(value: Value, members: list[int]) -> None:
    assert contains(value, members) is agreed({number in members for number in every(value)})


@settings(max_examples=200, deadline=None)
@given(small.trees, small.facts)
def test_what_is_decided_stays_decided(tree: Node, facts: dict[str, Value]) -> None:
    pack = small.pack(tree.text)
    result = pack.decide(facts).results[0]
    assume(result.outcome is not OPEN)
    held = small.filled(facts)
    unknown = tuple(name for name in pack.facts_of("r0") if name != "dv" and not is_answered(held.get(name)))[:3]
    for answer in small.answers(unknown, held):
        assert pack.outcomes({**held, **answer})["r0"] is result.outcome


def is_answered(value: Value) -> bool:
    return value is not None and not isinstance(value, Range)


@settings(max_examples=250, deadline=None)
@given(small.trees, small.facts)
def test_smallest_sets_are_those_found_by_trying_everything(tree: Node, facts: dict[str, Value]) -> None:
    pack = small.pack(tree.text)
    result = pack.decide(facts).results[0]
    assume(result.outcome is OPEN)
    assume(len(result.ask) <= 4)
    held: dict[str, Value] = {**small.filled(facts), **{n: facts.get(n) for n in result.ask}}
    fire, stop, settle = [], [], []
    for size in range(1, len(result.ask) + 1):
        for names in combinations(result.ask, size):
            seen = {pack.outcomes({**held, **answer})["r0"] for answer in small.answers(names, held)}
            for found, holds in ((fire, FIRES in seen), (stop, NOT in seen), (settle, OPEN not in seen)):
                if holds and not any(set(other) <= set(names) for other in found):
                    found.append(names)
    assert set(result.could_fire) == set(fire)
    assert set(result.could_not_fire) == set(stop)
    assert set(result.settles) == set(settle)
    for sets in (result.could_fire, result.could_not_fire, result.settles):
        assert list(sets) == sorted(sets, key=lambda names: (len(names), names))


@settings(max_examples=150, deadline=None)
@given(small.trees, small.facts)
def test_the_same_text_is_sql(tree: Node, facts: dict[str, Value]) -> None:
    names = [name for name in tree.names if name != "dv"]
    held = {name: small.filled(facts).get(name) for name in names}
    assume("dv" not in tree.names)
    assume(not any(isinstance(value, Range) or value is NOT_APPLICABLE for value in held.values()))
    sql = sqlglot.transpile(f"SELECT {tree.text}", read="postgres", write="sqlite")[0]
    columns = ", ".join(f"? AS {name}" for name in names)
    with sqlite3.connect(":memory:") as connection:
        found = connection.execute(f"{sql} FROM (SELECT {columns})", list(held.values())).fetchone()[0]
    assert evaluate(tree, held) is (None if found is None else bool(found))
