"""Four readings of the same rules over the same rows: generated Python, Polars, SQL in DuckDB, SQL in Spark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from alongside.policy import Value
from alongside.policy.frame import outcomes
from alongside.policy.generate import Names, build
from alongside.policy.population import CASE, Decided, schema, table
from alongside.policy.sql import SparkSql, select
from alongside.policy.tree import Node
from alongside.policy.values import OUTCOME
from alongside.policy.vocabulary import Fact

Trees = Mapping[str, Node]
Answers = dict[str, list[bool | None]]
TRUTH = {outcome: truth for truth, outcome in OUTCOME.items()}


def stored(path: Path, held: Sequence[Decided], vocabulary: Mapping[str, Fact]) -> Path:
    """Cases as a population's Parquet file, but for columns with nothing in them."""
    rows = table(held, 1, schema(vocabulary, []))
    rows.select(CASE, *(one.name for one in rows if one.name != CASE and one.null_count() < rows.height)).write_parquet(
        path
    )
    return path


def by_python(cases: Sequence[Mapping[str, Value]], trees: Trees, names: Names) -> Answers:
    """Each case alone."""
    program = build(trees, names)
    decided = [program.outcomes(one) for one in cases]
    return {rule: [TRUTH[one[rule]] for one in decided] for rule in trees}


def by_polars(path: Path, trees: Trees, names: Names) -> Answers:
    return outcomes(pl.scan_parquet(path), trees, names).collect().to_dict(as_series=False)


def by_duckdb(path: Path, trees: Trees, names: Names) -> Answers:
    with duckdb.connect() as there:
        text = select("cases", _columns(path), trees, names, kept=[CASE])
        there.execute(f"CREATE TABLE cases AS SELECT * FROM '{path}'")  # noqa: S608 - our own file
        rows = there.execute(f"{text} ORDER BY 1").fetchall()
    return {rule: [row[place] for row in rows] for place, rule in enumerate(trees, 1)}


def by_spark(path: Path, trees: Trees, names: Names, session: Any) -> Answers:
    session.read.parquet(str(path)).createOrReplaceTempView("cases")
    text = select("cases", _columns(path), trees, names, SparkSql(), kept=[CASE])
    rows = session.sql(f"{text} ORDER BY 1").collect()
    return {rule: [row[place] for row in rows] for place, rule in enumerate(trees, 1)}


def _columns(path: Path) -> list[str]:
    return list(pl.read_parquet_schema(path))
