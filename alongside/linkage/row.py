"""A record as columns: what comparisons read in-process, and what a table holds for the same comparisons as SQL."""

import marshal
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from alongside.linkage.names import Part

if TYPE_CHECKING:
    from alongside.linkage.record import BirthDay, Known, NameForm

_NONE: frozenset[str] = frozenset()
_SHARED_WORD = 3  # letters; shorter words of two names agree by chance


@dataclass(slots=True)
class Row:
    """One name of a record with everything else of it. "", 0 and an empty set: not known."""

    given: str = ""
    given_same: str = ""  # the first of all its spellings
    given_forms: frozenset[str] = _NONE  # that, and the full names it may be short for
    given_sound: str = ""
    given_words: frozenset[str] = _NONE
    family: str = ""
    family_same: str = ""
    family_sound: str = ""
    family_words: frozenset[str] = _NONE
    middle: frozenset[str] = _NONE
    middle_initials: frozenset[str] = _NONE
    sex: str = ""
    born: str = ""  # YYYYMMDD, a whole date only; so born_turned, with day and month swapped
    born_turned: str = ""
    born_year: int = 0
    born_month: str = ""  # YYYYMM
    born_day: str = ""  # MMDD
    born_dom: str = ""  # DD
    new_year: str = ""  # "y" for a whole date of 1 January
    postcode: str = ""
    postcode_sector: str = ""
    postcode_district: str = ""
    uprn: str = ""
    house: str = ""
    street: str = ""
    street_words: frozenset[str] = _NONE
    town: str = ""
    phones: frozenset[str] = _NONE
    phone: str = ""
    email: str = ""
    email_local: str = ""
    email_number: str = ""  # its digits, "-" for none
    nhs_number: str = ""
    national_id: str = ""
    birth_place: str = ""
    occupation: str = ""
    has: int = 0  # a bit for each of HELD that is known


# What is compared apart from names: only what both records have need be looked at.
HELD = (
    *("born_year", "postcode", "uprn", "street", "town", "phone", "email", "nhs_number", "national_id", "sex"),
    *("birth_place", "occupation"),
)
COLUMNS: tuple[str, ...] = tuple(name for name in Row.__dataclass_fields__ if name != "has")
SETS: frozenset[str] = frozenset(name for name in COLUMNS if isinstance(getattr(Row(), name), frozenset))
_UK_POSTCODE = range(5, 8)
_BITS = tuple(1 << place for place in range(len(HELD)))
_held = attrgetter(*HELD)
_values = attrgetter(*Row.__slots__)


def rows(known: "Known") -> tuple[Row, ...]:
    """A row for each name the person goes by; one without a name where none is known."""
    return tuple(_row(known, form) for form in known.names) or (_row(known, None),)


def pack(found: Iterable[Row]) -> bytes:
    """The rows of a record as bytes, to be kept where only we write; another Python may not read them."""
    return marshal.dumps([_values(row) for row in found])


def unpack(packed: bytes | memoryview) -> tuple[Row, ...]:
    """The rows again; what stands after them is left unread. Never of bytes that come from outside."""
    return tuple(Row(*values) for values in marshal.loads(packed))  # noqa: S302


def _row(known: "Known", form: "NameForm | None") -> Row:
    row = Row(
        sex=known.sex,
        town=known.town,
        phones=known.phones,
        phone=min(known.phones, default=""),
        email=known.email,
        email_local=known.email.split("@")[0],
        email_number=("".join(filter(str.isdigit, known.email)) or "-") if known.email else "",
        nhs_number=known.nhs_number,
        national_id=known.national_id,
        birth_place=known.birth_place,
        occupation=known.occupation,
        postcode=known.postcode,
    )
    if form is not None:
        _name(row, form)
    if known.born is not None:
        _birth(row, known.born)
    if len(known.postcode) in _UK_POSTCODE:
        row.postcode_sector, row.postcode_district = known.postcode[:-2], known.postcode[:-3]
    if known.address is not None:
        row.uprn, row.house = known.address.uprn, known.address.number
        row.street_words, row.street = known.address.words, " ".join(sorted(known.address.words))
    has = 0
    for bit, value in zip(_BITS, _held(row), strict=True):
        if value:
            has |= bit
    row.has = has
    return row


def _name(row: Row, form: "NameForm") -> None:
    if form.given is not None:
        part = form.given
        row.given, row.given_same, row.given_sound = part.text, part.spelling, part.sound
        row.given_forms, row.given_words = part.forms, _words(part)
    if form.family is not None:
        part = form.family
        row.family, row.family_same, row.family_sound = part.text, part.spelling, part.sound
        row.family_words = _words(part)
    if form.middle:
        row.middle = frozenset(form.middle)
        row.middle_initials = frozenset(word[0] for word in form.middle)


def _words(part: Part) -> frozenset[str]:
    return frozenset([word for word in part.words if len(word) >= _SHARED_WORD])


def _birth(row: Row, born: "BirthDay") -> None:
    row.born_year = born.year
    if born.month is None:
        return
    row.born_month = born.digits[:6]
    if born.day is None:
        return
    row.born, row.born_day, row.born_dom = born.digits, born.digits[4:], born.digits[6:]
    if born.day <= 12:
        row.born_turned = born.digits[:4] + born.digits[6:] + born.digits[4:6]
    if row.born_day == "0101":
        row.new_year = "y"
