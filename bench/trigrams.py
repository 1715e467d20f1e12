"""People looked up with PostgreSQL's own means: trigrams of the names, as `pg_trgm` has them, then in order of points for what agrees.

`names`: those alike by name, as the manual shows it. `and more`: also those who share what else who knows the data would index, a date of
birth, postcode, telephone, e-mail or NHS number; there .5 finds as many as the default of .3, in half the time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import polars as pl
import psycopg

from bench.asking import TOP
from bench.key_tables import warm
from bench.numbers import spread
from bench.people.parts import Parts

COLUMNS = ("date_of_birth", "postcode", "phone", "email", "nhs_number")
BY_NAME = "similarity(name, %(name)s)"
# Points if it agrees, and if not, much like match weights; nothing where either is not known.
POINTS = {"postcode": (5, -0.5), "phone": (5, -0.5), "email": (8, -0.5), "nhs_number": (10, -3)}
BY_BIRTH = (
    "CASE WHEN date_of_birth = %(date_of_birth)s THEN 7 WHEN similarity(date_of_birth, %(date_of_birth)s) >= 0.5 THEN 1 "
    "WHEN date_of_birth <> %(date_of_birth)s THEN -3 ELSE 0 END"
)
ORDER = " + ".join(
    [
        f"COALESCE({BY_NAME}, 0.3) * 14 + {BY_BIRTH}",
        *(
            f"CASE WHEN {name} = %({name})s THEN {yes} WHEN {name} <> %({name})s THEN {no} ELSE 0 END"
            for name, (yes, no) in POINTS.items()
        ),
    ]
)
ALIKE = "name %% %(name)s"
# The least similarity, and where to look.
WAYS = {
    "names": (0.3, ALIKE),
    "and more": (0.5, " OR ".join([ALIKE, *(f"{column} = %({column})s" for column in COLUMNS)])),
}


def trigrams(address: str, parts: Parts, queries: pl.DataFrame) -> dict[str, Any]:
    """Seconds and megabytes of table and indexes; for each way the times, and how many are found among the best."""
    with psycopg.connect(address, autocommit=True) as database:
        start = time.perf_counter()
        _fill(database, parts)
        seconds = round(time.perf_counter() - start, 1)
        size = database.execute("SELECT pg_indexes_size('named')").fetchone() or (0,)
        asked = [row | {"name": _name(row)} for row in queries.iter_rows(named=True)]
        ways = {way: _asked(database, way, asked) for way in WAYS}
        database.execute("DROP TABLE named")
    return {"built": seconds, "megabytes": round(size[0] / 2**20), "ways": ways}


def _name(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (row["given_name"], row["family_name"]))).lower()


def _fill(database: psycopg.Connection[Any], parts: Parts) -> None:
    database.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    said = ", ".join(f"{column} text" for column in ("name", *COLUMNS))
    database.execute(f"CREATE TABLE named (id integer, entity bigint, {said})")
    with database.cursor().copy("COPY named FROM STDIN (FORMAT csv)") as copy:
        for folder in parts.folders:
            people = pl.read_parquet(folder / "people.parquet")
            name = pl.concat_str("given_name", "family_name", separator=" ", ignore_nulls=True).str.to_lowercase()
            wanted = people.select(pl.col("id").str.slice(1), "entity", name.replace("", None).alias("name"), *COLUMNS)
            copy.write(wanted.write_csv(include_header=False))
    database.execute("CREATE INDEX ON named USING gin (name gin_trgm_ops)")
    for column in COLUMNS:
        database.execute(f"CREATE INDEX ON named ({column})")
    database.execute("VACUUM ANALYZE named")
    warm(database)


def _asked(database: psycopg.Connection[Any], way: str, asked: list[dict[str, Any]]) -> dict[str, Any]:
    least, where = WAYS[way]
    database.execute(f"SET pg_trgm.similarity_threshold = {least}")
    text = f"SELECT entity, {ORDER} AS points FROM named WHERE {where} ORDER BY points DESC, id LIMIT {TOP}"  # noqa: S608
    times, right = [], 0
    for row in asked:
        start = time.perf_counter()
        found = database.execute(text, row).fetchall()
        times.append(time.perf_counter() - start)
        right += row["entity"] in {entity for entity, _ in found}
    return {**spread(times), "queries": len(times), "recall": round(right / len(times), 4)}
