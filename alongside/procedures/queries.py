"""The packs in force for an area and a day, and the sentence behind a citation where the partnership has added its copy."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from alongside.audit.api import once
from alongside.policy import Library, Pack, Parameter, Places, Rule, Rulebook, load_library
from alongside.policy.archive import restore
from alongside.policy.awaiting import is_awaiting
from alongside.policy.citation import SHORT
from alongside.policy.citation import document as normalised
from alongside.policy.documents import Finding, look_up
from alongside.procedures.coverage import Atom, load_coverage
from alongside.procedures.models import AdoptedChoice, DocumentCopy, KeptRules, SentenceDecision

# How many sentences tell whether a text is this document at all.
SAMPLE = 40


@lru_cache(maxsize=1)
def library() -> Library:
    """The packs, loaded once per process: a pack file deleted while serving changes nothing until the next start."""
    return load_library(Path(settings.PACKS_DIR))


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """Every rule by its id, the latest wording of each."""
    return {rule.id: rule for rule in library().every_rule()}


@lru_cache(maxsize=1)
def coverage() -> dict[str, Atom]:
    """Every sentence of the documents by its id, with what honours it; read once, as the packs are."""
    return load_coverage(Path(settings.PACKS_DIR), rules().values())


@lru_cache(maxsize=1)
def honoured() -> dict[str, list[Atom]]:
    """The sentences that each place honours."""
    found: dict[str, list[Atom]] = {}
    for atom in coverage().values():
        for place in atom.places:
            found.setdefault(place, []).append(atom)
    return found


def sentences(wanted: Mapping[str, str]) -> list[Atom]:
    """Sentences by one place, words (all of them, in id and gist), document and kind of place."""
    place, terms = wanted.get("place"), wanted.get("words", "").lower().split()
    return [
        atom
        for atom in (honoured().get(place, []) if place else coverage().values())
        if (not wanted.get("document") or atom.document == wanted["document"])
        and (not wanted.get("kind") or wanted["kind"] in atom.kinds)
        and all(term in f"{atom.id} {atom.gist}".lower() for term in terms)
    ]


@once
def adopted(area: str, on: date) -> dict[str, object]:
    """Local choices of an area in force on a day: parameter to value."""
    current = Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=on)
    rows = AdoptedChoice.objects.filter(current, area_id=area, in_force_from_on__lte=on)
    return dict(rows.values_list("parameter", "value"))


def pack_for(area: str, on: date) -> Pack:
    """The rules in force in an area on a day, local choices laid over."""
    return library().pack(area, on, adopted=adopted(area, on))


def pack_at(places: Places, on: date) -> Rulebook:
    """What decides a case on a day: each rule by the text and the local choices of the area it follows."""
    if places.is_one:
        return pack_for(places.home, on)
    return library().joint(places, on, adopted={area: adopted(area, on) for area in places.areas})


def are_kept(mark: str) -> bool:
    """Whether the rules of a hash are in the archive."""
    return KeptRules.objects.filter(hash=mark).exists()


def kept(mark: str) -> Rulebook:
    """The rules of a hash as they decided, whatever the packs say now. Raises PolicyError where they are not in the archive."""
    return restore(mark, lambda part: KeptRules.objects.filter(hash=part).values_list("text", flat=True).first())


def rules_in(places: Iterable[Places], on: date) -> dict[Places, dict[str, Rule]]:
    """Every rule by its id, in the words of its text, each saying which local choices hold for cases of some places on a
    day; one statement for all of them."""
    different = set(places)
    chosen = _chosen({area for one in different for area in one.areas}, on)
    books = {one: library().joint(one, on, adopted=chosen) for one in different}
    return {one: rules() | _choosing(book) for one, book in books.items()}


def _chosen(areas: set[str], on: date) -> dict[str, dict[str, object]]:
    """`adopted` for several areas; one statement for all of them."""
    if len(areas) == 1:
        return {area: adopted(area, on) for area in areas}
    current = Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=on)
    chosen: dict[str, dict[str, object]] = {area: {} for area in areas}
    rows = AdoptedChoice.objects.filter(current, area_id__in=areas, in_force_from_on__lte=on)
    for area, parameter, value in rows.values_list("area_id", "parameter", "value"):
        chosen[area][parameter] = value
    return chosen


@dataclass(frozen=True)
class InForce:
    """The value of a local choice in an area, and whether it `awaits` its partnership's confirmation."""

    value: object
    awaits: bool


