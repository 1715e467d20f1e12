"""The same rules over the same cases come out the same, row by row, in generated Python, Polars, DuckDB and Spark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.policy import Library, Pack, Places, Value
from alongside.policy.binding import Binder
from alongside.policy.generate import Names
from alongside.policy.population import Decided, facts_kept
from alongside.policy.spark import session
from alongside.policy.tree import Node
from alongside.policy.vocabulary import Fact
from tests.policy import random_rules
from tests.policy.engines import Trees, by_duckdb, by_polars, by_python, by_spark, stored

ON = date(2026, 3, 2)
AT_ONCE = 60  # rules in one query of Spark


@pytest.fixture(scope="module")
def spark_session() -> Iterator[Any]:
    """Spark on this machine. What it compiles runs once: the quick compiler is quicker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with session() as held:
            held.conf.set("spark.sql.adaptive.enabled", "false")
            yield held


def agree(
    path: Path,
    cases: Sequence[Mapping[str, Value]],
    trees: Trees,
    names: Names,
    vocabulary: Mapping[str, Fact],
    spark: Any,
) -> None:
    """Every reading of every rule over every case is that of generated Python; Spark's too, where there is a session."""
    stored(path, [Decided(PLACE, ON, ON, "", [one], {}) for one in cases], vocabulary)
    alone = by_python(cases, trees, names)
    assert len({one for told in alone.values() for one in told}) == 3, "the cases come to no more than one thing"
    assert by_polars(path, trees, names) == alone
    assert by_duckdb(path, trees, names) == alone
    ids = list(trees) if spark else []
    for start in range(0, len(ids), AT_ONCE):
        some = {rule: trees[rule] for rule in ids[start : start + AT_ONCE]}
        assert by_spark(path, some, names, spark) == {rule: alone[rule] for rule in some}


PLACE = Places("here", "here", "here")


def invented(seed: int, rules: int, depth: int) -> tuple[list[dict[str, Value]], Trees, Names]:
    """Random cases and rules; with settings in force where the seed is odd."""
    rng = Random(seed)  # noqa: S311 - no secret
    binder = Binder(random_rules.VOCABULARY, random_rules.SETTINGS if seed % 2 else {})
    trees = {f"r{number}": binder.bind(random_rules.tree(rng, depth).text) for number in range(rules)}
    return [random_rules.case(rng) for _ in range(400)], trees, binder.names


@given(st.integers(0, 2**32))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_random_rules_over_random_cases(tmp_path: Path, seed: int) -> None:
    cases, trees, names = invented(seed, rules=60, depth=3)
    agree(tmp_path / "cases.parquet", cases, trees, names, random_rules.VOCABULARY, None)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_random_rules_over_random_cases_on_spark(seed: int, tmp_path: Path, spark_session: Any) -> None:
    cases, trees, names = invented(seed, rules=40, depth=1)
    agree(tmp_path / "cases.parquet", cases, trees, names, random_rules.VOCABULARY, spark_session)


def kept(facts: Mapping[str, Value], vocabulary: Mapping[str, Fact]) -> dict[str, Value]:
    """What a population says of a case: moments in time are left out."""
    return {name: value for name, value in facts.items() if name in vocabulary}


def trees_of(pack: Pack) -> dict[str, Node]:
    """Every rule that a population can be decided by."""
    held = facts_kept(pack.vocabulary)
    bound = {rule.id: pack.binder.bind(rule.when) for rule in pack.rules}
    return {rule: tree for rule, tree in bound.items() if set(tree.names) <= held.keys()}


@pytest.mark.slow
@pytest.mark.parametrize("area", ["coventry", "stoke-on-trent"])
def test_every_rule_over_every_example_and_the_demonstration(
    area: str, library: Library, tmp_path: Path, spark_session: Any
) -> None:
    pack = library.pack(area, ON)
    facts = facts_kept(pack.vocabulary)
    examples = [kept(one.given, facts) for rule in pack.rules for one in rule.examples]
    cases = [*examples, *(kept(one, facts) for one in demonstrated(100))]
    agree(tmp_path / "cases.parquet", cases, trees_of(pack), pack.binder.names, pack.vocabulary, spark_session)


def demonstrated(count: int) -> Iterator[Mapping[str, Value]]:
    """The facts of invented notifications."""
    from alongside.demo.population import Invented

    for batch in Invented(seed=7).batches(count):
        for case in batch:
            yield from case.frames
