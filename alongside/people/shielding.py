"""How far a shield reaches: worked out anew each time from who lives with whom. No database, and nothing kept that could go stale.

What leads to somebody's door is known of whoever lives behind it: the child's school, the sister's address. So a shield lies over all of
them, through as many as it takes, and over every record of each. It stops at whoever it protects from, and at nobody else: one who is
*not known* to live elsewhere lives there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

SHIELD, CONFIDENTIAL, REFUGE = "shield", "confidential", "refuge"
WHY = {
    SHIELD: "somebody protected this person, with a reason",
    CONFIDENTIAL: "the address is confidential",
    REFUGE: "a refuge recorded this person, and has not said that the address is open",
}

# What a shield hides: each leads to the door.
ADDRESS, AREA, SCHOOL, DOCTOR, PLACES, WHEREABOUTS = (
    "address",
    "area",
    "school",
    "doctor",
    "places",
    "whereabouts",
)
HIDDEN = {
    ADDRESS: "address and postcode",
    AREA: "area they live in",
    SCHOOL: "school or nursery",
    DOCTOR: "doctor, health visitor or other service near home",
    PLACES: "places of appointments",
    WHEREABOUTS: "where they are or were",
}
EVERYTHING = frozenset(HIDDEN)

# A record, or a place where records live: a household, a door, the home of a case.
Node = UUID | str
Pair = tuple[Node, Node]


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A record that is shielded for itself, and why (a code of `WHY`)."""

    person: UUID
    why: str


@dataclass(frozen=True, slots=True)
class Ties:
    """What is on record: which records are one human being, who lives where, and who is protected (first) from whom (second)."""

    same: frozenset[Pair] = frozenset()
    home: frozenset[Pair] = frozenset()
    against: frozenset[tuple[UUID, UUID]] = frozenset()

    def __or__(self, other: Ties) -> Ties:
        return Ties(self.same | other.same, self.home | other.home, self.against | other.against)


@dataclass(frozen=True, slots=True)
class CaseTies:
    """What cases say around some people: who lives in the home of a case, who is protected (first) from whom (second), whom a refuge
    recorded."""

    home: frozenset[Pair] = frozenset()
    against: frozenset[tuple[UUID, UUID]] = frozenset()
    at_refuge: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Shielded:
    """Over one record lie the shields of these; `records` are all of the same human being, itself among them."""

    by: frozenset[Source]
    records: frozenset[UUID] = field(default_factory=frozenset)

    @property
    def is_own(self) -> bool:
        """Whether this person is shielded for themselves, and not only through somebody they live with."""
        return any(source.person in self.records for source in self.by)

    def hides_from(self, reader: Collection[UUID]) -> bool:
        """Whether it hides from somebody (all their records): from everybody but the person themselves and the one it protects."""
        return self.records.isdisjoint(reader) and any(source.person not in reader for source in self.by)


def spread(ties: Ties, sources: Iterable[Source]) -> dict[UUID, Shielded]:
    """Every record under a shield, with whose shields they are."""
    same, ways, against = _ways(ties.same), _ways(ties.same | ties.home), _one_way(ties.against)
    found: defaultdict[UUID, set[Source]] = defaultdict(set)
    for source in sources:
        own = reach({source.person}, same)
        walls = reach({other for one in own for other in against.get(one, ())}, same) - own
        for node in reach(own, ways, walls):
            if isinstance(node, UUID):
                found[node].add(source)
    return {
        person: Shielded(frozenset(by), frozenset(one for one in reach({person}, same) if isinstance(one, UUID)))
        for person, by in found.items()
    }


def reach(
    start: Iterable[Node], ways: Mapping[Node, Collection[Node]], walls: Collection[Node] = frozenset()
) -> set[Node]:
    """Everything that can be come to, never through a wall."""
    found: set[Node] = set(start)
    waiting = list(found)
    while waiting:
        for node in ways.get(waiting.pop(), ()):
            if node not in found and node not in walls:
                found.add(node)
                waiting.append(node)
    return found


def _ways(pairs: Iterable[Pair]) -> dict[Node, set[Node]]:
    found: defaultdict[Node, set[Node]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def _one_way(pairs: Iterable[tuple[UUID, UUID]]) -> dict[Node, set[Node]]:
    found: defaultdict[Node, set[Node]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found
