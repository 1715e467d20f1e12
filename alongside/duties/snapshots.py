"""An evaluation opened again: the facts and the people it was decided on, and the rules in force for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alongside.duties.evaluation import PEOPLE_OF, Finding, People, evaluate
from alongside.duties.facts import FactBook, FactValue
from alongside.duties.models import Evaluation
from alongside.policy import Fact, PolicyError, Rulebook, Value
from alongside.policy.codec import from_json
from alongside.procedures.queries import pack_at


@dataclass(frozen=True)
class Opened:
    """What an evaluation was decided on, and by what."""

    pack: Rulebook
    people: People
    book: FactBook

    def findings(self) -> dict[str, Finding]:
        """Every rule, decided again."""
        return evaluate(self.pack, self.people, self.book)


def opened(row: Evaluation) -> Opened:
    """An evaluation as it stood, by the rules in force on its day."""
    pack = pack_at(row.places, row.in_force_on)
    return Opened(pack, people_then(row), book_then(row, pack.vocabulary))


def people_then(row: Evaluation) -> People:
    """Whom it was about; today's people of the case where that was not kept yet."""
    if row.people is not None:
        return {dimension: list(map(UUID, held)) for dimension, held in row.people.items()}
    members = list(row.case.members.order_by("pk").values_list("role", "person_id"))
    return {one: [person for role, person in members if role in roles] for one, roles in PEOPLE_OF.items()}


def book_then(row: Evaluation, vocabulary: Mapping[str, Fact]) -> FactBook:
    """Its facts as they stood. One that the vocabulary does not have any more, or not so, is left out."""
    case: dict[str, FactValue] = {}
    about: dict[UUID, dict[str, FactValue]] = {}
    for one in row.facts:
        fact = vocabulary.get(one["name"])
        value, is_sound = value_then(one["value"], fact)
        if fact is not None and is_sound:
            held = about.setdefault(UUID(one["about"]), {}) if one["about"] else case
            of = tuple(map(UUID, one.get("of", ())))
            held[fact.name] = FactValue(fact.name, value, "", ("", ""), None, of=of)
    return FactBook(case, about)


def value_then(said: Any, fact: Fact | None) -> tuple[Value, bool]:
    """A value as it was kept, and whether today's vocabulary still has it."""
    try:
        return (from_json(said, fact), True) if fact is not None else (None, False)
    except PolicyError:
        return None, False
