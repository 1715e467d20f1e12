"""Proof: Spark decides every rule of a pack for every case as Polars does, row by row.

Run as `python -m tests.prove.row_by_row COUNT SEED`; prints what it found as JSON. The cases are those of the benchmark, other
ones for each seed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from alongside.cli._packs import packs_root
from alongside.policy import Library, load_library
from alongside.policy.frame import outcomes
from alongside.policy.population import CASE
from alongside.policy.regime import alone
from alongside.policy.spark import session
from alongside.policy.sql import SparkSql, select
from bench.many_cases import cases
from tests.prove.ledger import Found

AREA, ON = "coventry", date(2026, 3, 2)
AT_ONCE = 60  # rules in one query of Spark


def compare(spark: Any, library: Library, folder: Path, *, first: int, count: int) -> Found:
    """So many cases by every rule of a pack, in both."""
    pack = library.pack(AREA, ON)
    trees = {rule: part.tree for rule, (part,) in alone(pack).parts.items()}
    file, found = folder / "cases.parquet", Found()
    pl.concat(cases(pack.vocabulary, tuple(library.areas), count, first=first)).write_parquet(file)
    frame = pl.scan_parquet(file)
    columns = frame.collect_schema().names()
    spark.read.parquet(str(file)).createOrReplaceTempView("cases")
    for start in range(0, len(trees), AT_ONCE):
        some = dict(list(trees.items())[start : start + AT_ONCE])
        out = folder / f"decided-{start}"
        text = select("cases", columns, some, pack.binder.names, SparkSql(), kept=[CASE])
        spark.sql(text).write.mode("overwrite").parquet(str(out))
        theirs = pl.read_parquet(out / "*.parquet").sort(CASE)
        ours = outcomes(frame, some, pack.binder.names).collect()
        for rule in some:
            differ = int(theirs[rule].ne_missing(ours[rule]).sum())
            if differ or theirs.height != count:
                found.fault(f"{rule}: {differ} of {theirs.height} cases come out otherwise")
    found.tries[f"cases, each by {len(trees)} rules"] += count
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    if os.environ.get("PROVE_MUTANT") == "not-known-is-no":
        SparkSql.negate = lambda self, truth: f"(NOT COALESCE({truth}, FALSE))"  # type: ignore[method-assign]
    begun = time.monotonic()
    with session() as spark, tempfile.TemporaryDirectory(prefix="prove-") as folder:
        found = compare(spark, load_library(packs_root()), Path(folder), first=seed * count, count=count)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
