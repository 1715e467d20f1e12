"""Two values side by side: which level of agreement they reach. A model says what each level is worth."""

from functools import lru_cache

import jellyfish

from alongside.linkage.names import Part
from alongside.linkage.record import Address, BirthDay

LEVELS: dict[str, set[str]] = {
    "family_name": {"exact", "spelling", "part", "sound", "near", "close", "initial", "differ"},
    "given_name": {
        *("exact", "spelling", "short_form", "part", "as_middle", "sound", "near", "close", "initial", "differ"),
    },
    "middle_names": {"exact", "initial", "differ"},
    "name_order": {"swapped"},
    "date_of_birth": {
        *("exact", "exact_new_year", "swapped", "one_digit", "near", "day_and_month", "month_known", "year_known"),
        *("year_new_year", "year", "year_beside", "differ"),
    },
    "postcode": {"exact", "near", "sector", "district", "differ"},
    "address": {"exact", "street", "differ"},
    "town": {"exact", "differ"},
    "phone": {"exact", "near", "differ"},
    "email": {"exact", "near", "local_part", "differ"},
    "nhs_number": {"exact", "near", "differ"},
    "national_id": {"exact", "near", "differ"},
    "sex": {"exact", "differ"},
    "birth_place": {"exact", "differ"},
    "occupation": {"exact", "differ"},
}

SHORTEST_SHARED_WORD = 3
SIMILAR, SOMEWHAT_SIMILAR = 0.92, 0.85
UK_POSTCODE = range(5, 8)


@lru_cache(maxsize=50_000)
def names(a: Part, b: Part, given: bool) -> str:
    """Two given names, or two family names."""
    if a.text == b.text:
        return "exact"
    short, long = sorted((a.text, b.text), key=len)
    if len(short) == 1:
        return "initial" if long.startswith(short) else "differ"
    if a.spelling == b.spelling:
        return "spelling"
    if given and (a.forms & b.forms or (len(short) >= SHORTEST_SHARED_WORD and long.startswith(short))):
        return "short_form"
    if any(len(word) >= SHORTEST_SHARED_WORD for word in set(a.words) & set(b.words)):
        return "part"
    return _alike(a, b, len(short))


def _alike(a: Part, b: Part, shortest: int) -> str:
    similarity = jellyfish.jaro_winkler_similarity(a.text, b.text)
    if similarity >= SIMILAR or (shortest > 3 and one_slip(a.text, b.text)):
        return "near"
    if a.sound == b.sound and len(a.sound) > 1:
        return "sound"
    return "close" if similarity >= SOMEWHAT_SIMILAR else "differ"


def one_slip(a: str, b: str) -> bool:
    """One letter or digit wrong, missing, too many, or two neighbours swapped?"""
    if abs(len(a) - len(b)) > 1:
        return False
    # One slip leaves the beginning or the end as it is: most pairs are told apart here, without counting slips.
    half = max(0, (min(len(a), len(b)) - 2) // 2)
    if a[:half] != b[:half] and a[len(a) - half :] != b[len(b) - half :]:
        return False
    return jellyfish.damerau_levenshtein_distance(a, b) <= 1


def middle_names(a: tuple[str, ...], b: tuple[str, ...]) -> str:
    if set(a) & set(b):
        return "exact"
    return "initial" if {word[0] for word in a} & {word[0] for word in b} else "differ"


def births(a: BirthDay, b: BirthDay) -> str:
    """Two dates of birth, each whole or in part."""
    if a.day is None or b.day is None:
        return _partial_births(a, b)
    if a.digits == b.digits:
        return "exact_new_year" if (a.month, a.day) == (1, 1) else "exact"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "swapped"
    # 1 January is what people are given who do not know their day.
    if a.year == b.year and (1, 1) in ((a.month, a.day), (b.month, b.day)):
        return "year_new_year"
    if one_slip(a.digits, b.digits):
        return "one_digit"
    if a.year == b.year:
        return "near" if a.month == b.month or a.day == b.day else "year"
    return "day_and_month" if (a.month, a.day) == (b.month, b.day) else "differ"


def _partial_births(a: BirthDay, b: BirthDay) -> str:
    if abs(a.year - b.year) == 1:
        return "year_beside"
    if a.year != b.year:
        return "differ"
    if a.month is None or b.month is None:
        return "year_known"
    return "month_known" if a.month == b.month else "year"


def postcodes(a: str, b: str) -> str:
    if a == b:
        return "exact"
    if len(a) in UK_POSTCODE and len(b) in UK_POSTCODE and a[:-3] == b[:-3]:
        return "near" if one_slip(a, b) else "sector" if a[:-2] == b[:-2] else "district"
    return "near" if one_slip(a, b) else "differ"


def addresses(a: Address, b: Address) -> str:
    shared, fewer = len(a.words & b.words), min(len(a.words), len(b.words))
    if 2 * shared < fewer or not shared:
        return "differ"
    return "exact" if a.number == b.number and (a.number or 4 * shared >= 3 * fewer) else "street"


def phones(a: frozenset[str], b: frozenset[str]) -> str:
    if a & b:
        return "exact"
    return "near" if any(one_slip(one, other) for one in a for other in b) else "differ"


def emails(a: str, b: str) -> str:
    if a == b:
        return "exact"
    if one_slip(a, b):
        return "near"
    return "local_part" if a.split("@")[0] == b.split("@")[0] else "differ"


def identifiers(a: str, b: str) -> str:
    if a == b:
        return "exact"
    return "near" if one_slip(a, b) else "differ"


def plain(a: str, b: str) -> str:
    return "exact" if a == b else "differ"
