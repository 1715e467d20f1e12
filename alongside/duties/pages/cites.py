"""Rules as citations: gist, place, and the sentence itself where the partnership has added its copy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alongside.policy import Rule
from alongside.procedures import queries as procedures

Cites = dict[str, dict[str, Any]]


def cites_of(ids: Iterable[str]) -> Cites:
    """Citations by rule id, all sentences looked up in one statement; a rule dropped since is left out."""
    known = procedures.rules()
    held = {id_: known[id_] for id_ in ids if id_ in known}
    sentences = procedures.quotes(rule.cite for rule in held.values())
    return {id_: cite(rule, sentences[rule.cite]) for id_, rule in held.items()}


def cite(rule: Rule, quote: str | None) -> dict[str, Any]:
    """What the macro `citation` is given."""
    return {
        "rule": rule.id,
        "document": rule.cite.document,
        "section": rule.cite.section,
        "line": rule.cite.line,
        "gist": rule.gist,
        "quote": quote,
    }


def heaviest_first(ids: Iterable[str]) -> list[str]:
    """Rules by what is at stake."""
    known = procedures.rules()
    return sorted({id_ for id_ in ids if id_ in known}, key=lambda id_: (-known[id_].severity, id_))


def missing_copies(cites: Cites) -> list[str]:
    """Documents of which the partnership has added no copy with these sentences."""
    return sorted({one["document"] for one in cites.values() if one["quote"] is None})
