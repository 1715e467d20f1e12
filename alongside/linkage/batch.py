"""Everybody in one file against everybody else: which records may be of one person.

The answers are those of `score`, for the pairs that `blocking` finds worth comparing. Where there are many people, worker
processes read, compare and write their shares in a folder of the batch's own, which goes with it.
"""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alongside.linkage.blocking import Crowd, crowds, pairs_of
from alongside.linkage.frequencies import COUNTED, among_all
from alongside.linkage.model import Model
from alongside.linkage.prepared import Rows, Share, prepare
from alongside.linkage.tables import TableError
from alongside.linkage.weighing import weigher

if TYPE_CHECKING:
    import polars as pl

Each = Callable[[Callable[[Any], Any], Sequence[Any]], list[Any]]
# Bytes of a file; below, a worker takes longer to start than it saves. Columns are written in a quarter of the space of text.
WORTH_WORKERS, IN_COLUMNS = 4_000_000, 4
# Bits. A look-up's threshold is high, so that few strangers who live with somebody known reach it; pairs of one file are calibrated on
# the file, and tell right from wrong best a little lower.
BELOW_LOOK_UP = 2.0
PIECE = 200_000  # pairs, compared by one worker at a time


@dataclass(frozen=True)
class Batch:
    """The people of a file, made ready, and the model among them. `ids` by place in the file."""

    ids: pl.Series
    model: Model
    folder: Path
    shares: int
    each: Each

    def __len__(self) -> int:
        return len(self.ids)

    def candidates(self) -> pl.DataFrame:
        """The pairs (left, right) worth comparing, as places."""
        return pairs_of(_read(self.folder, "keys", self.shares))

    def crowds(self, pairs: pl.DataFrame) -> list[Crowd]:
        """Records that share what speaks for one person, too many to be compared by it; `pairs` are those that are."""
        return crowds(_read(self.folder, "keys", self.shares), pairs)

    def score(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The same pairs with their `weight` in bits, and how much of it speaks `against` one person: 0 or less."""
        import polars as pl

        if not pairs.height:
            return pairs.with_columns(weight=pl.lit(0.0), against=pl.lit(0.0))
        pieces = []
        for number, piece in enumerate(pairs.iter_slices(PIECE)):
            pieces.append(self.folder / f"pairs-{number}.ipc")
            piece.write_ipc(pieces[-1])
        self.each(partial(_compare, folder=self.folder, shares=self.shares, model=self.model, among=len(self)), pieces)
        scored: pl.DataFrame = pl.concat([pl.read_ipc(piece) for piece in pieces])
        return scored

    def named(self, scored: pl.DataFrame) -> pl.DataFrame:
        """Places as `id_l` and `id_r`, the smaller as text first, with weight and probability; in order."""
        import polars as pl

        one, other = self.ids.gather(scored["left"]), self.ids.gather(scored["right"])
        weight = scored["weight"]
        bounded = weight.clip(-1000.0, 1000.0)
        return (
            pl.DataFrame({"one": one, "other": other, "weight": weight, "bounded": bounded})
            .select(
                id_l=pl.min_horizontal("one", "other"),
                id_r=pl.max_horizontal("one", "other"),
                weight="weight",
                probability=1 / (1 + 2.0 ** -pl.col("bounded")),
            )
            .sort("id_l", "id_r")
        )


def threshold(model: Model) -> float:
    """The shipped threshold for pairs of one file, in bits."""
    return model.link_from - BELOW_LOOK_UP


@contextmanager
def batch(
    path: Path, maps: Mapping[str, str], model: Model, say: Callable[[str], None] = lambda _: None
) -> Iterator[Batch]:
    """The people of a file, ready to be compared. TableError for a file that cannot be read, or an id that is there twice."""
    workers = (os.cpu_count() or 1) if _written_out(path) >= WORTH_WORKERS else 1
    with tempfile.TemporaryDirectory(prefix="alongside-batch-") as name, _workers(workers) as each:
        folder = Path(name)
        say("Reading.")
        each(prepare, [Share(path, maps, number, workers, folder) for number in range(workers)])
        people = _read(folder, "people", workers).sort("place")
        _refuse_twice(people["id"])
        yield Batch(people["id"], among_all(model, people.select(COUNTED)), folder, workers, each)


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


_rows: dict[Path, Rows] = {}


def _compare(piece: Path, *, folder: Path, shares: int, model: Model, among: int) -> None:
    """Add the weights to a piece of pairs. A worker reads where the rows stand once."""
    import polars as pl

    if folder not in _rows:
        _rows.clear()
        _rows[folder] = Rows(folder, shares)
    rows, weigh = _rows[folder], weigher(model, among, within=True)
    pairs = pl.read_ipc(piece)
    bits = [weigh(rows[a], rows[b]) for a, b in pairs.iter_rows()]
    told = pl.DataFrame(bits, schema={"weight": pl.Float64, "against": pl.Float64}, orient="row")
    pairs.hstack(told).write_ipc(piece)
