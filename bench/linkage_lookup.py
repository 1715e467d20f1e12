"""One person looked up among many: our key table on SQLite and on PostgreSQL, and beside it, on the same people and the same queries,
Splink, PostgreSQL's trigrams and recordlinkage.
"""

from __future__ import annotations

import json
import statistics
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from alongside.linkage import Hit, Model, Record, default_model
from alongside.linkage.frequencies import among_all
from bench.asking import ask, four
from bench.key_tables import build, key_table
from bench.linkage_batch import RIVALS
from bench.numbers import spread
from bench.people.parts import Parts, make_parts
from bench.sites import ROOT
from bench.splink_lookup import between, compare
from bench.trigrams import trigrams
from tests.postgres import cluster

SEED, QUERIES = 42, 1_000
OF_SPLINK, SCORED_BY_SPLINK, OF_TRIGRAMS, OF_RECORDLINKAGE = 150, 100, 500, 5
# Splink reads all people for each query, and a library for small and medium sized files is not asked for what it is not made for.
MOST_OF_SPLINK, MOST_OF_RECORDLINKAGE = 2_000_000, 200_000
SERVER = {"shared_buffers": "3GB", "maintenance_work_mem": "1GB", "max_wal_size": "8GB"}


def lookup(size: int, folder: Path) -> dict[str, Any]:
    """All that is measured of looking up among so many people."""
    parts = make_parts(size, SEED, QUERIES, folder)
    records, queries = parts.queries()
    model = among_all(default_model(), parts.counted())
    known = queries.filter(kind="known")
    ours: dict[str, Any] = {"ready": parts.seconds}
    with cluster(**SERVER) as url:
        for name, address in (("SQLite", str(folder / "keys.db")), ("PostgreSQL", url)):
            built = build(address, parts)
            times, hits = ask(key_table(address), model, records)
            right = _right(parts, queries, hits)
            ours[name] = {
                "built": built,
                "alone": spread(times, 2),
                "four": four(address, model, records, folder),
                **right,
            }
        rivals = {"pg_trgm": trigrams(url, parts, known.head(OF_TRIGRAMS))}
    rivals |= _rivals(parts, records, known, folder, model)
    return {"alongside": ours, **rivals}


def _rivals(parts: Parts, records: Sequence[Record], known: pl.DataFrame, folder: Path, model: Model) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if parts.size <= MOST_OF_SPLINK:
        table = key_table(str(folder / "keys.db"))
        found["compare_records"] = compare(table, model, records[:SCORED_BY_SPLINK])
        found["predict_between"] = between(parts, known.head(OF_SPLINK))
    if parts.size <= MOST_OF_RECORDLINKAGE:
        found["recordlinkage"] = _recordlinkage(parts, known, folder)
    return found


def _right(parts: Parts, queries: pl.DataFrame, hits: Sequence[Sequence[Hit]]) -> dict[str, Any]:
    """Of those known, how many are found among the best, all of them and the first that the rivals are asked for; and how many
    strangers in a known household are taken for somebody known."""
    who, link_from = parts.people("entity")["entity"], default_model().link_from
    told = list(zip(queries["kind"], queries["entity"], hits, strict=True))
    right = [entity in {who[int(hit.id)] for hit in found} for kind, entity, found in told if kind == "known"]
    home = [bool(found) and found[0].match.weight_bits >= link_from for kind, _, found in told if kind == "household"]
    firsts = {"Splink": OF_SPLINK, "pg_trgm": OF_TRIGRAMS}
    return {
        "queries": len(told),
        "known": len(right),
        "recall": round(statistics.mean(right), 4),
        "recall_beside": {rival: round(statistics.mean(right[:count]), 4) for rival, count in firsts.items()},
        "in_known_homes": len(home),
        "taken_for_known": round(statistics.mean(home), 4) if home else 0.0,
    }


def _recordlinkage(parts: Parts, known: pl.DataFrame, folder: Path) -> dict[str, Any]:
    known.write_parquet(folder / "known.parquet")
    files = [str(parts.folders[0] / "people.parquet"), str(folder / "known.parquet"), str(OF_RECORDLINKAGE)]
    command = [RIVALS, "-m", "bench.recordlinkage_people", "lookup", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"recordlinkage could not be measured:\n{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    who = dict(parts.people("id", "entity").iter_rows())
    right = [
        entity in {who[id_] for id_ in told["best"].get(query, ())}
        for query, entity in known.select("id", "entity").iter_rows()
    ]
    return {**spread(told["times"]), "queries": len(told["times"]), "recall": round(statistics.mean(right), 4)}
