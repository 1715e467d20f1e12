"""Sealed text as a value, and its form in the database."""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from dataclasses import field as column
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from alongside.sealed import envelope, keys
from alongside.sealed.errors import Destroyed, SealError, WrongPlace
from alongside.sealed.models import Owner

# The first: sealed with the sealing key itself, as every value was before owners had keys. The second: with the key of its owner.
VERSION, OWNED = b"\x01", b"\x02"
ID_BYTES = {VERSION: keys.ID_BYTES, OWNED: 16}
NONCE_BYTES = 12
# Lengths say something too (an empty flat number, a short note), so they are rounded up.
BLOCK = 32
SHOWN = "[sealed]"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value belongs: table.field and the id of the row, and with whose key it is sealed there (None: the sealing key)."""

    field: str
    row: str
    owner: Owner | None = column(default=None, compare=False)

    def bound(self, version: bytes, key_id: bytes) -> bytes:
        """What the cipher authenticates beside the text. Lengths first: no two places read alike."""
        parts = (version, key_id, self.field.encode(), self.row.encode())
        return b"".join(len(part).to_bytes(2, "big") + part for part in parts)


class Ciphertext(bytes):
    """The bytes of one sealed value: version, key id, nonce, AES-256-GCM-SIV of the padded text."""

    @property
    def version(self) -> bytes:
        return bytes(self[:1])

    @property
    def key_id(self) -> bytes:
        return bytes(self[1 : 1 + ID_BYTES.get(self.version, 0)])

    @property
    def is_owned(self) -> bool:
        """Whether it is sealed with the key of an owner."""
        return self.version == OWNED

    def __repr__(self) -> str:
        return SHOWN

    __str__ = __repr__


def seal(text: str, place: Place) -> Ciphertext:
    """Seal text for one place with the key of whom it is about. Empty text stays empty: there is nothing to hide."""
    if not text:
        return Ciphertext()
    version, (key_id, cipher) = (OWNED, envelope.of_owner(place.owner)) if place.owner else (VERSION, keys.newest())
    nonce = os.urandom(NONCE_BYTES)
    padded = text.encode() + b"\x80"
    padded += bytes(-len(padded) % BLOCK)
    return Ciphertext(version + key_id + nonce + cipher.encrypt(nonce, padded, place.bound(version, key_id)))


def unseal(sealed: Ciphertext, place: Place) -> str:
    """The text; WrongPlace when it is not exactly what was sealed for this place, Destroyed when its owner was erased."""
    if not sealed:
        return ""
    cipher = _opener(sealed, place)
    start = 1 + len(sealed.key_id)
    try:
        nonce, body = bytes(sealed[start : start + NONCE_BYTES]), bytes(sealed[start + NONCE_BYTES :])
        padded = cipher.decrypt(nonce, body, place.bound(sealed.version, sealed.key_id))
    except (InvalidTag, ValueError):
        raise WrongPlace(f"{place.field}: altered, or moved from another row or field") from None
    return padded.rstrip(b"\x00")[:-1].decode()


def _opener(sealed: Ciphertext, place: Place) -> AESGCMSIV:
    key_id, cipher = sealed.key_id, None
    try:
        if sealed.is_owned and len(key_id) == ID_BYTES[OWNED]:
            cipher = envelope.by_id(key_id)
        elif sealed.version == VERSION:
            cipher = keys.by_id(key_id)
    except Destroyed as fault:
        raise Destroyed(f"{place.field}: {fault}") from None
    except WrongPlace as fault:
        raise WrongPlace(f"{place.field}: {fault}") from None
    if cipher is None:
        raise WrongPlace(f"{place.field}: sealed with a key that is not here")
    return cipher


class Sealed:
    """Text that shows itself only when asked to: `.open()`.

    Printing, formatting, templates, logs and tracebacks show `[sealed]`. It is true when there is text, equals another
    Sealed with the same text, and refuses to be compared with a plain one, pickled or changed.
    """

    __slots__ = ("_cipher", "_place", "_text")

    def __init__(self, text: str = "", *, cipher: Ciphertext | None = None, place: Place | None = None) -> None:
        if not isinstance(text, str):
            raise SealError("only text can be sealed")
        self._text, self._cipher, self._place = text, cipher, place

    def open(self) -> str:
        """The text. Whoever calls this has recorded the read."""
        if self._cipher is None:
            return self._text
        if self._place is None:
            raise SealError("sealed text taken out of its row cannot be opened")
        return unseal(self._cipher, self._place)

    def stored_for(self, place: Place) -> Ciphertext:
        """The form for the database: as it was if it already belongs to the place, else sealed afresh."""
        if self._cipher is not None and self._place == place:
            return self._cipher
        return seal(self.open(), place)

    def __bool__(self) -> bool:
        return bool(self._text if self._cipher is None else self._cipher)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sealed):
            return hmac.compare_digest(self.open().encode(), other.open().encode())
        if other == "":
            return not self
        if isinstance(other, str):
            raise SealError("sealed text is compared by opening it, or by its blind index")
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return SHOWN if self else ""

    def __repr__(self) -> str:
        return SHOWN

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __deepcopy__(self, memo: dict[int, Any]) -> Sealed:
        return self

    def __reduce__(self) -> NoReturn:
        raise SealError("sealed text is never pickled: no cache and no session may hold it")
