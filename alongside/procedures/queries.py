"""The packs in force for an area and a day, and the sentence behind a citation where the partnership has added its copy."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from alongside.policy import Cite, Library, Pack, Parameter, Places, Rule, Rulebook, load_library
from alongside.policy.citation import locate
from alongside.policy.documents import Finding, report
from alongside.procedures.coverage import Atom, load_coverage
from alongside.procedures.models import AdoptedChoice, DocumentCopy


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


def rules_in(places: Iterable[Places], on: date) -> dict[Places, dict[str, Rule]]:
    """Every rule by its id, in the words of its text, each saying which local choices hold for cases of some places on a
    day; one statement for all of them."""
    different = set(places)
    current = Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=on)
    areas = {area for one in different for area in one.areas}
    chosen: dict[str, dict[str, object]] = {area: {} for area in areas}
    rows = AdoptedChoice.objects.filter(current, area_id__in=areas, in_force_from_on__lte=on)
    for area, parameter, value in rows.values_list("area_id", "parameter", "value"):
        chosen[area][parameter] = value
    books = {one: library().joint(one, on, adopted=chosen) for one in different}
    return {one: rules() | _choosing(book) for one, book in books.items()}


def _choosing(book: Rulebook) -> dict[str, Rule]:
    """The rules that a local choice has changed."""
    return {rule.id: replace(rules()[rule.id], local=rule.local) for rule in book.rules if rule.local}


def copy_of(document: str) -> DocumentCopy | None:
    """The partnership's latest copy of a document."""
    return DocumentCopy.objects.filter(code=document).order_by("-added_at").first()


def without_copy(documents: set[str]) -> list[str]:
    """Those of some documents of which the partnership has added no copy."""
    held = DocumentCopy.objects.filter(code__in=documents).values_list("code", flat=True) if documents else ()
    return sorted(documents.difference(held))


def quote(cite: Cite) -> str | None:
    """The sentence itself, from the partnership's own copy; None without a copy, or where the copy has other words."""
    return quotes([cite])[cite]


def quotes(cites: Iterable[Cite]) -> dict[Cite, str | None]:
    """The same for many places at once: one statement, and a document's text only for a place not looked up before."""
    wanted = list(dict.fromkeys(cites))
    documents = {cite.document for cite in wanted}
    rows = DocumentCopy.objects.filter(code__in=documents).order_by("added_at").values_list("code", "sha256", "pk")
    latest = {code: (sha256, pk) for code, sha256, pk in rows}
    return {cite: _sentence(*latest[cite.document], cite) if cite.document in latest else None for cite in wanted}


_SENTENCES: dict[tuple[str, str], str | None] = {}


def _sentence(version: str, pk: UUID, cite: Cite) -> str | None:
    key = (version, cite.sha256)
    if key not in _SENTENCES:
        _SENTENCES[key] = locate(DocumentCopy.objects.values_list("text", flat=True).get(pk=pk), cite.as_place())
    return _SENTENCES[key]


def adopted_rows(area: str, on: date) -> dict[str, AdoptedChoice]:
    """Local choices of an area in force on a day, as rows by parameter."""
    current = Q(in_force_until_on__isnull=True) | Q(in_force_until_on__gt=on)
    rows = AdoptedChoice.objects.filter(current, area_id=area, in_force_from_on__lte=on)
    return {row.parameter: row for row in rows}


def search(wanted: Mapping[str, str], on: date) -> list[Rule]:
    """Rules by words (all of them, in id, gist or section), area, actor and the way they reach people."""
    found = list(library().pack(wanted["area"], on).rules) if wanted.get("area") else list(rules().values())
    terms = wanted.get("words", "").lower().split()
    return [
        rule
        for rule in found
        if (not wanted.get("actor") or rule.actor == wanted["actor"])
        and (not wanted.get("reaches") or rule.reaches_as == wanted["reaches"])
        and all(term in f"{rule.id} {rule.gist} {rule.cite.section}".lower() for term in terms)
    ]


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


def use_of(rule: Rule, at: datetime) -> str:
    """“used 214 times this year, 12 late”, or nothing."""
    return "; ".join(filter(None, (words(rule, at) for words in USES)))


def findings(document: str, text: str) -> list[Finding]:
    """What became of every citation of a document in a copy of it: found at its place, moved, or missing."""
    return report(text, library().every_rule(), document)


def said_before(copy: DocumentCopy) -> dict[str, str]:
    """What the sentence of each rule said in the copy that this one followed, by the rule's id."""
    former = DocumentCopy.objects.filter(code=copy.code, added_at__lt=copy.added_at).order_by("-added_at").first()
    found = findings(copy.code, former.text) if former else []
    return {finding.rule: finding.sentence for finding in found if finding.sentence}
