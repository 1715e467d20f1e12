"""Reads for letters: whose letter it is, and every place that must not stand in one for the other side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from alongside.cases.models import Case, CaseMember
from alongside.cases.queries import members_of
from alongside.gate.viewing import NotVisible, Viewer
from alongside.people.models import Address

NAMES = re.compile(r"[A-Z][\w’'-]{2,}")


def parts_of(case: Case, person: UUID, viewer: Viewer) -> list[CaseMember]:
    """The parts of one person in a case; NotVisible for anybody else."""
    found = [one for one in members_of([case.pk], viewer).get(case.pk, []) if one.person_id == person]
    if not found:
        raise NotVisible
    return found


def doors_of(case: Case, person: UUID, viewer: Viewer) -> tuple[list[str], Sequence[Address]]:
    """Addresses, first names, schools and whereabouts of everybody else in a case, opened, and the addresses that were: whoever calls has recorded it.

    Only what the viewer may see: to refuse a place for what another agency knows would tell that it knows it.
    """
    others = [one for one in members_of([case.pk], viewer).get(case.pk, []) if one.person_id != person]
    rows = list(Address.objects.visible_to(viewer).filter(person__in=[one.person_id for one in others]).order_by("pk"))
    return [*_of_addresses(rows), *_of_parts(others)], rows


def _of_addresses(rows: Iterable[Address]) -> Iterable[str]:
    return (f"{row.lines.open()} {row.postcode.open()}" for row in rows)


def _of_parts(parts: Iterable[CaseMember]) -> Iterable[str]:
    """First names and schools whole; of whereabouts, which are told in a sentence, each name of a place or a person."""
    for part in parts:
        if part.person.given_name:
            yield part.person.given_name
        if part.school_name:
            yield part.school_name
        yield from NAMES.findall(part.whereabouts.open()) if part.whereabouts else ()
