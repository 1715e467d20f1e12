"""The header's places, and what stands behind a page. An app adds its own in `ready()`; a place whose page is not there is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """`permission` is a code of `agencies.roles.PERMISSIONS`, or None for everybody signed in; lowest position first."""

    text: str
    url_name: str
    position: int
    permission: str | None = None


NAVIGATION: list[Place] = []


def add(text: str, url_name: str, *, position: int, permission: str | None = None) -> None:
    """Put a place into the header; the same one again changes nothing."""
    place = Place(text, url_name, position, permission)
    if place not in NAVIGATION:
        NAVIGATION.append(place)
        NAVIGATION.sort(key=lambda known: known.position)


OWN: list[tuple[str, str]] = []


def add_own(text: str, url_name: str) -> None:
    """Put a page about whoever is signed in into their own menu; the same one again changes nothing."""
    if (text, url_name) not in OWN:
        OWN.append((text, url_name))


BANNERS: list[tuple[str, Callable[[Any, Any], list[Any]]]] = []


def add_banner(template: str, tell: Callable[[Any, Any], list[Any]]) -> None:
    """Say something on every page of whoever it concerns: a template that is given `banners`, and what tells them by user and instant."""
    if (template, tell) not in BANNERS:
        BANNERS.append((template, tell))


BEHIND: list[Callable[[str], Any]] = []


def add_behind(link: Callable[[str], Any]) -> None:
    """Register who knows what stands behind a page: {count, href} by the name of its address, or None."""
    if link not in BEHIND:
        BEHIND.append(link)
