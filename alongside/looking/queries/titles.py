"""What unusual looks are about: named only to whom the gate opens it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.looking.models import Raised
from alongside.people.models import Person


def cases_of(many: Collection[Raised], viewer: Viewer) -> dict[UUID, Case]:
    """The cases among them that the viewer may open."""
    ids = {one.subject for one in many if one.subject_kind == "case"}
    return {row.pk: row for row in Case.objects.visible_to(viewer).filter(pk__in=ids)}


def people_of(many: Collection[Raised], viewer: Viewer) -> dict[UUID, Person]:
    """The people among them whom the viewer may see."""
    ids = {one.subject for one in many if one.subject_kind == "person"}
    return {row.pk: row for row in Person.objects.visible_to(viewer).filter(pk__in=ids)}
