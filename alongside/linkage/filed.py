"""The people of a file to look somebody up among, without holding a million of them as objects: keys in order, rows on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from alongside.linkage.frequencies import COUNTED, among_all
from alongside.linkage.model import Model
from alongside.linkage.prepared import Prepared, Rows, prepared
from alongside.linkage.row import Row


@dataclass(frozen=True, slots=True)
class Filed:
    """One of them, as a look-up compares it."""

    id: str
    rows: tuple[Row, ...]


class FileIndex:
    """A `LookupIndex`; a place is where somebody stands in the file, from 0."""

    def __init__(self, them: Prepared) -> None:
        keys = them.keys().select("hash", "place").unique().sort("hash", "place")
        self._hashes, self._places = keys["hash"], keys["place"]
        self._ids, self._rows = them.people["id"], Rows(them.folder, them.shares)
        self._people = them.people

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[int]]]:
        """For each hash at most `limit` places, the first in the file."""
        import polars as pl

        wanted = pl.Series(hashes, dtype=pl.Int64)
        starts, ends = (self._hashes.search_sorted(wanted, side=side) for side in ("left", "right"))
        for found, start, end in zip(hashes, starts, ends, strict=True):
            if start < end:
                yield found, self._places[start : min(end, start + limit)].to_list()

    def load(self, places: Sequence[int]) -> Iterable[Filed]:
        """Who stands there."""
        return (Filed(self._ids[place], self._rows[place]) for place in places)

    def __len__(self) -> int:
        return len(self._ids)

    def among(self, model: Model) -> Model:
        """The model with how common each value is here."""
        return among_all(model, self._people.select(COUNTED))


@contextmanager
def filed(path: Path, maps: Mapping[str, str], say: Callable[[str], None] = lambda _: None) -> Iterator[FileIndex]:
    """TableError for a file that cannot be read, or an id that is there twice."""
    with prepared(path, maps, keyed=True, say=say) as them:
        yield FileIndex(them)
