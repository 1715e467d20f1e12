"""The part of the report on many cases at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bench.lines import Bar, bar_of, table_of

MILLION = 1_000_000


def population_bars(found: Mapping[str, Any]) -> Iterable[Bar]:
    """The bars of populations."""
    size = f"{found['cases'] / MILLION:g} million cases"
    for what, part, times, seconds in (
        (f"{size} × {found['rules']} rules, in memory", "warm", 5, 2),
        ("the same from Parquet", "parquet", 2, 5),
        (f"what-if on {size}, with the meetings of each area", "what_if", 3, 1),
    ):
        yield _times(f"{what}, against DuckDB", found[part], times)
        yield _seconds(what, found[part]["seconds"]["alongside"], seconds)
    rival = found["openfisca"]
    yield _times(f"{rival['cases'] / MILLION:g} million × {found['rules']}, against OpenFisca-core", rival, 1.5)
    whole = found["whole"]
    yield _seconds(f"every rule of a pack ({whole['rules']}) on {size}, from Parquet", whole["seconds"], 30)
    yield bar_of("its greatest memory", "≤ 8 GB", whole["peak_gib"], " GiB", lambda v: v <= 8)


def _times(what: str, part: Mapping[str, Any], least: float) -> Bar:
    return bar_of(what, f"≥ {least:g} × faster", part["times_ours"], " ×", lambda v: v >= least)


def _seconds(what: str, seconds: float, most: float) -> Bar:
    return bar_of(what, f"≤ {most:g} s", seconds, " s", lambda v: v <= most)


def population(found: Mapping[str, Any]) -> Iterable[str]:
    """The section."""
    rival, whole = found["openfisca"], found["whole"]
    yield "## Many cases at once"
    yield (
        f"{found['cases']:,} invented cases, one row each, {found['columns']} columns; about 12% of the facts not known, some counts known as "
        f"a range, some questions that do not arise; Parquet of {found['file_bytes'] / 2**20:,.0f} MiB with every fact of the vocabulary. Polars "
        f"{found['polars']} with {found['threads']} threads and DuckDB {found['duckdb']} with two, in turn in one process, the middle of the "
        "rounds. Both keep every outcome of every case; DuckDB runs our conditions as SQL, from a table in its memory with areas as an ENUM, "
        "or from the same file. Counts of yes and of cannot decide are compared rule by rule before anything is timed, and nothing is "
        "reported if they differ. In the what-if DuckDB takes each row for a case, which spares it work that ours does."
    )
    body = [
        (what, engine, f"{seconds:.2f} s", f"{seconds / found[part]['seconds']['alongside']:.1f} ×")
        for what, part in (
            (f"{found['rules']} rules, in memory", "warm"),
            (f"{found['rules']} rules, from Parquet", "parquet"),
            ("what-if and meetings by area, in memory", "what_if"),
            (f"{found['rules']} rules, {rival['cases']:,} cases", "openfisca"),
        )
        for engine, seconds in found[part]["seconds"].items()
    ]
    yield table_of(("", "engine", "time", "of ours"), body)
    yield (
        f"OpenFisca-core has no value for what is not known and takes it for no, or nought: {rival['wrong_answers']:,} of its "
        f"{rival['answers']:,} answers are wrong; with every fact known they are all the same as ours. DuckDB's are all the same as ours. "
        f"The what-if changes {found['what_if']['changed']:,} decisions and makes {found['what_if']['more_meetings']:,} more meetings. "
        f"All {whole['rules']} rules of a pack, counted from Parquet in a process of its own: {whole['seconds']:.1f} s, at most "
        f"{whole['peak_gib']:.1f} GiB of memory."
    )
