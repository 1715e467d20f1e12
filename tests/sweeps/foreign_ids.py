"""Forms as they stand on pages, each of their ids exchanged for one of somebody else's: what a tampered form sends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, UUIDField

from alongside.cases.models import Case
from alongside.gate.viewing import Gated, Viewer

WORDS = "Something that fits into a sentence."


@dataclass
class Form:
    """One form of a page: where it goes, what stands in each field, and what each offers."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def typed(self) -> dict[str, str]:
        """As somebody would send it who fills in whatever is empty with the first that is offered, or with words."""
        return {
            name: value or next((one for one in self.offered.get(name, ()) if one), WORDS)
            for name, value in self.values.items()
        }

    def ids(self) -> Iterator[tuple[str, str]]:
        """Fields that hold or offer an id, or a reference, with one of them."""
        for name in self.values:
            for value in (self.values[name], *self.offered.get(name, ())):
                if _is_id(value):
                    yield name, value
                    break


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return len(value) == 10 and value.startswith("AL-")
    return True


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""
        self._is_open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_open = said.get("method", "").lower() == "post"
            if self._is_open:
                self.forms.append(Form(said.get("action", "")))
        if not self._is_open:
            return
        form, name, value = self.forms[-1], said.get("name", ""), said.get("value", "")
        if tag == "input" and name and name != "csrfmiddlewaretoken":
            if said.get("type") in ("radio", "checkbox"):
                form.offered.setdefault(name, []).append(value)
                form.values.setdefault(name, "")
                value = value if "checked" in said else form.values[name]
            form.values[name] = value
        elif tag == "textarea" and name:
            form.values[name] = ""
        elif tag == "select" and name:
            self._select = name
            form.values[name] = ""
        elif tag == "option" and self._select:
            form.offered.setdefault(self._select, []).append(value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form":
            self._is_open = False


def forms(body: str) -> list[Form]:
    """The forms of a page that change something."""
    reader = _Forms()
    reader.feed(body)
    return reader.forms


class Others:
    """For any id that stands in a form, one of the same kind that is not whoever's asks: hidden by the gate, or not offered."""

    def __init__(self) -> None:
        self._kinds: dict[str, type[Model]] = {}
        for model in _own():
            if isinstance(model._meta.pk, UUIDField):
                self._kinds |= {str(pk): model for pk in model._default_manager.values_list("pk", flat=True)}

    def kind(self, value: str) -> type[Model] | None:
        return Case if value.startswith("AL-") else self._kinds.get(value)

    def another(self, value: str, form: Form, viewer: Viewer) -> Model | None:
        """A row of the kind of `value` that this person may not see; of what stands behind no gate, one that is not offered."""
        model = self.kind(value)
        if model is None:
            return None
        rows = model._default_manager.order_by("pk")
        if issubclass(model, Gated):
            return rows.exclude(pk__in=model.objects.visible_to(viewer).values("pk")).first()
        given = {one for many in form.offered.values() for one in many if _is_uuid(one)} | {value}
        return rows.exclude(pk__in=given).first()


def _is_uuid(value: str) -> bool:
    return _is_id(value) and not value.startswith("AL-")


def _own() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


def mentions(row: Model) -> Mapping[str, int]:
    """How many rows point at a row, by foreign key or by an id without one; reads and refusals of the audit apart."""
    found: dict[str, int] = {}
    for model in _own():
        if model._meta.app_label in ("audit", "looking"):
            continue
        for column in model._meta.get_fields():
            if _may_hold(column, row):
                count = model._default_manager.filter(**{column.attname: row.pk}).count()  # type: ignore[union-attr]
                found[f"{model._meta.label}.{column.name}"] = count
    return found


def _may_hold(column: Any, row: Model) -> bool:
    if isinstance(column, ForeignKey):
        return isinstance(row, column.related_model)
    return isinstance(column, Field) and isinstance(column, UUIDField) and not column.primary_key
