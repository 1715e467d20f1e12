"""Every trace of a case that somebody could find: rows through the gate, look-ups, an emergency, and the pages as they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.test import Client

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.gate.viewing import Gated, NotVisible, Viewer
from alongside.people.models import Person
from alongside.people.queries import candidates_for, said_of
from alongside.sharing.emergency.queries import closed_case
from tests.apps.reading import page
from tests.apps.sharing.overlaps import Family

Rows = Mapping[type[Gated], frozenset[Any]]


def gated() -> list[type[Gated]]:
    return [model for model in apps.get_models() if issubclass(model, Gated)]


def rows_of_case(somebody: User, at: datetime) -> Rows:
    """What somebody who sees the case sees of it, by model: this is what must not be seen."""
    viewer = Viewer(somebody, at)
    found = {model: frozenset(model.objects.visible_to(viewer).values_list("pk", flat=True)) for model in gated()}
    return {model: ids for model, ids in found.items() if ids}


def of(case: Case, people: Mapping[str, Person], rows: Rows, user: User, at: datetime) -> list[str]:
    """What somebody finds of a case, in words; nothing for whoever is kept apart."""
    viewer = Viewer(user, at)
    found = [
        f"{model._meta.label}: {count}"
        for model, ids in rows.items()
        if (count := model.objects.visible_to(viewer).filter(pk__in=ids).count())
    ]
    said = said_of([one.pk for one in people.values()])
    looked = candidates_for({uuid4(): told for told, _ in said.values()}, viewer, limit=10)
    theirs = {one.pk for one in people.values()}
    found += [f"a look-up finds {one.person}" for shown in looked.values() for one in shown if one.person in theirs]
    with suppress(NotVisible):
        found.append(f"{closed_case(viewer, case.reference)} opens in an emergency")
    return found


def differing(client: Client, case: Case, people: Mapping[str, Person], held: Family) -> list[str]:
    """Addresses that answer otherwise, in status or in a single byte, for what is hidden than for what is not there."""
    pairs = list(_addresses(case.reference, [one.pk for one in people.values()]))
    absent = list(_addresses("AL-9999-99", [uuid4() for _ in people]))
    wrong = []
    for hidden, nothing in zip(pairs, absent, strict=True):
        if opened(client, hidden) != opened(client, nothing):
            wrong.append(hidden)
    nobody = searched(client, typed("Nobody", "Atall", "1931-02-03"))
    for said in held.people.values():
        if searched(client, typed(said.given_name, said.family_name, said.date_of_birth)) != nobody:
            wrong.append("/search/")
    return wrong


def opened(client: Client, address: str) -> tuple[int, str]:
    """Status and body of a page, without the token of its forms."""
    answer = client.get(address)
    return answer.status_code, page(answer)


def _addresses(reference: str, ids: list[UUID]) -> list[str]:
    tabs = ("now", "family", "timeline", "risk", "sharing", "documents")
    found = [f"/cases/{reference}/", *(f"/cases/{reference}/see/{tab}/" for tab in tabs)]
    found += [f"/cases/{reference}/{page}/" for page in ("contact", "area", "share", "said", "known-to-me", "dispute")]
    return found + [f"/people/{one}/" for one in ids] + [f"/people/{one}/who/" for one in ids]


def typed(given: str, family: str, born: str) -> dict[str, str]:
    """A look-up as its form sends it."""
    year, month, day = born.split("-")
    parts = {"date_of_birth_0": day, "date_of_birth_1": month, "date_of_birth_2": year}
    return {"given_name": given, "family_name": family, "purpose": "safeguarding", **parts}


def searched(client: Client, sought: Mapping[str, str]) -> tuple[int, str]:
    """The answer to a look-up without what was typed, which stands in its form again."""
    answer = client.post("/search/", sought)
    body = page(answer)
    for name, value in sought.items():
        body = body.replace(f'name="{name}" value="{value}"', "").replace(f'value="{value}"', 'value=""')
    return answer.status_code, body
