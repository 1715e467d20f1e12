"""The packs of the checkout, read once in a worker: they do not change while tests run."""

from __future__ import annotations

from functools import cache

from alongside.cli._packs import packs_root
from alongside.policy import Library, load_library


@cache
def shipped_packs() -> Library:
    """The library that every command and page would load."""
    return load_library(packs_root())
