"""A population decided at once, in a frame and in SQL, comes out row by row as each case does alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.policy import NOT_APPLICABLE, Range, Value, sql
from alongside.policy.binding import Binder
from alongside.policy.columns import MAX, MIN, NA
from alongside.policy.evaluate import evaluate
from alongside.policy.frame import outcomes
from alongside.policy.tree import In, Name, Node
from tests.policy import small

Cases = list[dict[str, Value]]
KINDS = {"boolean": pl.Boolean, "integer": pl.Int64, "word": pl.String}
cases_ = st.lists(small.facts, min_size=1, max_size=6)
setting_ = st.sampled_from([None, 2])


def columns(cases: Cases) -> dict[str, tuple[Any, list[Any]]]:
    """Cases as columns, each with its kind: those of the facts that some case has."""
    held: dict[str, tuple[Any, list[Any]]] = {"case_number": (pl.Int64, list(range(len(cases))))}
    for name, fact in small.VOCABULARY.items():
        told = [case.get(name) for case in cases]
        if not any(name in case for case in cases):
            continue
        plain = [None if isinstance(one, Range) or one is NOT_APPLICABLE else one for one in told]
        held[name] = KINDS[fact.type], plain
        held[name + NA] = pl.Boolean, [case[name] is NOT_APPLICABLE if name in case else None for case in cases]
        if fact.is_number:
            held[name + MIN] = pl.Int64, [one.min if isinstance(one, Range) else None for one in told]
            held[name + MAX] = pl.Int64, [one.max if isinstance(one, Range) else None for one in told]
    return held


def by_frame(cases: Cases, tree: Node, binder: Binder) -> list[bool | None]:
    held = columns(cases)
    frame = pl.LazyFrame(
        {name: told for name, (_, told) in held.items()}, schema={name: kind for name, (kind, _) in held.items()}
    )
    return outcomes(frame, {"r": tree}, binder.names).collect()["r"].to_list()


def by_sql(cases: Cases, tree: Node, binder: Binder) -> list[bool | None]:
    held = columns(cases)
    with closing(sqlite3.connect(":memory:")) as there:
        there.execute(f"CREATE TABLE cases ({', '.join(held)})")
        marks = ", ".join("?" * len(held))
        rows = list(zip(*(told for _, told in held.values()), strict=True))
        there.executemany(f"INSERT INTO cases VALUES ({marks})", rows)  # noqa: S608 - question marks
        text = sql.select("cases", held, {"r": tree}, binder.names)
        return [None if one is None else bool(one) for (one,) in there.execute(f"{text} ORDER BY case_number")]


def alone(cases: Cases, tree: Node, **setting: Value) -> Iterator[bool | None]:
    for case in cases:
        yield evaluate(tree, small.filled(case, **setting))


@pytest.mark.parametrize("reading", [by_frame, by_sql])
@settings(max_examples=300, deadline=None)
@given(small.trees, cases_, setting_)
def test_a_population_is_decided_as_each_case_is(reading: Any, tree: Node, cases: Cases, setting: int | None) -> None:
    values = {} if setting is None else {"threshold": setting}
    binder = Binder(small.VOCABULARY, values)
    bound = binder.bind(tree.text)
    assert reading(cases, bound, binder) == list(alone(cases, bound, **values))


@pytest.mark.parametrize("reading", [by_frame, by_sql])
def test_a_missing_column_is_a_fact_left_out(reading: Any) -> None:
    binder = Binder(small.VOCABULARY, {})
    told: Cases = [{"a": True}, {"a": False}, {"a": None}]
    assert reading(told, binder.bind("k >= 1"), binder) == [None, False, None]
    assert reading(told, binder.bind("b"), binder) == [None, None, None]


@pytest.mark.parametrize("reading", [by_frame, by_sql])
def test_a_range_within_a_run_of_members_is_inside(reading: Any) -> None:
    binder = Binder(small.VOCABULARY, {})
    told: Cases = [{"n": Range(1, 2)}, {"n": Range(1, 3)}, {"n": Range(3, 4)}, {"n": 2}, {"n": None}]
    assert reading(told, In(Name("n"), (2, 1)), binder) == [True, None, False, True, None]


def test_words_are_quoted() -> None:
    assert sql.Sql().constant("it's") == "'it''s'"
