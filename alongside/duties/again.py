"""Every stored evaluation decided again, by the rules that decided it: the same must come out, years later."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.duties.evaluation import evaluate
from alongside.duties.models import Evaluation
from alongside.duties.snapshots import book_then, people_then
from alongside.policy import Outcome, PolicyError, Rulebook
from alongside.policy.vocabulary import did_you_mean
from alongside.procedures import queries as procedures

BATCH = 500
_MOST_BOOKS = 50  # one for each set of places and of choices, for every release there was


@dataclass
class Again:
    """How it came out. `differing`: evaluations by rule; `missing`: evaluations by the hash of rules that are nowhere any more;
    `changed`: for each fact of which today's vocabulary cannot read what was kept, how many evaluations, and why."""

    same: int = 0
    different: int = 0
    differing: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    archived: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether everything could be decided again and came out the same."""
        return not (self.different or self.missing)


def how_many() -> int:
    """How many evaluations are stored."""
    return Evaluation.objects.count()


def all_again(tick: Callable[[int], None] = lambda _: None) -> Again:
    """Decide every one of them, oldest id first, a batch at a time."""
    found = Again()
    for row in _rows():
        found.changed.update(not_read_today(row))
        try:
            differing = decide_again(row)
        except PolicyError:
            found.missing[row.pack_hash] += 1
        else:
            found.same += not differing
            found.different += bool(differing)
            found.differing.update(differing)
            found.archived += not is_of_today(row)
        tick(1)
    return found


def decide_again(row: Evaluation) -> list[str]:
    """The rules that come out otherwise than is stored, by the rules and the vocabulary of its day; none where all is the same.

    Raises PolicyError where those rules are neither in the packs nor in the archive.
    """
    book = rules_then(row)
    findings = evaluate(book, people_then(row), book_then(row, book.vocabulary))
    whole = all("of" in one for one in row.facts)  # else for whom a rule fired cannot be told again, only that it did
    now: dict[str, Any] = {
        id_: [str(one.outcome), list(one.about)]
        for id_, one in findings.items()
        if one.outcome is not Outcome.DOES_NOT_FIRE
    }
    then = row.outcomes
    return sorted(id_ for id_ in now.keys() | then.keys() if _told(now, id_, whole) != _told(then, id_, whole))


def _told(outcomes: dict[str, Any], rule: str, whole: bool) -> object:
    outcome, about = outcomes.get(rule, ("does-not-fire", []))
    return (outcome, about) if whole else outcome


def rules_then(row: Evaluation) -> Rulebook:
    """The rules that decided: today's packs where they are still the same, else the archive. Raises PolicyError."""
    return _today(row) if is_of_today(row) else _kept(row.pack_hash)


def is_of_today(row: Evaluation) -> bool:
    """Whether today's packs still say of its day what they said then."""
    try:
        return _today(row).hash == row.pack_hash
    except PolicyError:  # an area, a choice or a word of that day is not here any more
        return False


def not_read_today(row: Evaluation) -> Iterator[str]:
    """Facts of an evaluation that today's vocabulary cannot read, in words, each once: whoever reads it by today's rules lacks them."""
    vocabulary = procedures.library().vocabulary
    names = {one["name"] for one in row.facts}
    readable = {name for name in names if name in vocabulary}
    for name in sorted(names - readable):
        near = did_you_mean(name, vocabulary)
        yield f"{name} is no fact any more" + (f"; {near}" if near else "")
    held = book_then(row, vocabulary)
    read = set(held.case).union(*(facts.keys() for facts in held.about.values()))
    for name in sorted(readable - read):
        yield f"{name} is of another kind now, or has lost the word that was kept"


def _today(row: Evaluation) -> Rulebook:
    return procedures.pack_at(row.places, row.in_force_on)


@lru_cache(maxsize=_MOST_BOOKS)
def _kept(mark: str) -> Rulebook:
    return procedures.kept(mark)


def _rows() -> Iterator[Evaluation]:
    last: UUID | None = None
    while rows := list(_after(last)):
        yield from rows
        last = rows[-1].pk


def _after(last: UUID | None) -> QuerySet[Evaluation]:
    rows = Evaluation.objects.select_related("case").order_by("pk")
    return (rows.filter(pk__gt=last) if last else rows)[:BATCH]
