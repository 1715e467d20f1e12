"""The keys of owners, wrapped and unwrapped, and what a unit of work remembers of them.

The key-encryption key is the sealing key of the settings; each owner's data key stands wrapped in `DataKey`. Within a unit of work
all keys that its values name are fetched together at the first opening, and new ones are written once, at its end. Outside of one
nothing is remembered: a key that was destroyed is gone at once.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from alongside.sealed import keys
from alongside.sealed.errors import Destroyed, WrongPlace
from alongside.sealed.models import DataKey, Owner

WRAPPING = b"\x01"
NONCE_BYTES = 12
AT_ONCE = 500  # keys fetched by one statement


@dataclass(slots=True)
class _Held:
    """What a unit of work knows of keys."""

    found: dict[bytes, DataKey | None] = field(default_factory=dict)
    wanted: dict[bytes, None] = field(default_factory=dict)  # named by a value that was read, in that order
    owned: dict[Owner, DataKey | None] = field(default_factory=dict)  # None: looked, or known to be new; has none
    made: list[DataKey] = field(default_factory=list)

    def keep(self, row: DataKey) -> None:
        self.found[row.pk.bytes] = row
        held = self.owned.get(row.owner)
        if held is None or not row.wrapped_with:  # a destroyed key stands before all others
            self.owned[row.owner] = row


_held: ContextVar[_Held | None] = ContextVar("alongside.sealed.held", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """For the length of a unit of work; the keys made in it are written at its end, whatever part of it was undone."""
    held = _Held()
    token = _held.set(held)
    try:
        yield
        if held.made:
            DataKey.keep(held.made)
    finally:
        _held.reset(token)


@contextmanager
def together() -> Iterator[None]:
    """For a read of many that may stand outside a unit of work: their keys are fetched together all the same, and forgotten after."""
    if _held.get() is not None:
        yield
        return
    with remembered():
        yield


def named(key: bytes) -> None:
    """A value was read that needs this key: should it be opened, the key is fetched together with the others."""
    held = _held.get()
    if held is not None:
        held.wanted[key] = None


def is_new(owner: Owner) -> None:
    """The owner's own row is being added: no key of it can be there, so none is looked for."""
    held = _held.get()
    if held is not None:
        held.owned.setdefault(owner, None)


def look_up(owners: Collection[Owner]) -> None:
    """Fetch the keys of many owners with one statement, before sealing for each of them."""
    held = _held.get()
    fresh = {owner for owner in owners if held is not None and owner not in held.owned}
    if held is None or not fresh:
        return
    for row in DataKey.of(fresh):
        held.keep(row)
    for owner in fresh:
        held.owned.setdefault(owner, None)


def of_owner(owner: Owner) -> tuple[bytes, AESGCMSIV]:
    """Id and cipher that seal for an owner now; made where there is none yet. Destroyed when the owner was erased."""
    held = _held.get()
    if held is None:
        with together():
            return of_owner(owner)
    look_up([owner])
    row = held.owned[owner]
    if row is None:
        row = wrapped(os.urandom(keys.KEY_BYTES), DataKey(owner_kind=owner.kind, owner_id=owner.id))
        held.made.append(row)
        held.keep(row)
    return row.pk.bytes, _cipher(unwrapped(row))


def by_id(key: bytes) -> AESGCMSIV | None:
    """The cipher of one key, None when there is no such key; Destroyed when there was."""
    held = _held.get()
    if held is None:
        with together():
            return by_id(key)
    if key not in held.found:
        _fetch(key, held)
    row = held.found[key]
    return None if row is None else _cipher(unwrapped(row))


def _fetch(key: bytes, held: _Held) -> None:
    """This key, and with it those that other values read so far will need."""
    others = [one for one in held.wanted if one not in held.found and one != key]
    ids = [key, *others[: AT_ONCE - 1]]
    for row in DataKey.with_ids([uuid.UUID(bytes=one) for one in ids]):
        held.keep(row)
    for one in ids:
        held.found.setdefault(one, None)
        held.wanted.pop(one, None)


def forgotten() -> None:
    """What a unit of work knows of keys is out of date: some were destroyed. Those it made and has not written stay."""
    held = _held.get()
    if held is not None:
        held.found.clear()
        held.owned.clear()
        for row in held.made:
            held.keep(row)


def wrapped(data: bytes, row: DataKey) -> DataKey:
    """The row with `data` wrapped by the newest key, for this row and this owner alone."""
    key = keys.given()[0]
    key_id, nonce = keys.key_id(key), os.urandom(NONCE_BYTES)
    body = _wrapping(key).encrypt(nonce, data, _bound(row, key_id))
    row.wrapped, row.wrapped_with = WRAPPING + key_id + nonce + body, key_id.hex()
    return row


def unwrapped(row: DataKey) -> bytes:
    """The 32 bytes of a data key; Destroyed, or WrongPlace where it was altered, moved, or wrapped with a key that is not here."""
    if not row.wrapped_with:
        raise Destroyed("its key was destroyed: whom it is about was erased")
    whole = bytes(row.wrapped)
    start = 1 + keys.ID_BYTES
    key_id, nonce, body = whole[1:start], whole[start : start + NONCE_BYTES], whole[start + NONCE_BYTES :]
    key = next((one for one in keys.given() if keys.key_id(one) == key_id), None)
    if whole[:1] != WRAPPING or key is None:
        raise WrongPlace("the key of whom it is about is wrapped with a key that is not here")
    try:
        return _wrapping(key).decrypt(nonce, body, _bound(row, key_id))
    except (InvalidTag, ValueError):
        raise WrongPlace("the key of whom it is about was altered, or is another's") from None


def _bound(row: DataKey, key_id: bytes) -> bytes:
    """What the wrapping authenticates beside the key: every part of a set length, or the last."""
    return WRAPPING + key_id + row.pk.bytes + row.owner_id.bytes + row.owner_kind.encode()


@lru_cache(maxsize=16)
def _wrapping(key: bytes) -> AESGCMSIV:
    return AESGCMSIV(keys.derived(key, "data keys"))


def _cipher(data: bytes) -> AESGCMSIV:
    return AESGCMSIV(data)
