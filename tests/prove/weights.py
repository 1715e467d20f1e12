"""Proof: our score of two records is Splink's own match weight, to a millionth of a bit, on the model's own comparisons.

Run as `python -m tests.prove.weights COUNT SEED`; prints what it found as JSON. The records are invented, other ones for each seed.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

import duckdb

from alongside.linkage import default_model, normalise, score
from alongside.linkage.comparisons import HOUSEHOLD
from alongside.linkage.frequencies import among
from alongside.linkage.model import Model
from alongside.linkage.record import Known
from alongside.linkage.splink import settings, use_frequencies, write_frequencies, write_rows
from bench.people.first_day import records
from bench.people.make_people import make
from tests.prove.ledger import Found

A_MILLIONTH = 1e-6
RECORDS = 3000
TOGETHER = ("family_sound", "born", "postcode_district", "given_same", "new_year")


def weights(people: list[Known], model: Model, folder: Path, count: int) -> list[tuple[str, str, float]]:
    """So many pairs as Splink weighs them."""
    from splink import DuckDBAPI, Linker

    write_rows(people, folder / "people.parquet")
    files = write_frequencies(people, model, folder)
    with duckdb.connect() as connection:
        connection.read_parquet(str(folder / "people.parquet")).create("people")
        api = DuckDBAPI(connection)
        linker = Linker(api.register("people"), settings(model, len(people), block_on=TOGETHER), log_level=50)
        use_frequencies(linker, {c: api.register(connection.read_parquet(str(file))) for c, file in files.items()})
        found = linker.inference.predict().as_duckdbpyrelation()
        rows = found.select("id_l, id_r, match_weight").order("hash(id_l, id_r)").limit(count).fetchall()
    return [(str(one), str(other), float(weight)) for one, other, weight in rows]


def compare(folder: Path, *, count: int, seed: int) -> Found:
    """So many pairs, scored by both."""
    people = [normalise(record) for record in records(make(RECORDS, 100 + seed, queries=0)[0])]
    model = among(default_model(), people)
    known, found = {person.id: person for person in people}, Found()
    levels: set[tuple[str, str]] = set()
    for one, other, weight in weights(people, model, folder, count):
        match = score(known[one], known[other], model, population=len(people), within=True)
        levels.update(match.levels.items())
        found.tries["pairs"] += 1
        if abs(match.weight_bits - weight) > A_MILLIONTH:
            found.fault(f"{one} and {other}: {match.weight_bits} here, {weight} by Splink; levels {match.levels}")
    if count >= 2000 and len(levels) < 50:
        found.fault(f"only {len(levels)} levels were met, too few to prove anything")
    return found


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    if os.environ.get("PROVE_MUTANT") == "families-counted-in-full":
        scoring = import_module("alongside.linkage.score")  # its name in the package is the function's
        scoring.OF_NAMES = tuple(c for c in scoring.OF_NAMES if c is not HOUSEHOLD)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="prove-") as folder:
        found = compare(Path(folder), count=count, seed=seed)
    found.seconds = time.monotonic() - begun
    print(found.to_json())


if __name__ == "__main__":
    main()
