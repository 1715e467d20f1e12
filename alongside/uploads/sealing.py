"""The bytes of a file, sealed with a key of their own: changing the installation's key seals that key anew, not 20 MB."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from alongside.sealed.errors import WrongPlace

VERSION = b"\x01"
NONCE = 12


def new_key() -> str:
    """A key for one file, as text for its sealed field."""
    return b64encode(AESGCMSIV.generate_key(256)).decode()


def _bound(row: UUID, part: str) -> bytes:
    return b"uploads.content\0" + part.encode() + b"\0" + row.bytes


def seal(data: bytes, *, key: str, row: UUID, part: str) -> bytes:
    """Version, nonce, and the sealed bytes, which open in this row and part only."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCMSIV(b64decode(key)).encrypt(nonce, data, _bound(row, part))


def unseal(body: bytes, *, key: str, row: UUID, part: str) -> bytes:
    """The bytes as they were; `WrongPlace` when altered or moved."""
    nonce, sealed = body[1 : 1 + NONCE], body[1 + NONCE :]
    try:
        if body[:1] != VERSION:
            raise InvalidTag
        return AESGCMSIV(b64decode(key)).decrypt(nonce, sealed, _bound(row, part))
    except (InvalidTag, ValueError):
        raise WrongPlace(f"uploads.content {part}: altered, or moved from another row") from None
