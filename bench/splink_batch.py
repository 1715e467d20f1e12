"""Splink with stock settings over one file: its own comparisons for each field, the blocking rules of its tutorials, trained on the file.

python -m bench.splink_batch PEOPLE.parquet PAIRS.csv
"""

from __future__ import annotations

import logging
import sys

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

RULES = (
    block_on("given_name", "family_name"),
    block_on("family_name", "date_of_birth"),
    block_on("given_name", "date_of_birth"),
    block_on("postcode", "given_name"),
    block_on("postcode", "family_name"),
    block_on("email"),
    block_on("phone", "given_name"),
)
LEAST = 0.01  # probability of a pair that is written: the best threshold lies well above it


def settings() -> SettingsCreator:
    """Splink's own comparison for each kind of field, how common names are counted, as its guide advises."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=list(RULES),
        comparisons=[
            cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
            cl.NameComparison("family_name").configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True),
            cl.PostcodeComparison("postcode"),
            cl.EmailComparison("email"),
            cl.LevenshteinAtThresholds("phone", 1),
            cl.ExactMatch("nhs_number"),
            cl.ExactMatch("sex"),
            cl.ExactMatch("town").configure(term_frequency_adjustments=True),
        ],
    )


def trained(people: str) -> Linker:
    """u by random sampling, m by expectation maximisation on two blocks, the prior from what agrees for certain."""
    linker = Linker(DuckDBAPI().register(_read(people)), settings(), log_level=logging.ERROR)
    sure = [block_on("given_name", "family_name", "date_of_birth"), block_on("nhs_number")]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (block_on("given_name", "family_name"), block_on("date_of_birth")):
        linker.training.estimate_parameters_using_expectation_maximisation(block)
    return linker


def _read(people: str) -> object:
    import pyarrow.parquet as pq

    return pq.read_table(people)


def main() -> None:
    """Command line."""
    people, out = sys.argv[1:]
    pairs = trained(people).inference.predict(threshold_match_probability=LEAST)
    pairs.as_duckdbpyrelation().select(
        "id_l, id_r, match_weight AS weight, match_probability AS probability"
    ).write_csv(out)


if __name__ == "__main__":
    main()
