"""What higher apps add to the pages of procedures."""

from __future__ import annotations

from collections.abc import Callable

from alongside.agencies.models import User

TryOut = Callable[[User, str, str], str]
_TRY_OUT: list[TryOut] = []


def register_try_out(href: TryOut) -> None:
    """Where somebody sees what a local choice would do; `href(user, area, parameter)` is empty where they may not, or it cannot."""
    if href not in _TRY_OUT:
        _TRY_OUT.append(href)


def try_out_href(user: User, area: str, parameter: str) -> str:
    """The first place that offers it, or nothing."""
    return next(filter(None, (href(user, area, parameter) for href in _TRY_OUT)), "")
