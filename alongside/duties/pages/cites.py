"""Rules as citations: gist, place, and the sentence itself where the partnership has added its copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.policy import Rule
from alongside.procedures import editions
from alongside.procedures import queries as procedures

Cites = dict[str, dict[str, Any]]


def cites_of(ids: Iterable[str], case: Case | None = None, at: datetime | None = None) -> Cites:
    """Citations by rule id, all sentences looked up in one statement; a rule dropped since is left out.

    With a case and a moment, the local choices that hold there are said beside the gist.
    """
    known = rules_for([case], at)[case.pk] if case and at else procedures.rules()
    held = {id_: known[id_] for id_ in ids if id_ in known}
    told = editions.told(held.values())
    return {id_: cite(rule, told[id_]) for id_, rule in held.items()}


def cite(rule: Rule, told: editions.Told) -> dict[str, Any]:
    """What the macro `citation` is given."""
    return {
        "rule": rule.id,
        "document": rule.cite.document,
        "section": rule.cite.section,
        "line": rule.cite.line,
        "says": rule.cite.says,
        "gist": rule.gist,
        "quote": told.quote,
        "notice": told.notice,
        "local": rule.local,
    }


def rules_for(cases: Iterable[Case], at: datetime) -> dict[UUID, dict[str, Rule]]:
    """By case, the rules as they stand there."""
    places = {case.pk: case.places for case in cases}
    books = procedures.rules_in(places.values(), in_london(at).date())
    return {pk: books[one] for pk, one in places.items()}


def heaviest_first(ids: Iterable[str]) -> list[str]:
    """Rules by what is at stake."""
    known = procedures.rules()
    return sorted({id_ for id_ in ids if id_ in known}, key=lambda id_: (-known[id_].severity, id_))


def missing_copies(cites: Cites) -> list[str]:
    """Documents whose sentences are not shown here, since the partnership has added no copy of them."""
    return procedures.without_copy(
        {one["document"] for one in cites.values() if not (one["quote"] or one["notice"] or one["says"])}
    )
