"""Splink on FEBRL 3 and 4 with the settings of its own examples on them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import polars as pl
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

PUBLISHED_AT = -2.0  # bits: the .2 of the examples
TURNED = "l.given_name = r.surname and l.surname = r.given_name"
SURE = [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")]


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


def write_pairs(name: str, file: Path, out: Path) -> None:
    """The pairs of `febrl3` or `febrl4` with their weights."""
    linker = SPLINK[name](file)
    found = linker.inference.predict(threshold_match_probability=0.01).as_duckdbpyrelation()
    found.select(
        "rec_id_l AS id_l, rec_id_r AS id_r, match_weight AS weight, match_probability AS probability"
    ).write_csv(str(out))
