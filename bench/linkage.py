"""Linkage measured: one file against itself, ours beside Splink; and people looked up one by one.

python -m bench.linkage [--size RECORDS]  (a million takes Splink longer than the rest of the benchmarks together)
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from alongside.linkage import Known, Model, default_model, keys, look_up, normalise
from alongside.linkage.batch import threshold
from alongside.linkage.frequencies import among
from alongside.linkage.tables import read_people
from bench.memory import measured
from bench.numbers import spread
from bench.people.make_people import make, write

SIZE, LOOKED_UP_AMONG = 100_000, 100_000
SEED, TOP, QUERIES, OF_SPLINK = 41, 5, 1_000, 20


def linkage(size: int = SIZE) -> dict[str, Any]:
    """The numbers of the part."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as name:
        folder = Path(name)
        write(*make(size, SEED, queries=QUERIES), folder)
        found = {"size": size, "batch": _batch(folder)}
        among_fewer = min(size, LOOKED_UP_AMONG)
        write(*make(among_fewer, SEED + 1, queries=QUERIES), folder)
        return {**found, "lookup": {"among": among_fewer, **_looked_up(folder)}}


def _batch(folder: Path) -> dict[str, Any]:
    people, truth = folder / "people.parquet", _truth(folder / "people.parquet")
    ours = [str(Path(sys.executable).with_name("alongside")), "linkage", "dedupe", "--all", "--people", str(people)]
    engines = {
        "alongside": [*ours, "--out", str(folder / "alongside.csv")],
        "Splink": [sys.executable, "-m", "bench.splink_batch", str(people), str(folder / "Splink.csv")],
    }
    shipped = {"alongside": threshold(default_model()), "Splink": 0.0}
    return {
        engine: {**measured(command), **accuracy(folder / f"{engine}.csv", truth, shipped[engine])}
        for engine, command in engines.items()
    }


def _truth(people: Path) -> pl.DataFrame:
    return pl.read_parquet(people, columns=["id", "entity"]).with_columns(pl.col("entity").cast(pl.String))


def accuracy(pairs: Path, truth: pl.DataFrame, threshold: float) -> dict[str, float]:
    """Precision, recall and F1 at the threshold in bits, F1 at the best; the share of true pairs compared at all."""
    count = truth.group_by("entity").len().get_column("len").cast(pl.Int64)
    right_in_all = int((count * (count - 1) // 2).sum())
    found = pl.read_csv(pairs, schema_overrides={"id_l": pl.String, "id_r": pl.String, "weight": pl.Float64})
    for side in "lr":
        found = found.join(truth.rename({"id": f"id_{side}", "entity": f"who_{side}"}), on=f"id_{side}")
    scored = found.select("weight", right=pl.col("who_l") == pl.col("who_r")).sort("weight", descending=True)
    steps = scored.with_columns(right=pl.col("right").cum_sum(), n=pl.int_range(1, pl.len() + 1))
    at = scored.filter(pl.col("weight") >= threshold)
    right = int(at["right"].sum())
    best = steps.select((2 * pl.col("right") / (pl.col("n") + right_in_all)).max()).item() or 0.0
    return {
        "compared": scored.height,
        "blocking": round(int(scored["right"].sum()) / right_in_all, 4),
        "precision": round(right / max(1, at.height), 4),
        "recall": round(right / right_in_all, 4),
        "f1": round(2 * right / (at.height + right_in_all), 4),
        "best": round(best, 4),
    }


class KeyTable:
    """The key table in a file of SQLite, as the platform keeps it beside the persons; the persons themselves in memory."""

    def __init__(self, file: Path, people: Sequence[Known]) -> None:
        self._people = {known.id: known for known in people}
        self._database = sqlite3.connect(file)
        self._database.execute("CREATE TABLE key (hash INTEGER, id TEXT, PRIMARY KEY (hash, id)) WITHOUT ROWID")
        rows = ((key.hash, known.id) for known in people for key in keys(known))
        self._database.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", rows)
        self._database.commit()

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, str]]:
        one = "SELECT * FROM (SELECT hash, id FROM key WHERE hash = ? ORDER BY id LIMIT ?)"
        values = [value for found in hashes for value in (found, limit)]
        return self._database.execute(" UNION ALL ".join([one] * len(hashes)), values)

    def load(self, ids: Sequence[str]) -> Iterable[Known]:
        return (self._people[id_] for id_ in ids)

    def __len__(self) -> int:
        return len(self._people)


def _looked_up(folder: Path) -> dict[str, Any]:
    people = [normalise(record) for record in read_people(folder / "people.parquet").records]
    model = among(default_model(), people)
    start = time.perf_counter()
    index = KeyTable(folder / "keys.db", people)
    built, size = time.perf_counter() - start, (folder / "keys.db").stat().st_size
    queries = pl.read_parquet(folder / "queries.parquet", columns=["id", "entity", "kind"]).rows()
    ours = _ask(folder, index, model, dict(_truth(folder / "people.parquet").iter_rows()), queries)
    return {"built": round(built, 1), "megabytes": round(size / 2**20), "alongside": ours, "Splink": _splink(folder)}


def _ask(
    folder: Path, index: KeyTable, model: Model, who: dict[str, str], queries: Sequence[tuple[str, Any, str]]
) -> dict[str, Any]:
    times, right, home = [], 0, []
    asked = read_people(folder / "queries.parquet").records
    for record, (_, entity, kind) in zip(asked, queries, strict=True):
        start = time.perf_counter()
        hits = look_up(record, index, top=TOP, model=model)
        times.append(time.perf_counter() - start)
        if kind == "known":
            right += str(entity) in {who[hit.id] for hit in hits}
        elif kind == "household":
            home.append(bool(hits) and hits[0].match.weight_bits >= model.link_from)
    known = sum(kind == "known" for _, _, kind in queries)
    return {
        **spread(times),
        "queries": len(times),
        "recall": round(right / known, 4),
        "in_known_homes": len(home),
        "taken_for_known": round(statistics.mean(home), 4) if home else 0.0,
    }


def _splink(folder: Path) -> dict[str, Any]:
    """Some queries one by one with Splink's `predict_between`, its model trained on the people."""
    import pyarrow.parquet as pq

    from bench.splink_batch import trained

    linker = trained(str(folder / "people.parquet"))
    interface = linker._db_api
    people = interface.register(pq.read_table(folder / "people.parquet"))
    queries = pq.read_table(folder / "queries.parquet")
    times = []
    for place in range(min(OF_SPLINK, queries.num_rows)):
        one = interface.register(queries.slice(place, 1))
        start = time.perf_counter()
        found = linker.inference.predict_between(one, people)
        found.as_duckdbpyrelation().order("match_weight DESC").limit(TOP).fetchall()
        times.append(time.perf_counter() - start)
    return {**spread(times), "queries": len(times)}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=SIZE)
    print(json.dumps(linkage(parser.parse_args().size), indent=1))


if __name__ == "__main__":
    main()
