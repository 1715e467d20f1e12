"""The blind index: find equal values without holding them."""

from __future__ import annotations

import hmac

from alongside.sealed import keys
from alongside.sealed.errors import SealError


def blind(value: str, purpose: str) -> str:
    """HMAC-SHA-256 of an already normalised value, 64 hexadecimal digits; empty for an empty value.

    `purpose` (for example `people.phone`) keeps equal values of different kinds apart. Equal values give equal
    results, which tells how often each occurs: never use it for what has few values (gender, town, risk).
    Made with the oldest sealing key, so that a change of key does not empty every index: keep that key.
    """
    if not purpose:
        raise SealError("a blind index needs its purpose")
    if not value:
        return ""
    secret = keys.derived(keys.given()[-1], f"blind index of {purpose}")
    return hmac.digest(secret, value.encode(), "sha256").hex()
