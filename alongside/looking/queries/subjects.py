"""Whose record an event is about: the person or the case behind each row that was shown, by the paths of the gate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.gate.viewing import Gated
from alongside.looking.models import Look
from alongside.looking.words import is_opened
from alongside.people.models import Person

Subject = tuple[str, UUID]
USER = "user:"


def looks_in(events: Iterable[Event]) -> list[Look]:
    """One look for each person or case that an event showed to somebody who signs in."""
    read = [event for event in events if event.kind == Event.Kind.READ and event.actor.startswith(USER)]
    behind = _behind(read)
    return [
        Look(
            event=event.pk,
            chain=event.chain,
            looker=UUID(event.actor.removeprefix(USER)),
            what=event.name,
            subject_kind=kind,
            subject=subject,
            is_opened=is_opened(event.name),
            looked_on=event.happened_on,
        )
        for event in read
        for kind, subject in sorted({one for id_ in _ids(event) for one in behind[event.subject_kind].get(id_, ())})
    ]


def _behind(events: Iterable[Event]) -> dict[str, Mapping[UUID, set[Subject]]]:
    """By kind of record and id, whose record it is: one statement for each kind."""
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for event in events:
        wanted[event.subject_kind].update(_ids(event))
    return {kind: about(kind, ids) for kind, ids in wanted.items()}


def _ids(event: Event) -> list[UUID]:
    found = []
    for word in event.subject_ids.split():
        try:
            found.append(UUID(word))
        except ValueError:  # a kind of record that is counted, or named by a code
            continue
    return found


def about(kind: str, ids: Collection[UUID]) -> Mapping[UUID, set[Subject]]:
    """The people or cases behind records of a kind."""
    path = _path(kind)
    if path is None:
        return {}
    model, subject, field = path
    if field == "pk":
        return {id_: {(subject, id_)} for id_ in ids}
    found: defaultdict[UUID, set[Subject]] = defaultdict(set)
    for id_, subject_id in model._base_manager.filter(pk__in=ids).values_list("pk", field):
        if subject_id is not None:
            found[id_].add((subject, subject_id))
    return found


@cache
def _path(kind: str) -> tuple[type[Model], str, str] | None:
    """The model, what stands behind it, and the field that leads there; None for what is about nobody's record."""
    model = next((one for one in apps.get_models() if one._meta.label_lower == kind), None)
    if model in (Person, Case):
        return model, "person" if model is Person else "case", "pk"
    if model is None or not issubclass(model, Gated):
        return None
    field = next((path for subject, path in model.gate_paths if subject == "case"), None)
    owned_by: tuple[str, ...] = getattr(model, "owned_by", ("",))
    if field is None and owned_by[0] == "case":  # kept with a case by one agency, and opened by doors of its own
        field = owned_by[1]
    if field is None:
        return None
    return (model, "person", "person_id") if field.startswith("person__") else (model, "case", field)
