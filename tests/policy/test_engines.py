"""The same rules over the same cases come out the same, row by row, in generated Python, Polars, DuckDB and Spark."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.cli import alongside
from alongside.demo.population import Invented
from alongside.policy import Library, Pack, Places, Value, spark
from alongside.policy.binding import Binder
from alongside.policy.generate import Names
from alongside.policy.population import Decided, facts_kept
from alongside.policy.tree import Node
from alongside.policy.vocabulary import Fact
from tests.policy import random_rules
from tests.policy.engines import Trees, by_duckdb, by_polars, by_python, by_spark, stored
from tests.prove import row_by_row

ON = date(2026, 3, 2)
AT_ONCE = 60  # rules in one query of Spark


@pytest.fixture(scope="module")
def spark_session() -> Iterator[Any]:
    """Spark on this machine. What it compiles runs once: the quick compiler is quicker."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        with spark.session() as held:
            held.conf.set("spark.sql.adaptive.enabled", "false")
            yield held


def agree(
    path: Path,
    cases: Sequence[Mapping[str, Value]],
    trees: Trees,
    names: Names,
    vocabulary: Mapping[str, Fact],
    there: Any,
) -> None:
    """Every reading of every rule over every case is that of generated Python; Spark's too, where there is a session."""
    stored(path, [Decided(PLACE, ON, ON, "", [one], {}) for one in cases], vocabulary)
    alone = by_python(cases, trees, names)
    assert len({one for told in alone.values() for one in told}) == 3, "the cases come to no more than one thing"
    assert by_polars(path, trees, names) == alone
    assert by_duckdb(path, trees, names) == alone
    ids = list(trees) if there else []
    for start in range(0, len(ids), AT_ONCE):
        some = {rule: trees[rule] for rule in ids[start : start + AT_ONCE]}
        assert by_spark(path, some, names, there) == {rule: alone[rule] for rule in some}


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
def test_every_rule_over_every_example_and_the_demonstration(
    library: Library, tmp_path: Path, spark_session: Any
) -> None:
    every_rule("coventry", library, tmp_path, spark_session)


@pytest.mark.parametrize("area", ["stoke-on-trent", "birmingham"])
def test_every_rule_of_another_area(area: str, library: Library, tmp_path: Path) -> None:
    every_rule(area, library, tmp_path, None)


def every_rule(area: str, library: Library, folder: Path, there: Any) -> None:
    pack = library.pack(area, ON)
    facts = facts_kept(pack.vocabulary)
    examples = [kept(one.given, facts) for rule in pack.rules for one in rule.examples]
    cases = [*examples, *(kept(one, facts) for one in demonstrated(100))]
    agree(folder / "cases.parquet", cases, trees_of(pack), pack.binder.names, pack.vocabulary, there)


def demonstrated(count: int) -> Iterator[Mapping[str, Value]]:
    """The facts of invented notifications."""
    for batch in Invented(seed=7).batches(count):
        for case in batch:
            yield from case.frames


@pytest.mark.slow
def test_ten_thousand_cases_on_spark(library: Library, tmp_path: Path, spark_session: Any) -> None:
    """`make prove` does the same with a million."""
    assert row_by_row.compare(spark_session, library, tmp_path, first=0, count=10_000).faults == []


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A population from the demonstration's generator."""
    file = tmp_path_factory.mktemp("demo") / "cases.parquet"
    Invented(seed=7).write(file, 400)
    return file


CHANGE = ("--area", "all", "--set", "marac_ticks=12", "--by", "area", "--by", "week", "--exact", "--on", ON.isoformat())


@pytest.mark.slow
def test_the_command_tells_the_same_on_spark(
    demonstration: Path, spark_session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark, "session", lambda master: nullcontext(spark_session))
    here, there = (
        CliRunner().invoke(alongside, ["policy", "replay", *CHANGE, *more, str(demonstration)])
        for more in ([], ["--engine", "spark"])
    )
    assert here.exit_code == there.exit_code == 0, there.output
    assert " 0 differ from what was decided" in there.stdout
    assert "cannot decide → yes" in there.stdout
    assert there.stdout == here.stdout


@pytest.mark.parametrize(
    ("spoil", "more", "told"),
    [
        (lambda patch: patch.setitem(sys.modules, "pyspark.sql", None), [], "pip install 'alongside[spark]'"),
        (lambda patch: patch.setattr(spark, "_java", lambda: None), [], "no Java was found"),
        (lambda patch: patch.setattr(spark, "_java", lambda: 11), [], "Java here is 11"),
        (lambda patch: None, ["--engine", "polars", "--master", "spark://x:7077"], "add --engine spark"),
    ],
)
def test_what_spark_needs_is_said(
    spoil: Callable[[pytest.MonkeyPatch], None],
    more: list[str],
    told: str,
    demonstration: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil(monkeypatch)
    answer = CliRunner().invoke(
        alongside, ["policy", "replay", *CHANGE, "--engine", "spark", *more, str(demonstration)]
    )
    assert answer.exit_code == 2
    assert told in answer.stderr
