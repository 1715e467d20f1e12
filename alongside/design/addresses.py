"""Addresses by their names, for templates and the header."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import get_script_prefix, reverse

MOST_KEPT = 4096


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """Where a page stands; raises `NoReverseMatch` for a name that is none.

    The same for everybody and at all times, and Today alone needs 150: so those asked for last are kept. That an address is known says
    nothing of who may open it.
    """
    if kwargs:
        return reverse(name, args=args or None, kwargs=kwargs)
    return _placed(settings.ROOT_URLCONF, get_script_prefix(), name, *args)


@lru_cache(maxsize=MOST_KEPT, typed=True)
def _placed(urls: str, prefix: str, name: str, *args: Any) -> str:
    return reverse(name, urlconf=urls, args=args or None)
