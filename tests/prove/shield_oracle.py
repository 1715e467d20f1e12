"""Random families of several households, and what of them may reach whom: written a second time from the words of the rules alone.

It shares no code with the product and thinks of human beings where the product thinks of records: a family is plain data, and a shield
goes from one human being to the next, a step at a time, until nothing changes any more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from random import Random

ROLES = ("victim", "child", "unborn-child", "person-causing-harm", "other")
KNOWN = (True, False, None)
# What a line about somebody may hold that leads to a door.
TOKENS = ("address", "school", "doctor", "places", "whereabouts", "area")


@dataclass
class Lived:
    """An address of a record: at which door; whether the record says they live there now, hide there, and have left since."""

    door: int
    current: bool | None
    confidential: bool | None
    left: bool


@dataclass
class Record:
    """One agency's record of one human being."""

    human: int
    addresses: list[Lived] = field(default_factory=list)
    shielded: bool = False


@dataclass
class Family:
    """Records by number; households as (record, lives there); cases as (record, role, lives there) and whether a refuge's; links."""

    records: list[Record]
    households: list[list[tuple[int, bool | None]]]
    cases: list[tuple[list[tuple[int, str, bool | None]], bool]]
    links: list[tuple[int, int]]

    def token(self, record: int, kind: str) -> str:
        """What stands on a record and leads to a door: the same words for everybody behind one."""
        return f"{kind}-of-record-{record}"


def family(dice: Random) -> Family:
    """Up to six human beings, some on record with two agencies, in up to three homes and two cases."""
    humans = dice.randint(2, 6)
    records = [Record(human) for human in range(humans)]
    records += [Record(dice.randrange(humans)) for _ in range(dice.randint(0, 2))]
    for record in records:
        record.shielded = dice.random() < 0.12
        for _ in range(dice.choice((0, 1, 1, 2))):
            record.addresses.append(
                Lived(
                    dice.randrange(4), dice.choice(KNOWN), dice.choice((True, False, None, None)), dice.random() < 0.2
                )
            )
    numbers = range(len(records))
    households = [
        [(one, dice.choice(KNOWN)) for one in dice.sample(numbers, dice.randint(1, min(4, len(records))))]
        for _ in range(dice.randint(0, 3))
    ]
    return Family(
        records, households, [_case(dice, len(records)) for _ in range(dice.randint(1, 2))], _links(records, dice)
    )


def _case(dice: Random, count: int) -> tuple[list[tuple[int, str, bool | None]], bool]:
    """One victim, one person reported, and others: nobody twice."""
    people = dice.sample(range(count), dice.randint(2, count))
    roles = [
        "victim",
        "person-causing-harm",
        *(dice.choice(("child", "child", "unborn-child", "other")) for _ in people),
    ]
    return [(one, role, dice.choice(KNOWN)) for one, role in zip(people, roles, strict=False)], dice.random() < 0.15


def _links(records: list[Record], dice: Random) -> list[tuple[int, int]]:
    """Most records of one human being are said to be."""
    pairs = combinations(range(len(records)), 2)
    return [pair for pair in pairs if records[pair[0]].human == records[pair[1]].human and dice.random() < 0.8]


def known_humans(family: Family) -> list[int]:
    """For each record a number: the same for records that somebody linked."""
    number = list(range(len(family.records)))
    for one, other in family.links:
        number = [number[one] if held == number[other] else held for held in number]
    return number


def shields(family: Family) -> list[set[int]]:
    """For each record, the records whose shields lie over it."""
    human, over = known_humans(family), [set[int]() for _ in family.records]
    for source in sources(family):
        inside = {human[source]}
        against = {
            human[one]
            for people, _ in family.cases
            if any(human[mine] == human[source] and role != "person-causing-harm" for mine, role, _ in people)
            for one, role, _ in people
            if role == "person-causing-harm"
        } - inside
        while True:
            more = {
                human[b] if human[a] in inside else human[a]
                for a, b in under_one_roof(family)
                if (human[a] in inside) != (human[b] in inside)
            } - against
            if not more:
                break
            inside |= more
        for number, whose in enumerate(human):
            if whose in inside:
                over[number].add(source)
    return over


def sources(family: Family) -> set[int]:
    """Records shielded for themselves: by a shield; by an address that is confidential, or a refuge, unless where they live now is open."""
    found = {number for number, record in enumerate(family.records) if record.shielded}
    hidden = {
        number for number, record in enumerate(family.records) if any(one.confidential for one in record.addresses)
    }
    hidden |= {
        one for people, refuge in family.cases if refuge for one, role, _ in people if role not in ("other", ROLES[3])
    }
    return found | {number for number in hidden if not _open(family.records[number])}


def _open(record: Record) -> bool:
    now = [one.confidential for one in record.addresses if one.current is True and not one.left]
    return bool(now) and all(one is False for one in now)


def under_one_roof(family: Family) -> Iterator[tuple[int, int]]:
    """Pairs of records that live together, as far as anybody has said."""
    for there in family.households:
        yield from combinations([one for one, lives in there if lives is not False], 2)
    for door in range(4):
        yield from combinations(
            [
                number
                for number, record in enumerate(family.records)
                if any(one.door == door and one.current is not False and not one.left for one in record.addresses)
            ],
            2,
        )
    for people, _ in family.cases:
        at_home = [
            one
            for one, role, lives in people
            if (role in ("victim", "child", "unborn-child") and lives is not False) or (role == "other" and lives)
        ]
        yield from combinations(at_home, 2)


def may_reach(family: Family, reader: int) -> set[str]:
    """Every token that may be said to a reader: their own, and those of records over which lies no shield but the reader's own."""
    human, over = known_humans(family), shields(family)
    own = {number for number, whose in enumerate(human) if whose == human[reader]}
    return {
        family.token(number, kind)
        for number in range(len(family.records))
        for kind in TOKENS
        if number in own or over[number] <= own
    }
