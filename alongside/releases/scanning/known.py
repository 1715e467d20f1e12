"""What is known to lead to somebody, in every form in which it is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, product

from alongside.releases.scanning.stream import ALIKE, Token, counted, joined, spoken, stream, tokens
from alongside.releases.scanning.words import COMMON, FLATS, SAME, STREETS

MOST_FORMS = 400
LEAST_MISSPELLED = 5  # letters of a name that is looked for one letter wrong
SHORTEST = 4  # letters and figures of the least that is looked for


@dataclass(frozen=True)
class Known:
    """Something to look for. `forms` are folded as words are; `figures` is a number, looked for among figures alone; `spelled` is for
    mail, looked for without its signs; `streets` are the last word of a street's name and its kind, looked for one letter wrong. `kind` is
    how a person is told what was found.
    """

    kind: str
    forms: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    spelled: frozenset[str] = frozenset()
    streets: frozenset[tuple[str, str]] = frozenset()


def address(lines: str, also_common: Iterable[str] = ()) -> list[Known]:
    """An address: each part by itself, the street without its number, and the number and street without its kind.

    `also_common` are names that lead to nobody, such as the towns of the partnership.
    """
    towns = {_folded(tokens(town)) for town in also_common}
    found: set[str] = set()
    numbers: set[str] = set()
    streets: set[tuple[str, str]] = set()
    for part in re.split(r"[,;\n]|\s-\s", lines):
        held = counted(tokens(part))
        if [one.text for one in held[:1]] == ["uprn"]:
            numbers |= {one.text for one in held[1:] if len(one.text) > 6}
            continue
        streets |= set(_street(held))
        found |= {form for form in _part(held) if form not in towns and len(form) >= SHORTEST}
    known = Known("an address", frozenset(found), frozenset(numbers), streets=frozenset(streets))
    return [known] if found or numbers else []


def _street(held: Sequence[Token]) -> Iterator[tuple[str, str]]:
    for name, kind in pairwise(one.text for one in held):
        if kind in STREETS and len(name) >= LEAST_MISSPELLED and name.isalpha() and name not in STREETS | COMMON:
            yield name, kind


def _part(held: Sequence[Token]) -> Iterator[str]:
    words = [one.text for one in held]
    telling = [word for word in words if word not in COMMON and not (word.isdigit() or word in STREETS)]
    if not telling and (words[:1] == [] or words[0] in FLATS or not STREETS.intersection(words) or len(words) < 2):
        return
    yield from _forms(words)
    named = words[next((place for place, word in enumerate(words) if _names_it(word)), 0) :]
    if named != words and (len(named) > 1 or len(named[0]) > 4):
        yield from _forms(named)
    if telling and words[-1] in STREETS and len(words) > 2 and words[0].isdigit():
        yield from _forms(words[:-1])


def _names_it(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word not in FLATS


def postcode(text: str) -> list[Known]:
    """A postcode, however it is parted or spelled."""
    whole = _folded(counted(tokens(text)))
    return [Known("a postcode", frozenset({whole}), spelled=frozenset({whole}))] if len(whole) >= 5 else []


def phone(text: str) -> list[Known]:
    """A telephone number: its national figures without the first nought, and of a landline the local part too."""
    digits = "".join(one.text for one in tokens(text) if one.text.isdigit())
    digits = digits.removeprefix("00").removeprefix("44").lstrip("0")
    if len(digits) < 7:
        return []
    wanted = {digits} if digits.startswith("7") else {digits, digits[-7:]}
    return [Known("a telephone number", figures=frozenset(one.translate(ALIKE) for one in wanted))]


def email(text: str) -> list[Known]:
    """An e-mail address, also as it is said: "dot", "at"."""
    whole = _folded(spoken(tokens(text)))
    return [Known("an e-mail address", spelled=frozenset({whole}))] if len(whole) > 5 else []


def place(text: str) -> list[Known]:
    """A school or a surgery by its name, whole, shortened, or by the part of it that no other has."""
    words = [one.text for one in tokens(text)]
    told = [word for word in words if word not in COMMON]
    forms = {form for form in _forms(words) if len(form) > 5}
    if told and (len(told) > 1 or len(told[0]) > 5):
        forms |= {form for form in _forms(told) if len(form) > 5}
    elif told and len(words) > 1:
        forms |= set(_forms(words[: words.index(told[0]) + 2]))
    return [Known("a school or surgery", frozenset(forms))] if forms else []


def name(text: str) -> list[Known]:
    """A name, whole and each part of it."""
    parts = {_folded([one]) for one in tokens(text) if len(one.text) > 2}
    whole = _folded(tokens(text))
    return [Known("a name", frozenset({whole, *parts}))] if parts else []


def wording(text: str, kind: str) -> list[Known]:
    """Words that somebody wrote down, sentence by sentence, where there are at least two of them."""
    held = [tokens(part) for part in re.split(r"[.;\n]", text)]
    forms = {_folded(counted(part)) for part in held if len(part) > 1}
    return [Known(kind, frozenset(form for form in forms if len(form) > 7))] if forms else []


def _forms(words: Sequence[str]) -> Iterator[str]:
    """The words run together, each in every short way of writing it."""
    ways = [[other for row in SAME if word in row for other in row] or [word] for word in words]
    for chosen in islice(product(*ways), MOST_FORMS):
        yield _folded([Token(word, 0, 0) for word in chosen])


def _folded(held: Sequence[Token]) -> str:
    return stream(counted(joined(held))).text
