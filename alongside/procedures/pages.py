"""A local choice, a sentence, a deadline, as a page shows them: everything in words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.design.jinja import document
from alongside.policy import Library, Parameter
from alongside.policy.awaiting import is_awaiting
from alongside.policy.rules import in_words
from alongside.procedures import places, queries, words
from alongside.procedures.coverage import KINDS, PLANNED, Atom
from alongside.procedures.models import AdoptedChoice

_START_NOT_KNOWN = re.compile(r"cannot be worked out: (\w+) is not known\Z")


def due_words(text: str, library: Library) -> str:
    """A deadline's text with the name of a fact said in words; any other text as it is."""
    found = _START_NOT_KNOWN.match(text)
    fact = library.vocabulary.get(found[1]) if found else None
    return f"cannot be worked out yet: “{fact.question}” is not answered" if fact and fact.question else text


@dataclass(frozen=True)
class ChoiceRow:
    """One local choice of an area: what stands, whether it is in force (empty where it is not set: that is said by `now`), what is proposed."""

    parameter: Parameter
    question: str
    now: str | None
    status: str
    proposed: str | None
    honours: Mapping[str, object] | None

    @property
    def page(self) -> str:
        """The page that counts with it, in words; empty where rules do, or nothing yet."""
        named = self.parameter.page
        return (places.words(f"page:{named}") or named).removeprefix("A page: ") if named else ""


def choice_row(parameter: Parameter, adopted: AdoptedChoice | None) -> ChoiceRow:
    """A local choice in words."""
    if adopted is not None:
        as_shipped = is_awaiting(parameter) and adopted.value == parameter.value
        how = "confirmed as shipped" if as_shipped else "adopted"
        now, status = shown(adopted.value, parameter.name), f"{how}, in force from {adopted.in_force_from_on:%-d %B %Y}"
    elif parameter.in_force is not None:
        now, status = shown(parameter.in_force, parameter.name), words.STATUSES[parameter.status]
    elif parameter.text_says is not None:
        now, status = shown(parameter.text_says, parameter.name), "as the text says, until your partnership chooses"
    else:
        now, status = None, words.STATUSES[parameter.status if parameter.proposed is not None else None]
    proposed = shown(parameter.proposed, parameter.name) if parameter.proposed is not None else None
    question = parameter.question or parameter.name.replace("_", " ")
    return ChoiceRow(parameter, question, now, status, proposed, honours(f"parameter:{parameter.name}"))


def shown(value: Any, name: str = "") -> str:
    """A local choice's value in words: those of the fact of that name, where the vocabulary has some for it."""
    return in_words(value, queries.library().vocabulary.get(name))


@dataclass(frozen=True)
class SentenceRow:
    """One sentence of a document, and what honours it: links, an app to come, or why it is not software."""

    atom: Atom
    part_of: str
    places: list[dict[str, str]]
    planned: str


_ENTRY = re.compile(r"-\d\d\Z")


def sentence_row(atom: Atom) -> SentenceRow:
    """A sentence with its places in words; an entry of a list says of which."""
    links = [{"text": place_words(place), "href": places.href(place)} for place in atom.places]
    whole = queries.coverage().get(_ENTRY.sub("", atom.id))
    part_of = whole.gist if whole and whole is not atom else ""
    return SentenceRow(atom, part_of, links, PLANNED.get(atom.planned, ""))


def place_words(place: str) -> str:
    """A place in words; as it is written where no such place is known."""
    return (places.words(place) if place.partition(":")[0] in KINDS else None) or place


def documents(atoms: Iterable[Atom]) -> list[tuple[str, str]]:
    """The documents that some sentences are of, by title."""
    return sorted(((code, document(code)) for code in {atom.document for atom in atoms}), key=lambda pair: pair[1])


def honours(place: str, own: str = "") -> dict[str, object] | None:
    """How many sentences a place honours beside its own, and where they stand; None where it has no other."""
    others = [atom for atom in queries.sentences({"place": place}) if atom.id != own]
    return {"count": len(others), "href": places.all_of(place)} if others else None
