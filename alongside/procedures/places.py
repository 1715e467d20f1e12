"""A place that honours a sentence, in words and with the address to look at it.

A later app says the words of what it holds (`say`). Words of None mean that there is no such place; a sweep finds those.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

from django.apps import apps
from django.urls import URLResolver, get_resolver, reverse

from alongside.agencies.codes import TEAM_ROLES
from alongside.agencies.roles import ROLES
from alongside.design.jinja import document
from alongside.procedures import queries
from alongside.procedures.words import EVIDENCE, REACHES

Words = Callable[[str], str | None]
_SAID: dict[str, Words] = {}


def say(kind: str, words: Words) -> None:
    """Register who knows the words of a kind of place."""
    _SAID[kind] = words


def words(place: str) -> str | None:
    """“The question “Is the victim pregnant?””; None when there is no such place."""
    kind, _, name = place.partition(":")
    return (_OWN | _SAID)[kind](name)


def href(place: str) -> str:
    """Where to look: the rule, the choices, the documents, or all that the place honours."""
    kind, _, name = place.partition(":")
    if kind == "rule":
        return reverse("procedures:rule", args=[name])
    if kind == "parameter":
        return reverse("procedures:choices", args=[queries.library().areas[0]])
    return all_of(place)


def all_of(place: str) -> str:
    """The page with every sentence that a place honours."""
    return f"{reverse('procedures:coverage')}?place={quote(place, safe='')}"


def _rule(name: str) -> str | None:
    rule = queries.rules().get(name)
    return f"{REACHES[rule.reaches_as]} (rule {name})" if rule else None


def _fact(name: str) -> str | None:
    fact = queries.library().vocabulary.get(name)
    if fact is None:
        return None
    return f"The question “{fact.question}”" if fact.question else f"What is known: {fact.meaning}"


def _parameter(name: str) -> str | None:
    parameter = queries.library().declared.get(name)
    return f"The local choice “{parameter.question or name}”" if parameter else None


def _act(name: str) -> str | None:
    act = queries.library().acts.get(name)
    return f"The act “{act.label}”" if act else None


def _role(name: str) -> str | None:
    return f"The role: {ROLES[name].label}" if name in ROLES else None


def _team(name: str) -> str | None:
    return f"A team that {TEAM_ROLES[name]}" if name in TEAM_ROLES else None


def _page(name: str) -> str | None:
    app, _, page = name.rpartition(":")
    for resolver in get_resolver().url_patterns:
        if isinstance(resolver, URLResolver) and (resolver.app_name or "") == app:
            for pattern in resolver.url_patterns:
                if getattr(pattern, "name", None) == page:
                    return f"A page: {_what_it_is(pattern.callback)}"
    return None


def _what_it_is(view: object) -> str:
    """What a view says of itself, up to the first mark: the rest is for those who read its code."""
    return re.split(r"[.:;](?:\s|\Z)", " ".join((view.__doc__ or "").split()))[0]


def _record(name: str) -> str | None:
    try:
        said = str(apps.get_model(name)._meta.verbose_name)  # Django's own name for it is all in small letters
        return f"The record: {said.replace('marac', 'MARAC')}"
    except (LookupError, ValueError):
        return None


def _evidence(name: str) -> str | None:
    return f"What closes a duty: {EVIDENCE[name]}" if name in EVIDENCE else None


def _document(name: str) -> str | None:
    return f"The documentation, {name}" if name.startswith("docs/") else f"The document itself: {document(name)}"


_OWN: dict[str, Words] = {
    "rule": _rule,
    "fact": _fact,
    "parameter": _parameter,
    "act": _act,
    "role": _role,
    "team": _team,
    "page": _page,
    "record": _record,
    "evidence": _evidence,
    "setting": lambda name: f"The setting {name}",
    "document": _document,
}
