"""Accounts that the sign-in page offers by one press: none, but in a demonstration, whose app puts them here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Offered:
    """An account anybody may sign in with: the words on its button, and what somebody in that role does."""

    email: str
    password: str
    label: str
    description: str


_offered: list[Offered] = []


def offer(accounts: Sequence[Offered]) -> None:
    """Offer these accounts, and no others."""
    _offered[:] = accounts


def offered() -> list[Offered]:
    """The accounts offered."""
    return list(_offered)
