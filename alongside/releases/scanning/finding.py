"""Finding in a text what is known, and what has the shape of a way to somebody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from alongside.releases.scanning.known import Known
from alongside.releases.scanning.stream import Stream, Token, counted, figures, joined, spoken, stream, tokens
from alongside.releases.scanning.words import SAME

POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s{0,2}\d[a-z]{2}\b", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:0|440?)(?:[1237]\d{8,9})")


@dataclass(frozen=True, order=True)
class Found:
    """Where something stands in the text, and what it is: "an address"."""

    start: int
    end: int
    kind: str

    def words(self, text: str) -> str:
        """What stands there, as somebody wrote it."""
        return text[self.start : self.end]


def find(text: str, known: Iterable[Known]) -> list[Found]:
    """Every place of a text where something known stands, however it is written; overlapping places are one."""
    held = tokens(text)
    plain, said = stream(held), counted(joined(held))
    streams = [plain, stream(joined(held)), stream(said), stream(counted(held))]
    letters = spoken(held)
    spelled = [stream(spoken(said)), stream(joined(spoken(said))), stream(letters), stream(counted(letters))]
    ways = (said, held, counted(letters))
    rows = [row for way in ways for alike in (False, True) for row in figures(way, alike=alike)]
    held_known = list(known)
    found = {hit for one in held_known for hit in _places(one, streams, spelled, rows)}
    found |= {hit for one in held_known for hit in _misspelled(one, said)}
    return _apart(sorted(found))


def _places(one: Known, streams: list[Stream], spelled: list[Stream], rows: list[Stream]) -> Iterator[Found]:
    for form in one.forms:
        for held in (*streams, *spelled):
            yield from (Found(start, end, one.kind) for start, end in held.places(form))
    for form in one.spelled:
        for held in spelled:
            yield from (Found(start, end, one.kind) for start, end in held.places(form))
    for number in one.figures:
        for row in rows:
            at = row.text.find(number)
            if at >= 0:
                yield Found(row.starts[at], row.ends[at + len(number) - 1], one.kind)


def _misspelled(one: Known, words: list[Token]) -> Iterator[Found]:
    """A street with one letter wrong, missing, too many or changed about with the next, before its kind in any short way."""
    for name, kind in one.streets:
        kinds = {other for row in SAME if kind in row for other in row} | {kind}
        for word, then in pairwise(words):
            if then.text in kinds and DamerauLevenshtein.distance(word.text, name, score_cutoff=1) == 1:
                yield Found(word.start, then.end, one.kind)


def shaped(text: str) -> list[Found]:
    """What looks like a postcode, a telephone number or an e-mail address, whoever's it is."""
    found = [Found(hit.start(), hit.end(), "a postcode") for hit in POSTCODE.finditer(text)]
    found += [Found(hit.start(), hit.end(), "an e-mail address") for hit in EMAIL.finditer(text)]
    for row in figures(counted(joined(tokens(text)))):
        hit = PHONE.search(row.text)
        if hit:
            found.append(Found(row.starts[hit.start()], row.ends[hit.end() - 1], "a telephone number"))
    return _apart(sorted(found))


def _apart(found: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in found:
        if kept and one.start < kept[-1].end:
            if one.end > kept[-1].end:
                kept[-1] = Found(kept[-1].start, one.end, kept[-1].kind)
            continue
        kept.append(one)
    return kept
