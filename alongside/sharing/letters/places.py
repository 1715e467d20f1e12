"""Whether what somebody typed names a place that has to stay hidden. No database."""

from __future__ import annotations

import re
from collections.abc import Collection

from anyascii import anyascii

POSTCODE = re.compile(r"([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})")
# Words that stand in many addresses and names of schools, and tell none.
_COMMON = (
    "a and at of on in the st saint road rd street lane ln close avenue ave drive grove way croft rise court flat house room school primary "
    "secondary academy infant junior nursery college high church centre center surgery practice health clinic city town north south east "
    "west upper lower"
)
COMMON = frozenset(_COMMON.split())


def told_in(typed: str, hidden: Collection[str]) -> bool:
    """Whether a text holds a hidden place: its postcode, or every telling word of it."""
    plain = _plain(typed)
    said, codes = set(re.findall(r"[a-z\d]+", plain)), {"".join(found) for found in POSTCODE.findall(plain)}
    return any(_is_told(_plain(one), said, codes) for one in hidden if one.strip())


def _is_told(place: str, said: set[str], codes: set[str]) -> bool:
    if {"".join(found) for found in POSTCODE.findall(place)} & codes:
        return True
    telling = set(re.findall(r"[a-z\d]+", POSTCODE.sub(" ", place))) - COMMON
    names = {word for word in telling if not word.isdigit()}
    return bool(names) and names <= said


def _plain(text: str) -> str:
    return anyascii(text).lower().replace("'", "")
