"""Where the keys of the people already known are kept: here in memory; in the platform, a table beside the persons."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

from alongside.linkage.keys import keys
from alongside.linkage.record import Compared, Known

Place = TypeVar("Place", bound=Hashable)


class LookupIndex(Protocol[Place]):
    """What a look-up asks of where people are kept; a `Place` is where one stands there, mostly the id of the record."""

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[Place]]]:
        """(hash, places) of who has these keys: for each hash that somebody has at most `limit`, always the same ones."""
        ...

    def load(self, places: Sequence[Place], /) -> Iterable[Compared]:
        """The records at these places."""
        ...

    def __len__(self) -> int:
        """How many people are known."""
        ...


class MemoryIndex:
    """An index of people in memory, for the command line and tests."""

    def __init__(self, people: Iterable[Known] = ()) -> None:
        self._people: dict[str, Known] = {}
        self._ids: defaultdict[int, list[str]] = defaultdict(list)
        for known in people:
            self.add(known)

    def add(self, known: Known) -> None:
        """ValueError when the id is already there."""
        if known.id in self._people:
            raise ValueError(f"The id {known.id} is there twice.")
        self._people[known.id] = known
        for key in keys(known):
            self._ids[key.hash].append(known.id)

    def fetch(self, hashes: Sequence[int], limit: int) -> Iterable[tuple[int, Sequence[str]]]:
        return ((found, self._ids[found][:limit]) for found in hashes if found in self._ids)

    def load(self, ids: Sequence[str]) -> Iterable[Known]:
        return (self._people[id_] for id_ in ids)

    def __len__(self) -> int:
        return len(self._people)

    def people(self) -> list[Known]:
        """Everybody in it, in the order they came."""
        return list(self._people.values())
