"""Which records of one file are worth comparing with each other: those that share what few share.

A look-up may try sixty candidates for one person; among a million people that is sixty million pairs, nearly all of two persons.
So here a weak key speaks only together with another (a surname's sound and year of birth, with the date of birth), and a strong
one that too many share (a postcode of ten thousand people) only together with a name or a date of birth. Joined key by key in
Polars, on every core, so that the memory is that of one pair of kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alongside.linkage.prepared import BIRTH_HOUSE, KIND

if TYPE_CHECKING:
    import polars as pl

SHARED_BY = 60  # people at most, for a key that is worth comparing by
# Those who agree in how both names sound and perhaps in nothing else.
NAMESAKES = 12
ALONE = {
    **dict.fromkeys(("identifier", "phone", "email", "mailbox", "birth_postcode"), SHARED_BY),
    **dict.fromkeys(("initial_postcode", "sound_postcode", BIRTH_HOUSE), SHARED_BY),
    "names": NAMESAKES,
}
TOGETHER = (
    ("sound_year", "birth", SHARED_BY),  # one of the names, and the date: a changed surname, a short form
    ("sound_year", "names", SHARED_BY),  # both names and the year: a wrong day or month
    ("sound_year", "initial_start", SHARED_BY),
    ("initial_start", "birth", SHARED_BY),  # a slip in a name
    ("names", "initial_start", NAMESAKES),
)
FULL = ("names", "birth")  # what a strong key that too many share needs beside it
# What speaks for one person, and was the last resort: where more share even that, nothing brings them together.
TELLING = {
    ("identifier", "names"): "an identifying number and both names",
    ("phone", "names"): "a telephone number and both names",
    ("email", "names"): "an e-mail address and both names",
    ("birth_postcode", "names"): "a date of birth, a postcode and both names",
    ("birth", "sound_year"): "a date of birth and a name",
}


@dataclass(frozen=True)
class Crowd:
    """Records that share what speaks for one person, too many to be compared by it; how many of their pairs were, for another reason."""

    shared: str
    records: int
    compared: int

    @property
    def pairs(self) -> int:
        """All the pairs there are."""
        return self.records * (self.records - 1) // 2


def pairs_of(keys: pl.DataFrame) -> pl.DataFrame:
    """Of (hash, place, kind) the pairs (left, right) worth comparing, left < right, each once and in order."""
    import polars as pl

    found: pl.DataFrame = pl.concat(list(_of_kinds(_by_kind(keys))))
    return found.unique().sort("left", "right")


def crowds(keys: pl.DataFrame, found: pl.DataFrame) -> list[Crowd]:
    """Who is there too often to be compared, the largest first, each set of records once; `found` are the pairs that are."""
    import polars as pl

    by_kind = _by_kind(keys)
    there: dict[tuple[int, ...], str] = {}
    for (one, other), words in TELLING.items():
        full = by_kind[one].filter(pl.len().over("hash") > SHARED_BY)
        both = _both(full, by_kind[other]) if full.height else full
        for places in both.group_by("hash").agg(pl.col("place").sort()).get_column("place"):
            if len(places) > SHARED_BY:
                there.setdefault(tuple(places), words)
    told = [Crowd(words, len(places), _inside(found, places)) for places, words in there.items()]
    return sorted((one for one in told if one.compared < one.pairs), key=lambda one: (-one.records, one.shared))


def _inside(found: pl.DataFrame, places: Sequence[int]) -> int:
    import polars as pl

    some = pl.Series(places, dtype=found.schema["left"])
    return found.filter(pl.col("left").is_in(some.implode()) & pl.col("right").is_in(some.implode())).height


def _by_kind(keys: pl.DataFrame) -> dict[str, pl.DataFrame]:
    import polars as pl

    shared = keys.filter(pl.len().over("hash") > 1)
    return {kind: shared.filter(pl.col("kind") == place).select("hash", "place") for kind, place in KIND.items()}


def _of_kinds(by_kind: dict[str, pl.DataFrame]) -> Iterator[pl.DataFrame]:
    import polars as pl

    for kind, most in ALONE.items():
        yield _pairs(by_kind[kind], most)
        full = by_kind[kind].filter(pl.len().over("hash") > most)
        for other in FULL if full.height and kind != "names" else ():
            yield _pairs(_both(full, by_kind[other]), SHARED_BY)
    for one, other, most in TOGETHER:
        yield _pairs(_both(by_kind[one], by_kind[other]), most)


def _both(one: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Two keys of a record as one."""
    import polars as pl

    joined = one.join(other, on="place")
    # Whole numbers that wrap around; an odd factor, so that no two of a kind fall together.
    return joined.select((pl.col("hash") * 0x9E3779B1 + pl.col("hash_right")).alias("hash"), "place").unique()


def _pairs(keys: pl.DataFrame, most: int) -> pl.DataFrame:
    import polars as pl

    few = keys.filter(pl.len().over("hash").is_between(2, most))
    joined = few.join(few, on="hash").filter(pl.col("place") < pl.col("place_right"))
    return joined.select(pl.col("place").alias("left"), pl.col("place_right").alias("right")).unique()
