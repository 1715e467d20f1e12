"""One file against itself: ours, Splink and recordlinkage, each in a process of its own from the file to the pairs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import polars as pl

from alongside.linkage import default_model
from alongside.linkage.batch import threshold
from bench.memory import measured
from bench.people.parts import make_parts
from bench.sites import ROOT

OURS = (str(Path(sys.executable).with_name("alongside")), "linkage")
RIVALS = str(ROOT / "bench" / ".venv" / "bin" / "python")
SEED = 41
MOST_OF_RECORDLINKAGE = 200_000  # its author: for small or medium sized files


def batch(size: int, folder: Path) -> dict[str, Any]:
    """Engine → what it took and how right it was. The shipped threshold is ours; a chance of one half theirs."""
    people = folder / "people.parquet"
    # A query or more for each part, which are not asked here.
    make_parts(size, SEED, -(-size // 1_000), folder, ready=False).people().write_parquet(people)
    engines = {
        "alongside": [*OURS, "dedupe", "--all", "--people", str(people), "--out", str(folder / "alongside.csv")],
        "Splink": [sys.executable, "-m", "bench.splink_batch", str(people), str(folder / "Splink.csv")],
        "recordlinkage": [
            *(RIVALS, "-m", "bench.recordlinkage_people", "pairs"),
            *(str(people), str(folder / "recordlinkage.csv")),
        ],
    }
    if size > MOST_OF_RECORDLINKAGE:
        del engines["recordlinkage"]
    truth = pl.read_parquet(people, columns=["id", "entity"]).with_columns(pl.col("entity").cast(pl.String))
    least = {"alongside": threshold(default_model())}
    return {
        engine: {**measured(command), **accuracy(folder / f"{engine}.csv", truth, least.get(engine, 0.0))}
        for engine, command in engines.items()
    }


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
