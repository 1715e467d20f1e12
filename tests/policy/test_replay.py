"""What changes between two packs over a population is what changes case by case."""

from __future__ import annotations

from collections import Counter

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy.regime import alone, changed_rules
from alongside.policy.replay import compare
from alongside.policy.tree import Node
from tests.policy import small
from tests.policy.test_columns import Cases, cases_, columns

AREAS = ("here", "there")


def population(cases: Cases) -> pl.LazyFrame:
    """Cases as a frame, half of them in each area."""
    held = columns(cases)
    frame = pl.LazyFrame(
        {name: told for name, (_, told) in held.items()}, schema={name: kind for name, (kind, _) in held.items()}
    )
    return frame.with_columns(area=pl.Series([AREAS[number % 2] for number in range(len(cases))]))


@settings(max_examples=150, deadline=None)
@given(small.trees, small.trees, cases_, st.sampled_from([None, 1, 3]))
def test_a_change_is_counted_as_each_case_changes(was: Node, is_: Node, cases: Cases, setting: int | None) -> None:
    before = small.pack(was.text, "a")
    after = small.pack(is_.text, "a", **({} if setting is None else {"threshold": setting}))
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for number, case in enumerate(cases):
        old, new = before.outcomes(case), after.outcomes(case)
        wanted.update((rule, AREAS[number % 2], old[rule], new[rule]) for rule in old if old[rule] != new[rule])
    found = compare(alone(before), alone(after), population(cases), by=["area"])
    assert {tuple(row[:4]): row[4] for row in found.rows()} == dict(wanted)


def test_only_rules_that_differ_are_decided() -> None:
    before, after = small.pack("n >= :threshold", "a", threshold=2), small.pack("n >= :threshold", "a", threshold=3)
    assert changed_rules(alone(before), alone(after)) == ["r0"]
    assert changed_rules(alone(before), alone(before)) == []
    assert compare(alone(before), alone(before), population([{"n": 2}])).is_empty()


def test_a_rule_that_one_pack_lacks_does_not_fire_there() -> None:
    before, after = small.pack("a"), small.pack("a", "b")
    found = compare(alone(before), alone(after), population([{"b": True}, {"b": None}, {"b": False}]), by=["area"])
    assert found.rows() == [
        ("r1", "here", "does-not-fire", "fires", 1),
        ("r1", "there", "does-not-fire", "cannot-decide", 1),
    ]