def in_force(areas: Collection[str], on: date, names: Collection[str]) -> dict[str, dict[str, InForce]]:
    """Some local choices by area and name, as they stand on a day; one statement for all areas."""
    chosen = _chosen(set(areas), on)
    return {area: _standing(library().parameters(area, on), chosen[area], names) for area in areas}


def _standing(
    held: Mapping[str, Parameter], chosen: Mapping[str, object], names: Collection[str]
) -> dict[str, InForce]:
    return {
        name: InForce(chosen.get(name, held[name].in_force), name not in chosen and is_awaiting(held[name]))
        for name in names
    }


def _choosing(book: Rulebook) -> dict[str, Rule]:
    """The rules that a local choice has changed."""
    return {rule.id: replace(rules()[rule.id], local=rule.local) for rule in book.rules if rule.local}


def documents() -> list[str]:
    """Every document that a rule or a row of coverage is of."""
    return list(dict.fromkeys([*library().documents, *(atom.document for atom in coverage().values())]))


def cites_of(document: str) -> dict[str, Mapping[str, Any]]:
    """What every sentence of a document is found by, of rules and of rows of coverage, by id."""
    return {atom.id: atom.cite for atom in coverage().values() if atom.document == document and atom.cite.get("sha256")}


def copies_of(documents: set[str]) -> dict[str, list[DocumentCopy]]:
    """The partnership's copies of some documents, the latest first, without their text: one statement."""
    held = _copies() if documents else {}
    return {code: held[code] for code in documents if code in held}


@once
def _copies() -> dict[str, list[DocumentCopy]]:
    """Every copy: few, and every block of a page asks for some of them."""
    found: dict[str, list[DocumentCopy]] = {}
    for row in DocumentCopy.objects.defer("text").order_by("-added_at", "-pk"):
        found.setdefault(row.code, []).append(row)
    return found


def texts(copies: Iterable[UUID]) -> dict[UUID, str]:
    """The texts of some copies."""
    return dict(DocumentCopy.objects.filter(pk__in=list(copies)).values_list("pk", "text"))


def decisions(rules: set[str]) -> dict[tuple[str, str, str], SentenceDecision]:
    """The decision that stands of each rule, cited sentence and sentence in its stead (hashes): one statement."""
    rows = SentenceDecision.objects.filter(rule__in=rules).order_by("decided_at") if rules else ()
    return {(row.rule, row.cited, row.said): row for row in rows}


def decisions_of(rule: str) -> list[SentenceDecision]:
    """Every decision about the sentence of a rule, the latest first."""
    return list(SentenceDecision.objects.filter(rule=rule).select_related("decided_by", "copy").order_by("-decided_at"))


def without_copy(documents: set[str]) -> list[str]:
    """Those of some documents of which the partnership has added no copy."""
    return sorted(documents.difference(copies_of(documents)))


def adopted_rows(area: str, on: date) -> dict[str, AdoptedChoice]:
    """Local choices of an area in force on a day, as rows by parameter."""
    current = Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=on)
    rows = AdoptedChoice.objects.filter(current, area_id=area, in_force_from_on__lte=on)
    return {row.parameter: row for row in rows}


def chosen(wanted: Mapping[str, str], rules: Iterable[Rule]) -> list[Rule]:
    """Those of some rules with an actor, an act, a section (“document/section”) and a way of reaching people; empty means all."""
    return [
        rule
        for rule in rules
        if wanted.get("actor") in (None, "", rule.actor)
        and wanted.get("reaches") in (None, "", rule.reaches_as)
        and wanted.get("act") in (None, "", rule.action, rule.forbids, rule.opens)
        and wanted.get("section") in (None, "", f"{rule.cite.document}/{rule.cite.section}")
    ]


