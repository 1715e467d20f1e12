"""From a record as it was written to its comparable form. What cannot be read is not known, never an error."""

import re
from calendar import monthrange
from functools import lru_cache

import phonenumbers
from anyascii import anyascii

from alongside.linkage.names import part, words
from alongside.linkage.record import Address, BirthDay, Known, NameForm, Record

MOST_NAMES = 4
MOST_PHONES = 4
LONGEST_FIELD = 300
EARLIEST_YEAR, LATEST_YEAR = 1000, 2100

_NOT_ALNUM = re.compile(r"[\W_]+")
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})", re.ASCII),
    re.compile(r"(?P<d>\d{2})/(?P<m>\d{2})/(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})", re.ASCII),
    re.compile(r"(?P<y>\d{4})", re.ASCII),
)
_UK_PHONE = re.compile(r"(?:0|\+44)([1-9]\d{8,12})", re.ASCII)
_PHONE_SIGNS = str.maketrans("", "", " -().\u00a0")
_SEXES = {"m": "m", "male": "m", "man": "m", "boy": "m", "1": "m", "f": "f", "female": "f", "woman": "f"}
_SEXES |= {"girl": "f", "2": "f"}
_STREET_KINDS = frozenset(
    ("road", "rd", "street", "st", "avenue", "ave", "lane", "ln", "close", "drive", "dr", "way", "court", "ct", "place")
) | {"flat", "the"}
_UPRN = re.compile(r"\bUPRN\W{0,3}(\d{4,12})\b", re.ASCII | re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")
_PARTICLES = frozenset(
    (
        "al",
        "el",
        "abu",
        "bin",
        "ibn",
        "bint",
        "van",
        "von",
        "de",
        "da",
        "di",
        "der",
        "den",
        "la",
        "le",
        "mac",
        "mc",
        "o",
    )
)


def normalise(record: Record) -> Known:
    """The comparable form of a record, in bounded time whatever it holds."""
    return Known(
        id=record.id,
        names=_names(record),
        sex=_SEXES.get(record.sex[:10].strip().lower(), ""),
        born=birth_day(record.date_of_birth),
        postcode=_postcode(record.postcode),
        address=_address(record.address, record.uprn),
        town=" ".join(words(record.town)),
        phones=frozenset(filter(None, map(phone, record.phones[:MOST_PHONES]))),
        email=_email(record.email),
        nhs_number=_nhs_number(record.nhs_number),
        national_id=_national_id(record.national_id),
        birth_place=" ".join(words(record.birth_place)),
        occupation=" ".join(words(record.occupation)),
    )


def _names(record: Record) -> tuple[NameForm, ...]:
    given, family = part(words(record.given_name)), part(words(record.family_name))
    own = NameForm(given, words(record.middle_names), family) if given or family else None
    others = (whole_name(text) for text in (record.full_name, *record.aka[:MOST_NAMES]))
    forms = dict.fromkeys(form for form in (own, *others) if form is not None)
    return tuple(forms)[:MOST_NAMES]


def whole_name(text: str) -> NameForm | None:
    """A name written in one field: "Family, Given Middle", "Given Middle Family", or a single name."""
    before, comma, after = text[:LONGEST_FIELD].partition(",")
    if comma and words(after):
        family, rest = words(before), words(after)
    else:
        rest, family = _split_family(words(before))
    if not (rest or family):
        return None
    return NameForm(part(rest[:1]), rest[1:], part(family))


def _split_family(found: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Given and middle names, and the last name with the particles before it (van der Berg, al Hassan)."""
    if len(found) < 2:
        return found, ()
    start = len(found) - 1
    while start > 1 and found[start - 1] in _PARTICLES:
        start -= 1
    return found[:start], found[start:]


@lru_cache(maxsize=50_000)
def birth_day(text: str) -> BirthDay | None:
    """A date in a form of the contract (section 3), else None: not known."""
    text = text[:20].strip()
    for form in _DATES:
        found = form.fullmatch(text)
        if found is not None:
            given = found.groupdict()
            return _possible(int(given["y"]), _number(given.get("m")), _number(given.get("d")))
    return None


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _possible(year: int, month: int | None, day: int | None) -> BirthDay | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= monthrange(year, month or 1)[1]:
        return None
    return BirthDay(year, month, day)


@lru_cache(maxsize=50_000)
def phone(text: str) -> str:
    """A telephone number as +country number, "" when it is none. Without a country code it is British."""
    plain = text[:40].strip().translate(_PHONE_SIGNS)
    british = _UK_PHONE.fullmatch(plain)
    if british is None:
        try:
            number = phonenumbers.parse(plain, "GB")
        except phonenumbers.NumberParseException:
            return ""
        plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    else:
        plain = "+44" + british[1]
    digits = plain.removeprefix("+44").lstrip("+")
    return plain if 6 <= len(digits) <= 15 and len(set(digits)) > 2 else ""


def _squeezed(text: str) -> str:
    return _NOT_ALNUM.sub("", anyascii(text[:LONGEST_FIELD])).upper()


def _postcode(text: str) -> str:
    squeezed = _squeezed(text)
    return squeezed if 3 <= len(squeezed) <= 10 and any(map(str.isdigit, squeezed)) else ""


def _address(text: str, uprn: str) -> Address | None:
    text = text[:LONGEST_FIELD]
    written = _UPRN.search(text)
    if written is not None:
        text, uprn = text[: written.start()] + text[written.end() :], uprn or written[1]
    property_number = _squeezed(uprn).lstrip("0")
    uprn = property_number if property_number.isdigit() and 4 <= len(property_number) <= 12 else ""
    found = [word for word in _NOT_ALNUM.split(anyascii(text).lower()) if word]
    number = next((word for word in found[:4] if word[0].isdigit()), "")
    rest = frozenset(word for word in found if word != number and word not in _STREET_KINDS)
    return Address(number, rest, uprn) if rest or uprn else None


def _email(text: str) -> str:
    lowered = anyascii(text[:LONGEST_FIELD]).strip().lower()
    return lowered if _EMAIL.fullmatch(lowered) else ""


def _nhs_number(text: str) -> str:
    squeezed = _squeezed(text)
    return squeezed if len(squeezed) == 10 and squeezed.isdigit() and len(set(squeezed)) > 1 else ""


def _national_id(text: str) -> str:
    squeezed = _squeezed(text)
    return squeezed if 5 <= len(squeezed) <= 20 and len(set(squeezed)) > 1 else ""
