"""Splink asked for one person at a time: with its own blocking, and as the scoring of our candidates.

`between`: `predict_between`, with the comparisons and blocking rules of `splink_batch`. `compare`: `compare_records` over the records
that our keys find, with our model's own settings, so that both scores are to be the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
from splink import DuckDBAPI, Linker
from splink.internals.realtime import compare_records

from alongside.linkage import Model, Record, keys, normalise, select_candidates
from alongside.linkage.comparisons import FREQUENCIES
from alongside.linkage.row import COLUMNS, SETS, Row
from alongside.linkage.score import score_rows
from alongside.linkage.splink import UNIQUE_ID, settings
from bench.asking import TOP
from bench.key_tables import KeyTable
from bench.numbers import spread
from bench.people.parts import Parts
from bench.splink_batch import trained

BY_FREQUENCY = ("given_name", "family_name", "email", "town")  # those that its settings count by how common a value is
WARM = 1  # its statements are written at the first


def between(parts: Parts, queries: pl.DataFrame) -> dict[str, Any]:
    """The times, and how many are found: any record of the same `entity` among the best. Trained on the first part."""
    learned = trained(str(parts.folders[0] / "people.parquet")).misc.save_model_to_json()
    connection = duckdb.connect()
    connection.from_arrow(parts.people().to_arrow()).create("people")
    interface = DuckDBAPI(connection)
    people = interface.register("people")
    linker = Linker(people, learned, log_level=logging.ERROR)
    for column in BY_FREQUENCY:
        linker.table_management.compute_tf_table(column)
    asked, who = queries.to_arrow(), dict(parts.people("id", "entity").iter_rows())
    times, right = [], 0
    for place in range(-WARM, asked.num_rows):
        one = interface.register(asked.slice(max(place, 0), 1))
        start = time.perf_counter()
        found = linker.inference.predict_between(one, people)
        best = found.as_duckdbpyrelation().order("match_weight DESC, id_r").limit(TOP).select("id_l, id_r").fetchall()
        if place >= 0:
            times.append(time.perf_counter() - start)
            right += queries["entity"][place] in {who.get(id_) for pair in best for id_ in pair}
        found.drop_table_from_database_and_remove_from_cache()
    return {**spread(times), "queries": len(times), "recall": round(right / len(times), 4)}


def compare(table: KeyTable, model: Model, queries: Sequence[Record]) -> dict[str, Any]:
    """The times from the query to the scores of all candidates, how many pairs that were, and how many bits ours differ at most."""
    interface, said = DuckDBAPI(duckdb.connect()), settings(model, len(table), within=False)
    weights, times, pairs, apart = model.weights(len(table)), [], 0, 0.0
    for place in range(-WARM, len(queries)):
        start = time.perf_counter()
        known = normalise(queries[max(place, 0)])
        others = {one.id: one.rows[0] for one in table.load(select_candidates(keys(known), table.fetch))}
        scored = _scored(known.rows[0], others, model, said, interface)
        if place >= 0:
            times.append(time.perf_counter() - start)
            pairs += len(scored)
            ours = {id_: score_rows(known.rows[:1], [row], model, weights).weight_bits for id_, row in others.items()}
            apart = max((apart, *(abs(ours[id_] - weight) for id_, weight in scored.items())))
    return {**spread(times), "queries": len(times), "pairs": pairs, "apart": apart}


def _scored(
    asked: Row, others: Mapping[int, Row], model: Model, said: dict[str, Any], interface: DuckDBAPI
) -> dict[int, float]:
    """Candidate → Splink's match weight. Its statement is written once and kept, as Splink offers for use in real time."""
    if not others:
        return {}
    one, many = _table({-1: asked}, model), _table(others, model)
    found = compare_records(one, many, said, interface, sql_cache_key="a look-up")
    scored = found.as_duckdbpyrelation().select(f"{UNIQUE_ID}_r, match_weight").fetchall()
    found.drop_table_from_database_and_remove_from_cache(force_non_splink_table=True)
    return dict(scored)


def _table(rows: Mapping[int, Row], model: Model) -> pa.Table:
    """Rows as Splink reads them, each with how common its values are."""
    columns: dict[str, list[Any]] = {UNIQUE_ID: list(rows), "id": [str(id_) for id_ in rows]}
    for name in COLUMNS:
        values = (getattr(row, name) for row in rows.values())
        columns[name] = [(sorted(value) if name in SETS else value) or None for value in values]
    for name in FREQUENCIES:
        columns[f"tf_{name}"] = [2 ** model.log_frequency(name, value) if value else None for value in columns[name]]
    return pa.Table.from_pydict(columns, schema=_SCHEMA)


def _kind(name: str) -> pa.DataType:
    if name in SETS:
        return pa.list_(pa.string())
    return pa.int64() if name in (UNIQUE_ID, "born_year") else pa.string()


_SCHEMA = pa.schema(
    [(name, _kind(name)) for name in (UNIQUE_ID, "id", *COLUMNS)]
    + [(f"tf_{name}", pa.float64()) for name in FREQUENCIES]
)
