"""The part of the report that tells of linkage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bench.lines import Bar, bar_of, table_of


def linkage_bars(found: Mapping[str, Any]) -> Iterable[Bar]:
    """The bars of linkage that this part measures."""
    ours, theirs = found["batch"]["alongside"], found["batch"]["Splink"]
    what = f"repeats in {found['size']:,} records, against Splink with stock settings"
    yield bar_of(f"{what}: time", "≤ 1 × its", ours["seconds"] / theirs["seconds"], " ×", lambda v: v <= 1)
    yield bar_of(f"{what}: memory", "≤ 1 × its", ours["megabytes"] / theirs["megabytes"], " ×", lambda v: v <= 1)
    more = 100 * (ours["f1"] - max(theirs["f1"], theirs["best"]))
    yield bar_of(f"{what}: F1, of Splink's at its best threshold", "≥ 2 points more", more, " points", lambda v: v >= 2)
    looked = found["lookup"]
    faster = looked["Splink"]["p50"] / max(0.1, looked["alongside"]["p50"])
    what = f"look-up among {looked['among']:,}, p50 against Splink's predict_between"
    yield bar_of(what, "≥ 200 × faster (at 1,000,000)", faster, " ×", lambda v: v >= 200)
    home = 100 * looked["alongside"]["taken_for_known"]
    yield bar_of("a stranger in a known household taken for somebody known", "≤ 1 %", home, " %", lambda v: v <= 1)


def linkage(found: Mapping[str, Any]) -> Iterable[str]:
    """The tables, and how they were measured."""
    yield "## Who is this?"
    yield (
        f"`alongside linkage dedupe` over {found['size']:,} invented records of the region (`bench/people`), from the file to the pairs, "
        "beside Splink on DuckDB with its own comparisons and the blocking rules of its tutorials, trained on the file. *Blocking*: the share "
        "of pairs of one person that are compared at all. Memory is that of all processes together."
    )
    heads = ("", "seconds", "processor s", "MB", "compared", "blocking", "precision", "recall", "F1", "F1 at the best")
    names = ("seconds", "processor", "megabytes", "compared", "blocking", "precision", "recall", "f1", "best")
    yield table_of(heads, [(engine, *(row[name] for name in names)) for engine, row in found["batch"].items()])
    looked = found["lookup"]
    ours, theirs = looked["alongside"], looked["Splink"]
    yield (
        f"One person looked up among {looked['among']:,}, keys in SQLite (built in {looked['built']} s, {looked['megabytes']} MB) and persons in "
        f"memory. Recall is of people known, any record of theirs in the top five. Of {ours['in_known_homes']} strangers who live with somebody "
        f"known, {ours['taken_for_known']:.1%} had a first candidate at the shipped threshold."
    )
    body = [
        ("alongside", ours["p50"], ours["p95"], ours["p99"], ours["recall"], ours["queries"]),
        ("Splink predict_between", theirs["p50"], theirs["p95"], theirs["p99"], "", theirs["queries"]),
    ]
    yield table_of(("", "p50 ms", "p95 ms", "p99 ms", "recall in the top 5", "queries"), body)