def rules_of_area(area: str, on: date) -> list[Rule]:
    """The rules in force in an area on a day, its choices laid over; of no area, every rule in its latest wording."""
    return list(pack_for(area, on).rules if area else rules().values())


def areas_with(rule_id: str, on: date) -> list[str]:
    """The areas where a rule is in force on a day."""
    return [area for area in library().areas if any(one.id == rule_id for one in library().pack(area, on).rules)]


def versions(rule_id: str) -> list[Rule]:
    """Every wording of a rule that some pack holds, in force or not, the earliest first."""
    held = [rule for rule in library().every_rule() if rule.id == rule_id]
    return sorted(held, key=lambda rule: rule.effective_from or date.min)


def choices_about(rule: Rule, pack: Pack) -> list[Parameter]:
    """The local choices that take part in a rule, or are about it without changing it yet, in the order of their names."""
    facts = [pack.vocabulary[name] for name in pack.facts_of(rule.id)]
    named = {fact.name for fact in facts}
    asked = " ".join([rule.when, *(fact.applies_when or "" for fact in facts)])
    return [
        parameter
        for name, parameter in sorted(pack.parameters.items())
        if name in named
        or re.search(rf":{name}\b", asked)
        or rule.id in parameter.concerns
        or any(change.rule == rule.id for change in parameter.replaces)
    ]


def choices_over_time(area: str, parameters: Iterable[str]) -> list[AdoptedChoice]:
    """What a partnership has adopted on some choices, the latest first."""
    rows = AdoptedChoice.objects.filter(area_id=area, parameter__in=list(parameters))
    return list(rows.order_by("-in_force_from_on", "parameter"))


def rules_of(document: str) -> int:
    """How many rules cite a document."""
    return sum(rule.cite.document == document for rule in rules().values())


def rules_changed_by(parameter: Parameter) -> list[Rule]:
    """The rules whose condition or deadline a local choice takes part in."""
    named = {replacement.rule for replacement in parameter.replaces}
    return [rule for rule in rules().values() if rule.id in named or parameter.name in rule.when]


USES: list[Callable[[Rule, datetime], str]] = []


def register_use(words: Callable[[Rule, datetime], str]) -> None:
    """Say how often a rule has been used; the app that keeps duties registers."""
    USES.append(words)


OPEN: list[Callable[[Iterable[str]], Mapping[str, int]]] = []


def register_open(counts: Callable[[Iterable[str]], Mapping[str, int]]) -> None:
    """Say how many duties are open on rules; the app that keeps duties registers."""
    OPEN.append(counts)


def open_on(rules: Iterable[str]) -> dict[str, int]:
    """How many duties are open on each of some rules now; those on which none is are left out."""
    wanted = list(rules)
    return {rule: number for counts in OPEN for rule, number in counts(wanted).items()}


def use_of(rule: Rule, at: datetime) -> str:
    """“used 214 times this year, 12 late”, or nothing."""
    return "; ".join(filter(None, (words(rule, at) for words in USES)))


def findings(document: str, text: str) -> list[Finding]:
    """What became of the sentence of every rule of a document in a copy of it: found at its place, moved, or missing."""
    return look_up(text, {id_: cite for id_, cite in cites_of(document).items() if id_ in rules()})


def share_found(document: str, text: str) -> float:
    """Of a sample of a document's sentences, from its beginning to its end, how many a text holds: from 0 to 1."""
    told = [cite for cite in cites_of(document).values() if cite["length"] >= SHORT and not cite["from"]]
    sample, held = told[:: max(1, len(told) // SAMPLE)], normalised(text)
    found = sum(held.find(cite, lines_only=True).state != "missing" for cite in sample)
    return found / len(sample) if sample else 0.0
