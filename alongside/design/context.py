"""What the layout needs on every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch

from alongside.design import idle
from alongside.design.addresses import address
from alongside.design.navigation import BANNERS, BEHIND, NAVIGATION, OWN
from alongside.design.signin import offered


def page(request: HttpRequest) -> dict[str, Any]:
    """The navigation this person may use, the instant of the page, and who is signed in: worked out once for all its blocks."""
    if not hasattr(request, "layout"):
        request.layout = _layout(request)  # type: ignore[attr-defined]
    return dict(request.layout)  # type: ignore[attr-defined]


def _layout(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "now": getattr(request, "at", None),
        "user": user,
        "navigation": _navigation(request, user) if signed_in else [],
        "own_pages": OWN if signed_in else [],
        "said_everywhere": _standing(request, user) if signed_in else [],
        "behind": _behind(request) if signed_in else None,
        "idle_lock": idle.lock(user) if signed_in else None,
        "demo": settings.ALONGSIDE_DEMO,
        "accounts": offered() if settings.ALONGSIDE_DEMO and not signed_in else [],
    }


def _standing(request: HttpRequest, user: Any) -> list[tuple[str, list[Any]]]:
    """What is said on every page of this person: the template of each banner that has something to say, and what it is told."""
    at = getattr(request, "at", None)
    return [(template, told) for template, tell in BANNERS if at is not None and (told := tell(user, at))]


def _behind(request: HttpRequest) -> Any:
    """What stands behind this page; nothing where no address was found."""
    route = request.resolver_match.view_name if request.resolver_match else ""
    return next((found for link in BEHIND if route and (found := link(route))), None)


def _navigation(request: HttpRequest, user: Any) -> list[dict[str, Any]]:
    items = []
    for item in NAVIGATION:
        if item.permission and not user.may(item.permission):
            continue
        try:
            href = address(item.url_name)
        except NoReverseMatch:
            continue
        here = request.path == href or (href != "/" and request.path.startswith(href))
        items.append({"text": item.text, "href": href, "active": here})
    return items
