"""Every address of the product that can be built about a case, for tests of who sees what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from tests.apps.partnership import Partnership

WORDS = (
    "childrens-social-care",
    "adult-social-care",
    "now",
    "family",
    "sharing",
    "timeline",
    "risk",
    "plans",
    "documents",
    "coventry",
)


def names(patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[tuple[str, int]]:
    """Name and number of arguments of every route that has a name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name:
            yield space + one.name, one.pattern.regex.groups


def ids(case: Case) -> list[object]:
    """The reference, and the id of every gated row there is."""
    found: list[object] = [case.reference]
    for model in apps.get_models():
        if issubclass(model, Gated):
            found += list(model._default_manager.values_list("pk", flat=True))
    return found


def urls_about(case: Case, there: Partnership) -> list[str]:
    """Addresses with up to two arguments, each filled with every id and word that fits."""
    found: set[str] = set()
    held = ids(case)
    for name, count in names():
        if name.startswith(("account_", "mfa_")) or count > 2:
            continue
        for first in held if count else [None]:
            for second in WORDS if count == 2 else [None]:
                given = [one for one in (first, second) if one is not None]
                try:
                    found.add(reverse(name, args=given))
                except NoReverseMatch:
                    continue
    assert len(found) > 50, "the sweep has lost the addresses"
    return sorted(found)
