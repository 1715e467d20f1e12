"""A rule and a local choice, as a page shows them: everything in words, the code beside."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from alongside.design.jinja import document
from alongside.policy import NOT_APPLICABLE, Library, Parameter, Range, Rule, Value
from alongside.procedures import editions, places, queries, words
from alongside.procedures.coverage import KINDS, PLANNED, Atom
from alongside.procedures.models import AdoptedChoice


@dataclass(frozen=True)
class Card:
    """One rule in full."""

    rule: Rule
    gist: str
    reaches: str
    actor: str
    act: str
    when: list[str]
    by: str
    closes: str
    place: str
    cite: Mapping[str, object]
    examples: list[dict[str, object]]
    used: str


def citation(rule: Rule, told: editions.Told) -> dict[str, object]:
    """What the citation macro shows."""
    return {
        "document": rule.cite.document,
        "section": rule.cite.section,
        "line": rule.cite.line,
        "gist": rule.gist,
        "quote": told.quote,
        "notice": told.notice,
    }


def card(rule: Rule, library: Library, told: editions.Told, used: str) -> Card:
    """A rule as a card."""
    act = library.acts.get(rule.action or rule.forbids or rule.opens or "")
    return Card(
        rule=rule,
        gist=rule.gist,
        reaches=words.REACHES[rule.reaches_as],
        actor=library.owners[rule.actor].says,
        act=act.label if act else "",
        when=[
            f"{fact.question or fact.meaning} ({fact.name})"
            for name, fact in library.vocabulary.items()
            if _mentions(rule.when, name)
        ],
        by=rule.by or "no time is given",
        closes=", or ".join(sorted(_closes(library, rule))),
        place=words.PLACES.get(rule.place or "", ""),
        cite=citation(rule, told),
        examples=[_example(example, library) for example in rule.examples],
        used=used,
    )


def _mentions(condition: str, name: str) -> bool:
    return name in condition.replace("(", " ").replace(")", " ").split()


def _closes(library: Library, rule: Rule) -> Iterable[str]:
    for kind in rule.discharged_by:
        yield words.EVIDENCE.get(kind, kind.replace(".", ": ").replace("_", " "))


def _example(example: Any, library: Library) -> dict[str, object]:
    given = [
        f"{(library.vocabulary[name].meaning or name).rstrip('.')}: {value_words(value)}"
        for name, value in example.given.items()
    ]
    return {"given": given or ["nothing is known"], "then": words.OUTCOMES[example.then], "code": example.then}


def value_words(value: Value) -> str:
    """A value as a person says it."""
    if value is None:
        return "not known"
    if value is NOT_APPLICABLE:
        return "does not apply"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        low, high = value.min, value.max
        return (
            f"{low} to {high}"
            if low is not None and high is not None
            else (f"at least {low}" if high is None else f"at most {high}")
        )
    return str(value).replace("-", " ") if isinstance(value, str) else str(value)


_START_NOT_KNOWN = re.compile(r"cannot be worked out: (\w+) is not known\Z")


def due_words(text: str, library: Library) -> str:
    """A deadline's text with the name of a fact said in words; any other text as it is."""
    found = _START_NOT_KNOWN.match(text)
    fact = library.vocabulary.get(found[1]) if found else None
    return f"cannot be worked out yet: “{fact.question}” is not answered" if fact and fact.question else text


@dataclass(frozen=True)
class ChoiceRow:
    """One local choice of an area: what stands, whether it is in force, what is proposed."""

    parameter: Parameter
    question: str
    now: str | None
    status: str
    proposed: str | None
    honours: Mapping[str, object] | None


def choice_row(parameter: Parameter, adopted: AdoptedChoice | None) -> ChoiceRow:
    """A local choice in words."""
    if adopted is not None:
        now, status = _shown(adopted.value), f"adopted, in force from {adopted.in_force_from_on:%-d %B %Y}"
    elif parameter.in_force is not None:
        now, status = _shown(parameter.in_force), words.STATUSES[parameter.status]
    elif parameter.text_says is not None:
        now, status = _shown(parameter.text_says), "as the text says, until your partnership chooses"
    else:
        now, status = None, words.STATUSES[parameter.status if parameter.proposed is not None else None]
    proposed = _shown(parameter.proposed) if parameter.proposed is not None else None
    question = parameter.question or parameter.name.replace("_", " ")
    return ChoiceRow(parameter, question, now, status, proposed, honours(f"parameter:{parameter.name}"))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(word).replace("-", " ") for word in value)
    return str(value).replace("-", " ") if not isinstance(value, int) else str(value)


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
