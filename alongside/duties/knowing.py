"""What one agency could have known of a case at a moment: what its own records said, what it was sent, what stood in a case open to it.

Worked out from what never changes: the evaluation kept with each change (every statement, whose record it is, of which people),
the grounds with the moments they were opened and closed, and what was sent, as it was sent. So whatever is entered later, with
whatever date, an earlier view stays as it was. A fact stays known after a door has closed, as it was known last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

from alongside.duties import words
from alongside.duties.evaluation import Finding, People, evaluate
from alongside.duties.facts import FactBook, FactValue, book_of
from alongside.duties.models import Evaluation
from alongside.duties.snapshots import value_then
from alongside.gate.viewing import Door
from alongside.policy import Fact, Rulebook

Row = Mapping[str, Any]
Source = tuple[str, str, str, str]
"""A fact, whom it is about, whose record says so, of which kind: what a later statement of the same source takes the place of."""
NO_RECORD = "no record"
EVER = timedelta(days=1)


@dataclass(frozen=True)
class Gift:
    """What an agency was sent: when, when somebody there opened it first, what it is in words, the facts that went (each
    "fact:person" with its value in words), and those it says by being sent at all."""

    on: datetime
    what: str
    facts: frozenset[tuple[str, str]]
    says: frozenset[str] = frozenset()
    opened_on: datetime | None = field(default=None, compare=False)

    def opened_by(self, at: datetime) -> datetime | None:
        """When it was opened first, unless that was later than `at`."""
        return self.opened_on if self.opened_on is not None and self.opened_on <= at else None


@dataclass(frozen=True)
class Known:
    """Statements of one source, from when on the agency could know them, and how: own, case or sent."""

    rows: tuple[Row, ...]
    on: datetime
    how: str
    gift: Gift | None = None


@dataclass(frozen=True)
class Picture:
    """What an agency could have known. `last`: the evaluation that stood then, None before the first; `is_whole`: the case was open to
    the agency at that moment; `kept_from`: since when it is kept who said what, where not from the first evaluation on."""

    at: datetime
    last: Evaluation | None
    held: Mapping[Source, Known] = field(default_factory=dict)
    is_whole: bool = False
    kept_from: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """Whether it can be told: not for a moment at which it was not kept yet who said what."""
        return self.kept_from is None or self.kept_from <= self.at

    def book(self, vocabulary: Mapping[str, Fact]) -> FactBook:
        """These facts settled as those of a case are; what was true only later is left out. That no such event is on record is
        said of every case alike, so it tells nothing of this one."""
        if not self.held or self.last is None:
            return FactBook({})
        known = chain.from_iterable(one.rows for one in self.held.values())
        rows = chain(known, (row for row in self.last.facts if row["manner"] == NO_RECORD))
        found = [fact for row in rows if (fact := fact_of(row, vocabulary)) is not None]
        return book_of(fact for fact in found if fact.since is None or fact.since <= self.at)

    def people(self) -> People:
        """Whom it could be about: everybody of a case open to the agency, else those of whom it knew something."""
        if self.last is None or self.last.people is None:
            return {}
        known = {source[1] for source in self.held}
        return {
            dimension: [UUID(one) for one in held if self.is_whole or one in known]
            for dimension, held in self.last.people.items()
        }

    def findings(self, pack: Rulebook) -> dict[str, Finding]:
        """What the rules come to on it; nothing where nothing was known."""
        return evaluate(pack, self.people(), self.book(pack.vocabulary)) if self.held else {}


def picture(
    snapshots: Iterable[Evaluation], agency: UUID, doors: Sequence[Door], gifts: Sequence[Gift], at: datetime
) -> Picture:
    """What an agency could have known at a moment. `snapshots`: the evaluations of the case, the earliest first."""
    history = list(snapshots)
    stood = [row for row in history if row.evaluated_at <= at]
    if not stood:
        return Picture(at, None)
    kept = [row for row in stood if row.said is not None]
    first = next((row.evaluated_at for row in history if row.said is not None), at + EVER)
    held: dict[Source, Known] = {}
    for place, row in enumerate(kept):
        until = kept[place + 1].evaluated_at if place + 1 < len(kept) else None
        _learn(held, row, str(agency), _opening(doors, row.evaluated_at, until, at), _sent(gifts, row, until, at))
    whole = any(door.is_open(at) for door in doors)
    return Picture(at, stood[-1], held, whole, first if len(kept) < len(stood) else None)


def _learn(
    held: dict[Source, Known], row: Evaluation, agency: str, opening: datetime | None, gifts: Iterable[Gift]
) -> None:
    """What could be known while one evaluation stood."""
    said = by_source(row)
    for source, rows in said.items():
        if source[2] == agency:
            _put(held, source, Known(rows, row.evaluated_at, "own"))
        elif opening is not None:
            _put(held, source, Known(rows, opening, "case"))
    for source in [one for one in held if one not in said and (one[2] == agency or opening is not None)]:
        del held[source]  # taken back, where the agency could see that it was
    for gift in gifts:
        for source, rows in said.items():
            went = tuple(one for one in rows if _went(one, gift))
            if went:
                _put(held, source, Known(went, gift.on, "sent", gift))


def _put(held: dict[Source, Known], source: Source, known: Known) -> None:
    """Keep since when a thing was known; another value of the same source takes its place."""
    before = held.get(source)
    if before is None or _says(before.rows) != _says(known.rows):
        held[source] = known


def _says(rows: Iterable[Row]) -> list[tuple[str, str]]:
    return sorted((str(row["record"]), str(row["value"])) for row in rows)


def _went(row: Row, gift: Gift) -> bool:
    return row["name"] in gift.says or (f"{row['name']}:{row['about'] or ''}", words.value(row["value"])) in gift.facts


def _opening(doors: Iterable[Door], since: datetime, until: datetime | None, at: datetime) -> datetime | None:
    """The moment from which the case was open to the agency while an evaluation stood."""
    found = [max(door.opened_on, since) for door in doors if door.until is None or door.until > since]
    return min((moment for moment in found if moment <= at and (until is None or moment < until)), default=None)


def _sent(gifts: Iterable[Gift], row: Evaluation, until: datetime | None, at: datetime) -> list[Gift]:
    return [one for one in gifts if row.evaluated_at <= one.on <= at and (until is None or one.on < until)]


def by_source(row: Evaluation) -> dict[Source, tuple[Row, ...]]:
    """Every statement of an evaluation, by its source; what is only not on record is no statement."""
    found: dict[Source, tuple[Row, ...]] = {}
    for one in statements(row):
        source = (one["name"], one["about"] or "", one.get("agency") or "", one["record"][0])
        found[source] = (*found.get(source, ()), one)
    return found


def statements(row: Evaluation) -> Iterator[Row]:
    """Every statement behind the facts of an evaluation."""
    several = {(one["name"], one["about"]) for one in row.said or ()}
    alone = (one for one in row.facts if (one["name"], one["about"]) not in several)
    return (one for one in chain(alone, row.said or ()) if one["manner"] != NO_RECORD)


def fact_of(row: Row, vocabulary: Mapping[str, Fact]) -> FactValue | None:
    """A kept statement as a fact again; None where the vocabulary has it no more, or not so."""
    fact = vocabulary.get(row["name"])
    value, is_sound = value_then(row["value"], fact)
    if fact is None or not is_sound:
        return None
    return FactValue(
        fact.name,
        value,
        row["said_by"],
        (row["record"][0], row["record"][1]),
        datetime.fromisoformat(row["since"]) if row["since"] else None,
        UUID(row["about"]) if row["about"] else None,
        row.get("standing", 0),
        row["manner"],
        of=tuple(map(UUID, row.get("of", ()))),
        agency=UUID(row["agency"]) if row.get("agency") else None,
    )


def rows_of(facts: FactBook) -> dict[tuple[str, str], FactValue]:
    """Settled facts by name and person."""
    return {(fact.name, str(fact.about or "")): fact for fact in facts.rows()}
