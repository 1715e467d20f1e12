"""The people of a file made ready once: their keys and columns as tables, their rows where every worker can read them.

A million people are too many to hold as objects, and to hand from one process to another: each worker reads its share of the
file, and leaves what it made in a folder of the batch's own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count, islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.linkage.frequencies import COUNTED, counted_of
from alongside.linkage.keys import KINDS, keys
from alongside.linkage.normalise import normalise
from alongside.linkage.record import Known
from alongside.linkage.row import Row, pack, unpack
from alongside.linkage.tables import read_people

if TYPE_CHECKING:
    import polars as pl

BLOCK = 5_000  # people, read by one worker after another in turn
KIND = {kind: place for place, kind in enumerate(KINDS)}
_KEPT = 100_000  # people at hand in each worker


@dataclass(frozen=True)
class Share:
    """Part `number` of `of` of the people of a file, and the folder for what is made of them."""

    path: Path
    maps: Mapping[str, str]
    number: int
    of: int
    folder: Path


def prepare(share: Share) -> int:
    """Write the keys, columns and rows of a share. How many people. TableError for a row that is none.

    `place` is where somebody stands in the file, from 0.
    """
    import polars as pl

    hashes, holders, kinds = array("q"), array("I"), array("B")
    places, starts, ids = array("I"), array("Q"), list[str]()
    columns: list[list[str]] = [[] for _ in COUNTED]
    with (share.folder / f"rows-{share.number}.bin").open("wb") as file:
        for place, known in _people(share):
            for key in keys(known):
                hashes.append(key.hash)
                holders.append(place)
                kinds.append(KIND[key.kind])
            places.append(place)
            starts.append(file.tell())
            ids.append(known.id)
            for column, value in zip(columns, counted_of(known.rows[0]), strict=True):
                column.append(value)
            file.write(pack(known.rows))
    of_keys = {"hash": (hashes, pl.Int64), "place": (holders, pl.UInt32), "kind": (kinds, pl.UInt8)}
    _frame(of_keys).unique().write_ipc(share.folder / f"keys-{share.number}.ipc")
    of_people = {"place": (places, pl.UInt32), "start": (starts, pl.UInt64)}
    named = dict(zip(COUNTED, columns, strict=True)) | {"id": ids}
    told = pl.DataFrame(named, schema=dict.fromkeys(named, pl.String)).with_columns(pl.col(*COUNTED).replace("", None))
    _frame(of_people).hstack(told).with_columns(share=pl.lit(share.number, dtype=pl.UInt8)).write_ipc(
        share.folder / f"people-{share.number}.ipc"
    )
    return len(places)


def _frame(columns: Mapping[str, tuple[array[int], type[pl.DataType]]]) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame({name: pl.Series(name, values, dtype=kind) for name, (values, kind) in columns.items()})


def _people(share: Share) -> Iterator[tuple[int, Known]]:
    """The people of a share, each with their place: every block of 5,000 in turn."""
    table = read_people(share.path, share.maps)
    for first in count(0, BLOCK):
        block = list(islice(table.records, BLOCK))
        if not block:
            return
        if (first // BLOCK) % share.of == share.number:
            for place, record in enumerate(block, first):
                yield place, normalise(record)


class Rows:
    """The rows of people by their place, from the folder; what was read last is kept at hand."""

    def __init__(self, folder: Path, shares: int) -> None:
        import polars as pl

        there = [pl.read_ipc(folder / f"people-{n}.ipc", columns=["place", "start", "share"]) for n in range(shares)]
        people = pl.concat(there).sort("place")
        self._starts, self._shares = array("Q", people["start"].to_list()), bytes(people["share"].to_list())
        self._files = [_mapped(folder / f"rows-{number}.bin") for number in range(shares)]
        self._kept: dict[int, tuple[Row, ...]] = {}

    def __getitem__(self, place: int) -> tuple[Row, ...]:
        found = self._kept.get(place)
        if found is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            file, start = self._files[self._shares[place]], self._starts[place]
            # Our own folder, written by this run: nothing of it comes from outside.
            found = self._kept[place] = unpack(memoryview(file)[start:])
        return found


def _mapped(path: Path) -> mmap | bytes:
    if path.stat().st_size == 0:
        return b""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
