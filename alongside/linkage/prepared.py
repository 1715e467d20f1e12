"""The people of a file made ready once: their keys and columns as tables, their rows where every worker can read them.

A million people are too many to hold as objects, and to hand from one process to another: each worker reads its share of the
file, and leaves what it made in a folder of the run's own, which goes with it.
"""

from __future__ import annotations

import gc
import os
import tempfile
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from mmap import ACCESS_READ, mmap
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from alongside.linkage.frequencies import table_of
from alongside.linkage.keys import KINDS, keys, values
from alongside.linkage.normalise import normalise
from alongside.linkage.record import Known
from alongside.linkage.row import Row, pack, unpack
from alongside.linkage.tables import TableError, read_people

if TYPE_CHECKING:
    import polars as pl

Each = Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]
# Bytes of a file; below, a worker takes longer to start than it saves. Columns are written in a quarter of the space of text.
WORTH_WORKERS, IN_COLUMNS = 4_000_000, 4
BLOCK = 5_000  # people, read by one worker after another in turn
# Beside the keys of a look-up: who misspelt both names and the postcode was still born that day in a house of that number.
BIRTH_HOUSE = "birth_house"
# What two of the others say together, or what too many share: asked of one person, not of a million.
FOR_LOOK_UPS = frozenset({"birth_initial", "names_year", "names_house", "sound"})
KIND = {kind: place for place, kind in enumerate((*KINDS, BIRTH_HOUSE))}
_KEPT = 100_000  # people at hand in each worker


@dataclass(frozen=True)
class Share:
    """Part `number` of `of` of the people of a file, and the folder for what is made of them."""

    path: Path
    maps: Mapping[str, str]
    number: int
    of: int
    folder: Path
    keyed: bool = False


def prepare(share: Share) -> int:
    """Write the keys, columns and rows of a share. How many people. TableError for a row that is none.

    `place` is where somebody stands in the file, from 0.
    """
    import polars as pl

    keys_, people, height = [_keys(0, [])], [_people(0, [], [])], 0
    with (share.folder / f"rows-{share.number}.bin").open("wb") as file:
        for first, block in _blocks(share):
            keys_.append((_keyed if share.keyed else _keys)(first, block))
            people.append(_people(first, block, [_written(file, known) for known in block]))
            height += len(block)
    pl.concat(keys_).write_ipc(share.folder / f"keys-{share.number}.ipc")
    told = pl.concat(people).with_columns(share=pl.lit(share.number, dtype=pl.UInt8))
    told.write_ipc(share.folder / f"people-{share.number}.ipc")
    return height


def _blocks(share: Share) -> Iterator[tuple[int, list[Known]]]:
    """The people of a share, 5,000 who stand one after another at a time, and the place of the first."""
    table = read_people(share.path, share.maps, lambda place: (place // BLOCK) % share.of == share.number)
    for first in count(share.number * BLOCK, share.of * BLOCK):
        block = [normalise(record) for record in islice(table.records, BLOCK)]
        if not block:
            return
        yield first, block


def _keys(first: int, block: Sequence[Known]) -> pl.DataFrame:
    """Hashed by Polars, with the same numbers in each worker: nobody but this batch ever reads them."""
    import polars as pl

    found = [(value, place, KIND[kind]) for place, known in enumerate(block, first) for kind, value in _values(known)]
    told = pl.DataFrame(found, {"value": pl.String, "place": pl.UInt32, "kind": pl.UInt8}, orient="row")
    return told.select(pl.col("value").hash().reinterpret(signed=True).alias("hash"), "place", "kind")


def _values(known: Known) -> set[tuple[str, str]]:
    found = {(kind, value) for kind, value in values(known) if kind not in FOR_LOOK_UPS}
    if known.address and known.address.number:
        found |= {(BIRTH_HOUSE, f"{born} {known.address.number}") for kind, born in found if kind == "birth"}
    return found


def _keyed(first: int, block: Sequence[Known]) -> pl.DataFrame:
    """The hashes that somebody looked up has too."""
    import polars as pl

    found = [(key.hash, place, KIND[key.kind]) for place, known in enumerate(block, first) for key in keys(known)]
    return pl.DataFrame(found, {"hash": pl.Int64, "place": pl.UInt32, "kind": pl.UInt8}, orient="row")


def _people(first: int, block: Sequence[Known], starts: Sequence[int]) -> pl.DataFrame:
    """Where the rows of each begin, the columns that are counted, and the id."""
    import polars as pl

    told = table_of(block).with_columns(id=pl.Series([known.id for known in block], dtype=pl.String))
    return told.select(
        pl.int_range(first, first + len(block), dtype=pl.UInt32).alias("place"),
        pl.Series("start", starts, dtype=pl.UInt64),
        pl.all(),
    )


def _written(file: BinaryIO, known: Known) -> int:
    """Where the rows of somebody begin."""
    start = file.tell()
    file.write(pack(known.rows))
    return start


@dataclass(frozen=True)
class Prepared:
    """The people of a file, made ready: a row each in the order of the file, `each` to do something to each of several."""

    people: pl.DataFrame
    folder: Path
    shares: int
    each: Each

    def keys(self) -> pl.DataFrame:
        """Everybody's (hash, place, kind)."""
        return _read(self.folder, "keys", self.shares)


@contextmanager
def prepared(
    path: Path, maps: Mapping[str, str], *, keyed: bool = False, say: Callable[[str], None] = lambda _: None
) -> Iterator[Prepared]:
    """TableError for a file that cannot be read, or an id that is there twice. `keyed`: by the hashes of `keys`."""
    workers = (os.cpu_count() or 1) if _written_out(path) >= WORTH_WORKERS else 1
    with tempfile.TemporaryDirectory(prefix="alongside-people-") as name, _workers(workers) as each:
        folder = Path(name)
        say("Reading.")
        each(prepare, [Share(path, maps, number, workers, folder, keyed) for number in range(workers)])
        people = _read(folder, "people", workers).sort("place")
        _refuse_twice(people["id"])
        yield Prepared(people, folder, workers, each)


def _written_out(path: Path) -> int:
    return path.stat().st_size * (1 if path.suffix.lower() == ".csv" else IN_COLUMNS)


@contextmanager
def _workers(count: int) -> Iterator[Each]:
    """How to do something to each of several: here, or in so many processes."""
    if count == 1:
        yield lambda do, those: [do(one) for one in those]
        return
    # A fork would copy the locks of Polars' threads as they stand.
    # What is made here is no ring: looking for rings takes a fifth of the time.
    with get_context("spawn").Pool(count, gc.disable) as pool:
        yield lambda do, those: pool.map(do, those, chunksize=1)


def _refuse_twice(ids: pl.Series) -> None:
    if ids.n_unique() < len(ids):
        twice = ids.filter(ids.is_duplicated())
        raise TableError(f"The id {twice[0]} is there twice. Each record needs an id of its own.")


def _read(folder: Path, what: str, shares: int) -> pl.DataFrame:
    import polars as pl

    return pl.concat([pl.read_ipc(folder / f"{what}-{number}.ipc") for number in range(shares)])


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
