"""People in any number, made and made ready part by part, each part in a process and from a seed of its own.

Ten million do not fit in memory as objects. A part is 100,000 people: what `make_people` makes, and what a key table keeps of them.
"""

from __future__ import annotations

import os
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from alongside.linkage import Record, keys, normalise
from alongside.linkage.frequencies import table_of
from alongside.linkage.row import pack
from alongside.linkage.tables import read_people
from bench.people.make_people import make, write

PART, BLOCK = 100_000, 5_000


@dataclass(frozen=True)
class Parts:
    """The parts of `size` people, each in a folder: people, queries, and `keys` and `stored` of them. `seconds` of one processor to
    make all of them ready: normalised, with their keys."""

    folders: tuple[Path, ...]
    size: int
    seconds: float

    def people(self, *columns: str) -> pl.DataFrame:
        """Everybody, in some columns or all."""
        wanted = list(columns) or None
        return pl.concat([pl.read_parquet(folder / "people.parquet", columns=wanted) for folder in self.folders])

    def queries(self) -> tuple[list[Record], pl.DataFrame]:
        """Who is asked for, as a look-up reads them, and the same rows with their truth: entity and kind."""
        records = [record for folder in self.folders for record in read_people(folder / "queries.parquet").records]
        return records, pl.concat([pl.read_parquet(folder / "queries.parquet") for folder in self.folders])

    def keys(self) -> pl.DataFrame:
        """(hash, person) of everybody, in order."""
        return pl.concat([pl.read_ipc(folder / "keys.ipc") for folder in self.folders]).sort("hash", "person")

    def stored(self) -> Iterator[pl.DataFrame]:
        """(person, packed rows), part by part."""
        return (pl.read_ipc(folder / "stored.ipc") for folder in self.folders)

    def counted(self) -> pl.DataFrame:
        """The columns that say how common each value is."""
        return pl.concat([pl.read_ipc(folder / "counted.ipc") for folder in self.folders])


def make_parts(size: int, seed: int, queries: int, folder: Path, *, part: int = PART, ready: bool = True) -> Parts:
    """So many people and queries about them, one at least for each part; made `ready` for a key table, or not.

    `person` is a whole number from 0, in the order of the parts.
    """
    count = -(-size // part)
    make_one = partial(_make_part, size=size, seed=seed, queries=queries, folder=folder, part=part, ready=ready)
    if count == 1:
        seconds = [make_one(0)]
    else:
        with get_context("spawn").Pool(os.cpu_count()) as pool:
            seconds = pool.map(make_one, range(count), chunksize=1)
    return Parts(tuple(_folder(folder, number) for number in range(count)), size, round(sum(seconds), 1))


def _folder(folder: Path, number: int) -> Path:
    return folder / f"part-{number:03}"


def _make_part(number: int, *, size: int, seed: int, queries: int, folder: Path, part: int, ready: bool) -> float:
    parts, first = -(-size // part), number * part
    asked = queries // parts + (number < queries % parts)
    rows = make(min(part, size - first), seed + number, queries=asked, part=number)
    for row in (row for found in rows for row in found):
        row["id"] = f"{row['id'][0]}{int(row['id'][1:]) + first}"
    write(*rows, _folder(folder, number))
    return _make_ready(_folder(folder, number), first) if ready else 0.0


def _make_ready(folder: Path, first: int) -> float:
    """What a key table keeps of the people of a part; seconds."""
    start = time.process_time()
    hashes, holders, packed, counted = array("q"), array("q"), list[bytes](), list[pl.DataFrame]()
    records = read_people(folder / "people.parquet").records
    while block := [normalise(record) for record in islice(records, BLOCK)]:
        for person, known in enumerate(block, first + len(packed)):
            found = {key.hash for key in keys(known)}
            hashes.extend(found)
            holders.extend([person] * len(found))
        packed += [pack(known.rows) for known in block]
        counted.append(table_of(block))
    seconds = time.process_time() - start
    pl.DataFrame({"hash": hashes, "person": holders}).write_ipc(folder / "keys.ipc")
    pl.DataFrame({"person": range(first, first + len(packed)), "packed": packed}).write_ipc(folder / "stored.ipc")
    pl.concat(counted).write_ipc(folder / "counted.ipc")
    return seconds
