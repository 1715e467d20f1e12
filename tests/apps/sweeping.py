"""Every address of the product that can be built about a case, for tests of who sees what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from uuid import UUID

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import SlugConverter, UUIDConverter

from alongside.cases.models import Case
from alongside.gate.viewing import Gated

SLUGS = ("childrens-social-care", "adult-social-care", "now", "family", "sharing", "timeline", "risk", "coventry")


def routes(
    patterns: Iterable[URLPattern | URLResolver] | None = None, space: str = ""
) -> Iterator[tuple[str, list[object]]]:
    """Name of every route that has one, with the converters of its arguments in their order."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        elif one.name and not one.name.startswith(("account_", "mfa_")):
            yield space + one.name, list(one.pattern.converters.values())


def ids() -> list[UUID]:
    """The ids of a few rows of every gated model."""
    found: list[UUID] = []
    for model in apps.get_models():
        if issubclass(model, Gated):
            found += [pk for pk in model._default_manager.values_list("pk", flat=True)[:3] if isinstance(pk, UUID)]
    assert len(found) > 10, "the sweep has lost the rows"
    return found


def urls_about(case: Case) -> list[str]:
    """Every address, its arguments filled with the case's reference, with the ids of rows there are, and with words."""
    held, found = ids(), set()
    for name, converters in routes():
        choices: list[list[object]] = []
        for converter in converters:
            if isinstance(converter, UUIDConverter):
                choices.append(list(held))
            elif isinstance(converter, SlugConverter):
                choices.append(list(SLUGS))
            else:
                choices.append([case.reference])
        found |= {reverse(name, args=given) for given in product(*choices)} if len(choices) < 3 else set()
    assert len(found) > 200, "the sweep has lost the addresses"
    return sorted(found)
