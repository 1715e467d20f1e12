"""A population of any size from invented notifications, each decided as when it comes in, with no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from alongside.clock import in_london
from alongside.demo.families import UNTIL
from alongside.demo.generate import notifications
from alongside.demo.partnership import FORCES, NAMES
from alongside.duties.evaluation import PEOPLE_OF, frames_of
from alongside.duties.facts import NOTIFIED, RECORDED, FactValue, book_of
from alongside.duties.population import rules_kept
from alongside.duties.providers import not_recorded
from alongside.intake.mapping import SPECIALIST_FIRST, facts_of
from alongside.intake.outright import of_other_fields
from alongside.intake.sense import Known
from alongside.intake.story import CaseSaid, Story, cases_of, story_of
from alongside.policy import Outcome, Places, Rulebook, Value
from alongside.policy.population import LEVELS, Decided, schema, tables
from alongside.policy.regime import is_of_a_moment
from alongside.policy.reproducing import as_book
from alongside.policy.store import write
from alongside.procedures.queries import library
from alongside.risk.instruments import instruments

BATCH = 2_000


class Invented:
    """Cases of one seed, decided by the rules of one day, with no local choice but what ships in force."""

    def __init__(self, *, seed: int = 1, until: date = UNTIL) -> None:
        self.seed, self.on = seed, until
        self._at = datetime.combine(until, time(12), UTC)
        self._known = Known({}, dict.fromkeys(FORCES, "police"), self._at)
        self._rules: dict[Places, tuple[Rulebook, tuple[str, ...]]] = {}

    def batches(self, count: int) -> Iterator[list[Decided]]:
        """So many cases, some at a time."""
        told = islice(self._cases(), count)
        while batch := list(islice(told, BATCH)):
            yield batch

    def write(self, out: Path, count: int, tick: Callable[[int], None] = lambda _: None) -> None:
        """Write so many to a file, as an export does. Raises OSError."""
        kinds = schema(library().vocabulary, rules_kept())
        write(
            out,
            tables(self.batches(count), kinds, tick),
            lambda: {"made_on": self.on.isoformat(), "books": self.books()},
        )

    def books(self) -> dict[str, Any]:
        """What decided them, as far as they have been asked for."""
        return {book.hash: as_book(places, self.on, {}) for places, (book, _) in self._rules.items()}

    @cached_property
    def _nothing_recorded(self) -> list[FactValue]:
        return [FactValue(name, value, "", ("", ""), None, standing=0) for name, value in not_recorded()]

    def _cases(self) -> Iterator[Decided]:
        for content in notifications(seed=self.seed, until=self.on):
            for said in cases_of(content):
                yield self._decided(content, said)

    def _decided(self, content: Mapping[str, Any], said: CaseSaid) -> Decided:
        story = story_of(content, said, NAMES)
        places = _places(story, content["area"])
        if places not in self._rules:
            found = library().joint(places, self.on, adopted={})
            self._rules[places] = found, tuple(r.id for r in found.rules if not is_of_a_moment(found, r))
        book, rules = self._rules[places]
        held = book_of([*self._nothing_recorded, *self._told(content, said, story)])
        people = {one: [cast(UUID, p.id) for p in story.of(*roles)] for one, roles in sorted(PEOPLE_OF.items())}
        frames = [frame.values for frame in frames_of(people, held, library().vocabulary)]
        day = in_london(story.received).date()
        return Decided(places, day, self.on, book.hash, frames, _join(book, rules, frames))

    def _told(self, content: Mapping[str, Any], said: CaseSaid, story: Story) -> Iterator[FactValue]:
        """What the notification says, and what follows from the records that are made of it; a party's id stands for a person's."""
        for one in facts_of(story):
            yield _fact(one.name, one.value, NOTIFIED, cast(UUID, one.about))
        for one in of_other_fields(content, said, self._known):
            if one.value is not None:
                yield _fact(one.name, one.value, RECORDED if one.name == "dash_yes_count" else NOTIFIED)
        for row in content.get("risk", ()):
            for topic in instruments()[row["instrument"]].topics:
                answer = row["answers"].get(topic.key)
                if topic.fact and answer in ("yes", "no"):
                    yield _fact(topic.fact, answer == "yes", NOTIFIED)
        if story.types & SPECIALIST_FIRST.keys():
            yield _fact("contact_with_parent_increases_risk", True, RECORDED)


def _fact(name: str, value: Value, standing: int, about: UUID | None = None) -> FactValue:
    return FactValue(name, value, "", ("", ""), None, about, standing)


def _places(story: Story, told_in: str) -> Places:
    """As a case's: one that happened or lives outside the partnership is decided by its home."""
    home = story.local_authority if story.local_authority in NAMES else told_in
    return Places(home, story.incident_area if story.incident_area in NAMES else home, home)


def _join(book: Rulebook, rules: tuple[str, ...], frames: list[Mapping[str, Value]]) -> dict[str, Outcome]:
    """What the case comes to: the greatest of what its frames come to."""
    first, *others = (book.outcomes(frame, rules) for frame in frames)
    for other in others:
        for rule, outcome in other.items():
            if _LEVEL[outcome] > _LEVEL[first[rule]]:
                first[rule] = outcome
    return first


_LEVEL = {outcome: level for level, outcome in enumerate(LEVELS)}
