"""Blocking keys: the few hashes under which a person can be found again, the most specific first.

Two records that share a key are worth comparing. Each kind survives other mistakes: a wrong day, names the wrong way
round, a move, a changed surname. A key is a keyed hash, so that the table beside the person table holds no names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from alongside.linkage.names import Part, part
from alongside.linkage.record import BirthDay, Known, NameForm

KINDS = (
    "identifier",  # NHS number, national identifier
    "phone",
    "email",
    "birth_postcode",  # date of birth (day and month in either order) and postcode
    "birth_initial",  # date of birth (day and month in either order) and the initial of a name
    "names_year",  # how both names sound and the year of birth: of a common name, those of one age
    "names_house",  # how both names sound and the number of the house: of a common name, those of one door
    "initial_postcode",  # the initial of a name and the postcode
    "sound_postcode",  # how the surname sounds and the postcode
    "sound_year",  # how the surname sounds and the year of birth
    "names",  # how both names sound, in either order
    "mailbox",  # what stands before the @
    "initial_start",  # the initial of one name and the first letters of the other, for what is misspelt so that it sounds otherwise
    "birth",  # date of birth alone: a changed name and a move
    "sound",  # the surname alone: worth comparing where few have it
)
SPECIFICITY = {kind: len(KINDS) - place for place, kind in enumerate(KINDS)}
MOST_KEYS = 40
_WORDS_OF_A_NAME = 3
_START, _SHORTEST_MAILBOX = 4, 4


_NOBODY = Part("", (), "", frozenset(), "", ())


@dataclass(frozen=True, slots=True)
class Key:
    """`kind` is one of KINDS; `hash` a signed 64-bit number, different for each kind."""

    kind: str
    hash: int


def keys(known: Known, secret: bytes = b"") -> tuple[Key, ...]:
    """The keys of a person, most specific first, none twice, at most 40.

    `secret` (up to 64 bytes) keeps whoever can only read the table from trying names and postcodes against it.
    """
    found = dict.fromkeys(values(known))
    ordered = sorted(found, key=lambda pair: -SPECIFICITY[pair[0]])
    return tuple(Key(kind, _hash(kind, value, secret)) for kind, value in islice(ordered, MOST_KEYS))


def _hash(kind: str, value: str, secret: bytes) -> int:
    digest = blake2b(value.encode(), digest_size=8, key=secret, person=kind.encode()).digest()
    return int.from_bytes(digest, "big", signed=True)


def values(known: Known) -> Iterator[tuple[str, str]]:
    """(kind, value) of the keys of a person before they are hashed, in no order, some twice."""
    for identifier in (known.nhs_number, known.national_id):
        if identifier:
            yield "identifier", identifier
    for number in sorted(known.phones):
        yield "phone", number
    if known.email:
        yield "email", known.email
        mailbox = known.email.split("@")[0]
        if len(mailbox) >= _SHORTEST_MAILBOX:
            yield "mailbox", mailbox
    born = _either_order(known.born)
    if born:
        yield "birth", born
    if born and known.postcode:
        yield "birth_postcode", f"{born} {known.postcode}"
    for form in known.names:
        yield from _of_name(form, known, born)


def _either_order(born: BirthDay | None) -> str:
    """A whole date, with day and month in ascending order where they could have been swapped."""
    if born is None or born.month is None or born.day is None:
        return ""
    low, high = sorted((born.month, born.day)) if born.day <= 12 else (born.month, born.day)
    return f"{born.year}-{low}-{high}"


def _of_name(form: NameForm, known: Known, born: str) -> Iterator[tuple[str, str]]:
    for initial in _initials(form):
        if born:
            yield "birth_initial", f"{born} {initial}"
        if known.postcode:
            yield "initial_postcode", f"{initial} {known.postcode}"
    for sound in _family_sounds(form):
        if known.postcode:
            yield "sound_postcode", f"{sound} {known.postcode}"
        if known.born is not None:
            yield "sound_year", f"{sound} {known.born.year}"
    number = known.address.number if known.address else ""
    for pair in _name_pairs(form):
        yield "names", pair
        if known.born is not None:
            yield "names_year", f"{pair} {known.born.year}"
        if number:
            yield "names_house", f"{pair} {number}"
    for sound in dict.fromkeys((form.family or form.given or _NOBODY).sounds):
        yield "sound", sound
    if form.given and form.family:
        yield "initial_start", f"{form.given.text[0]} {form.family.text[:_START]}"
        yield "initial_start", f"{form.family.text[0]} {form.given.text[:_START]}"


def _initials(form: NameForm) -> Iterator[str]:
    for name in (form.given, form.family):
        if name is not None:
            yield name.text[0]
            # Bill is found under William too.
            yield from sorted({full[0] for full in name.forms} - {name.text[0]})[:2] if name is form.given else ()


def _family_sounds(form: NameForm) -> Iterator[str]:
    """The surname, or whatever stands in its place: each name, because the order is often wrong."""
    for name in (form.family, form.given):
        if name is not None:
            yield name.sound
            if len(name.words) > 1:
                yield from name.sounds[:_WORDS_OF_A_NAME]


def _name_pairs(form: NameForm) -> Iterator[str]:
    """Given and family name by sound, sorted; with full names for short ones, and each word of a longer surname."""
    if form.given is None or form.family is None:
        for name in (form.given, form.family):
            if name is not None:
                yield name.sound
        return
    firsts = {form.given.sound, *_full_name_sounds(form.given)}
    lasts = {form.family.sound, *form.family.sounds[:_WORDS_OF_A_NAME], *_middle_sounds(form)}
    for first in sorted(firsts):
        for last in sorted(lasts):
            yield " ".join(sorted((first, last)))


def _full_name_sounds(given: Part) -> list[str]:
    return [full.sound for name in sorted(given.forms)[:_WORDS_OF_A_NAME] if (full := part((name,))) is not None]


def _middle_sounds(form: NameForm) -> list[str]:
    """A father's name stands as a middle name in one record and as the surname in another."""
    return [middle.sound for word in form.middle[:2] if (middle := part((word,))) is not None]
