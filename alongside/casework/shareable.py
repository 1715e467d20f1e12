"""Referrals as records that may be shared: each person, each text and each fact for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from alongside.cases.models import Case
from alongside.casework.models import Referral
from alongside.casework.pages.referrals import people_rows, record_rows
from alongside.casework.queries import receiving
from alongside.casework.queries.drafts import KEPT_BACK
from alongside.design.moments import when
from alongside.gate.viewing import Viewer
from alongside.people.queries import hidden_from
from alongside.sharing.hooks import Part, Shareable


def find(case: Case, viewer: Viewer) -> Iterable[Shareable]:
    """Every referral of a case the viewer may see, the latest first."""
    for row in receiving.of_case(case, viewer)[0]:
        service = row.get_service_display()
        yield Shareable(
            "casework.referral",
            row.pk,
            f"The referral to {service} of {when(row.sent_at, year=True)}",
            partial(_parts, row),
        )


def _parts(row: Referral) -> Iterator[Part]:
    yield from sent_parts(receiving.people_of(row), record_rows(row), row.facts)


def sent_parts(
    people: Sequence[Mapping[str, Any]], texts: Iterable[Mapping[str, str]], facts: Iterable[Mapping[str, str]]
) -> Iterator[Part]:
    """The people, the texts that were written and the facts of a record that was sent, each with its own key.

    Of somebody shielded since it was sent, what leads to their door is not offered again.
    """
    rows = people_rows(people)
    hidden = hidden_from(None, [UUID(one["id"]) for one in rows if one["id"]])
    for number, one in enumerate(rows):
        is_hidden = bool(one["id"]) and UUID(one["id"]) in hidden
        told = ", ".join(part for part in (one["name"], KEPT_BACK if is_hidden else one["detail"]) if part)
        yield Part(f"person-{number}", one["roles"].capitalize() or "Somebody", told)
        if one["address"] and not is_hidden:
            yield Part(f"address-{number}", f"Address of {one['name']}", one["address"])
    for number, text in enumerate(texts):
        if text["text"]:
            yield Part(f"text-{number}", text["key"], text["text"])
    for number, fact in enumerate(facts):
        yield Part(f"fact-{number}", fact["label"], f"{fact['value']} ({fact['said_by']})")
