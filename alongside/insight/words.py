"""How choices and counts are said."""

from __future__ import annotations

from typing import Any

from alongside.policy.bands import NONE, Band


def value_words(value: Any) -> str:
    """A value of a local choice."""
    if value is None or isinstance(value, bool):
        return {None: "not set", True: "yes", False: "no"}[value]
    return str(value).replace("-", " ")


def cases(band: Band, kind: str) -> str:
    """ "1,875 more cases", "no fewer cases"."""
    return f"no {kind} cases" if band == NONE else f"{band.words} {kind} cases"


def number(value: float) -> str:
    """About so many: whole numbers from ten on, else to the half."""
    whole = round(value) if value >= 10 else round(value * 2) / 2
    return f"{whole:,.0f}" if whole == int(whole) else f"{whole:,.1f}"
