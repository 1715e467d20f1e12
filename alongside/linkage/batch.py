"""Everybody in one file against everybody else: which records may be of one person.

The answers are those of `score`, for the pairs that `blocking` finds worth comparing. Where there are many people, worker
processes read, compare and write their shares in a folder of the batch's own, which goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from alongside.linkage.blocking import Crowd, crowds, pairs_of
from alongside.linkage.frequencies import COUNTED, among_all
from alongside.linkage.model import Model
from alongside.linkage.prepared import Prepared, Rows, prepared
from alongside.linkage.weighing import weigher

if TYPE_CHECKING:
    import polars as pl

PIECE = 200_000  # pairs, compared by one worker at a time


@dataclass(frozen=True)
class Batch:
    """The people of a file, made ready, and the model among them."""

    them: Prepared
    model: Model

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> pl.Series:
        """By place in the file."""
        return self.them.people["id"]

    def candidates(self) -> pl.DataFrame:
        """The pairs (left, right) worth comparing, as places."""
        return pairs_of(self.them.keys())

    def crowds(self, pairs: pl.DataFrame) -> list[Crowd]:
        """Records that share what speaks for one person, too many to be compared by it; `pairs` are those that are."""
        return crowds(self.them.keys(), pairs)

    def score(self, pairs: pl.DataFrame) -> pl.DataFrame:
        """The same pairs with their `weight` in bits, and how much of it speaks `against` one person: 0 or less."""
        import polars as pl

        if not pairs.height:
            return pairs.with_columns(weight=pl.lit(0.0), against=pl.lit(0.0))
        pieces = []
        for number, piece in enumerate(pairs.iter_slices(PIECE)):
            pieces.append(self.them.folder / f"pairs-{number}.ipc")
            piece.write_ipc(pieces[-1])
        folder, shares = self.them.folder, self.them.shares
        self.them.each(partial(_compare, folder=folder, shares=shares, model=self.model, among=len(self)), pieces)
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
    return model.repeat_from


def cluster_threshold(model: Model) -> float:
    """The same for clusters, even odds at least: a pair is for somebody to look at, but one pair too many joins two persons."""
    return max(0.0, model.repeat_from)


@contextmanager
def batch(
    path: Path, maps: Mapping[str, str], model: Model, say: Callable[[str], None] = lambda _: None
) -> Iterator[Batch]:
    """The people of a file, ready to be compared. TableError for a file that cannot be read, or an id that is there twice."""
    with prepared(path, maps, say=say) as them:
        yield Batch(them, among_all(model, them.people.select(COUNTED), within=True))


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
