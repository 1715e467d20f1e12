"""What goes when somebody is erased, worked out from what each model says of itself (`audit.privacy`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Field, JSONField, Model, Q
from django.db.models.fields.related import RelatedField

from alongside.audit.api import WHOLE
from alongside.cases.models import Case
from alongside.intake.models import Report
from alongside.people.models import Person
from alongside.sealed.fields import SealedText
from alongside.sealed.models import Owner
from alongside.sealed.value import Ciphertext

PERSON, CASE = "person", "case"
# What is told of several cases by one notification, and by whom: it goes with the last of them.
OF_NOTIFICATIONS = ("notification", "informant")


def owners_of(person: Person) -> set[Owner]:
    """The person, and every case that nobody else is left in, with all that was written in it about its people together."""
    found = {Owner(PERSON, person.pk)}
    for case in Case.objects.filter(members__person=person).distinct():
        if not Person.objects.filter(memberships__case=case, erased_on__isnull=True).exclude(pk=person.pk).exists():
            found |= of_case(case)
    return found


def of_case(case: Case) -> set[Owner]:
    """A case and the records of it that own themselves: referrals, notifications, copies, assessments, decisions."""
    found = {Owner(CASE, case.pk)}
    for model, (kind, name, *_) in _owned():
        path = _path_to_case(model)
        if kind in (PERSON, CASE, "staff") or path is None:
            continue
        rows = model._base_manager.filter(**{path: case.pk})
        if kind in OF_NOTIFICATIONS:
            living = Q(case__members__person__erased_on__isnull=True) & ~Q(case=case)
            rows = rows.exclude(**{f"{name}__in": Report.objects.filter(living).values("notification_id")})
        found |= {Owner(kind, pk) for pk in rows.values_list(name, flat=True)}
    return found


def blank(owners: Collection[Owner], *, at: datetime) -> int:
    """Empty, or remove, every row of these owners; how many rows. Inside the action that destroys their keys."""
    by_kind: dict[str, list[Any]] = {}
    for owner in owners:
        by_kind.setdefault(owner.kind, []).append(owner.id)
    count = 0
    for model, (kind, *names) in _owned():
        ids = by_kind.get(kind)
        if not ids:
            continue
        of_them = Q()
        for name in names:
            of_them |= Q(**{f"{name}__in": ids})
        count += _empty(model, of_them)
    Person.objects.filter(pk__in=by_kind.get(PERSON, []), erased_on__isnull=True).update(erased_on=at)
    return count


def _empty(model: type[Model], of_them: Q) -> int:
    named = getattr(model, "blanked", ())
    rows = model._base_manager.filter(of_them)
    if named == WHOLE:
        return rows.delete()[0]
    fields = [field for field in model._meta.concrete_fields if isinstance(field, SealedText) or field.name in named]
    return rows.update(**{field.name: empty(field) for field in fields}) if fields else 0


def empty(field: Field[Any, Any]) -> object:
    """How a column says nothing."""
    if isinstance(field, SealedText):
        return Ciphertext()
    if field.null:
        return None
    if field.has_default():
        return field.get_default()
    return [] if isinstance(field, JSONField) else ""


def _owned() -> Iterator[tuple[type[Model], tuple[str, ...]]]:
    """Every model that says whose its rows are: the kind, and the attributes with the id."""
    for model in apps.get_models():
        said = getattr(model, "owned_by", None)
        if said:
            yield model, said


def _path_to_case(model: type[Model]) -> str | None:
    """The way from a row to its case."""
    for subject, path in getattr(model, "gate_paths", ()):
        if subject == CASE:
            return str(path)
    names = {field.name for field in model._meta.concrete_fields if isinstance(field, RelatedField)}
    return "case_id" if CASE in names else None
