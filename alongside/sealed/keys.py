"""The keys of sealed fields, from settings: the first seals, all open."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
ID_BYTES = 4


def given() -> tuple[bytes, ...]:
    """ALONGSIDE_SEALING_KEY, then ALONGSIDE_SEALING_KEYS_BEFORE: 32 bytes each, newest first."""
    keys = (settings.ALONGSIDE_SEALING_KEY, *settings.ALONGSIDE_SEALING_KEYS_BEFORE)
    if any(not isinstance(key, bytes) or len(key) != KEY_BYTES for key in keys):
        raise ImproperlyConfigured("every sealing key must be 32 bytes")
    return keys


@lru_cache(maxsize=64)
def derived(key: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose, so that no key is ever used for two."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=f"alongside {purpose}".encode()).derive(key)


@lru_cache(maxsize=16)
def key_id(key: bytes) -> bytes:
    """Four bytes that name a key without telling anything about it."""
    return hashlib.sha256(derived(key, "key id")).digest()[:ID_BYTES]


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCMSIV:
    return AESGCMSIV(derived(key, "sealed fields"))


def newest() -> tuple[bytes, AESGCMSIV]:
    """The id and the cipher that seal now."""
    key = given()[0]
    return key_id(key), _cipher(key)


def by_id(wanted: bytes) -> AESGCMSIV | None:
    """The cipher whose key has this id, or None when the key is not here."""
    return next((_cipher(key) for key in given() if key_id(key) == wanted), None)
