"""What crosses in place of a person: each blocking key of `linkage` as a keyed token, under the key that only the partnership's systems hold."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping

from alongside.linkage import Known, keys

Tokens = Mapping[str, tuple[str, ...]]
SHORTEST_KEY = 32  # bytes

# Each of these sets speaks for one human being: both names or a whole date of birth, with something of its own besides.
SURE: tuple[frozenset[str], ...] = (
    frozenset({"identifier"}),
    frozenset({"names", "birth_initial"}),
    frozenset({"names", "birth_postcode"}),
    frozenset({"names", "phone"}),
    frozenset({"names", "email"}),
    frozenset({"birth_postcode", "birth_initial", "sound_year"}),
    frozenset({"birth_initial", "phone"}),
    frozenset({"birth_initial", "email"}),
)
# No other kind leaves the platform: a surname or a date alone is soon guessed, and tells nothing that these do not.
SENT = frozenset().union(*SURE)
# Shared by namesakes of one age: worth nothing by itself.
CHANCE = frozenset({"sound_year"})
# What must have been asked with before "nothing shared" may be read as *not held*.
ENOUGH: tuple[frozenset[str], ...] = (frozenset({"identifier"}), frozenset({"names", "birth_initial"}))


def tokens(known: Known, key: bytes) -> dict[str, tuple[str, ...]]:
    """The tokens of a person by kind of key (SENT): HMAC-SHA-256 in hexadecimal, cut to 128 bits. ValueError for a key under 32 bytes."""
    if len(key) < SHORTEST_KEY:
        raise ValueError(f"The partnership's key has {len(key)} bytes; it needs at least {SHORTEST_KEY}.")
    found: dict[str, list[str]] = {}
    for one in keys(known):
        if one.kind not in SENT:
            continue
        told = f"{one.kind} {one.hash}".encode()
        found.setdefault(one.kind, []).append(hmac.digest(key, told, "sha256")[:16].hex())
    return {kind: tuple(held) for kind, held in found.items()}


def speaks_for_one(kinds: Iterable[str]) -> bool:
    """Whether keys of these kinds together, shared by one record, mean that it is of the person asked about."""
    held = frozenset(kinds)
    return any(one <= held for one in SURE)


def is_enough(kinds: Iterable[str]) -> bool:
    """Whether so much is known of the person asked about that finding nothing may be called *not held*."""
    held = frozenset(kinds)
    return any(one <= held for one in ENOUGH)
