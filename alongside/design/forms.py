"""Forms whose fields draw themselves as GOV.UK components.

A form derives from `GovukForm` and uses Django's own fields, or those here for dates, moments and answers. In a template
`{{ form }}` draws every field and `{{ form.name.as_field_group() }}` draws one; `errors(form)` of
`design/macros/forms.html` draws the summary at the top. A field without a label raises when it is drawn.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from alongside.design.dates import Date, Moment, PartialDate
from alongside.design.jinja import MissingArgument

YES_NO = (("yes", "Yes"), ("no", "No"))
NOT_KNOWN = ("not-known", "Not known")
NOT_SAFE = ("not-safe-to-ask", "Not safe to ask")
KEYS = {"yes": "y", "no": "n", "not-known": "k", "refused": "r", "not-asked": "a", "not-safe-to-ask": "s"}


class Renderer(TemplatesSetting):
    """Draws every form of the site, those of libraries too, through our templates."""

    form_template_name = "design/form.html"
    field_template_name = "design/field.html"


class GovukForm(forms.Form):
    """The base of our forms. No `:` after labels, and nothing typed is remembered by the browser."""

    template_name = "design/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = "This is needed."


class AnswerRow(forms.RadioSelect):
    """Radio buttons drawn as one row of choices."""


class Slider(forms.NumberInput):
    """A whole number in a range: a box for it and, where scripts run, a slider beside it. `mark` is the number in force."""

    def __init__(self, *, low: int, high: int, mark: int | None) -> None:
        self.low, self.high, self.mark = low, high, mark
        super().__init__()


class Answer(forms.ChoiceField):
    """Yes, no, not known; with `sensitive` "not safe to ask" stands first, else last. Not answered is an empty string."""

    widget = AnswerRow

    def __init__(self, *, sensitive: bool = False, **kwargs: Any) -> None:
        self.sensitive = sensitive
        three = (*YES_NO, NOT_KNOWN)
        kwargs.setdefault("choices", (NOT_SAFE, *three) if sensitive else (*three, NOT_SAFE))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)


def component(bound: BoundField) -> dict[str, Any]:
    """What `design/field.html` needs to draw a field: the macro's `kind` and its `params`."""
    if not bound.label and not bound.is_hidden:
        raise MissingArgument(f"the field {bound.html_name!r} needs a label")
    widget = bound.field.widget
    if bound.is_hidden:
        return {"kind": "hidden", "params": {"name": bound.html_name, "value": _text(bound), "id": bound.id_for_label}}
    params: dict[str, Any] = {"id": bound.auto_id, "name": bound.html_name}
    if bound.help_text:
        params["hint"] = {"text": bound.help_text}
    if bound.errors:
        params["errorMessage"] = {"text": " ".join(str(error) for error in bound.errors)}
    if isinstance(bound.field, Date | PartialDate | Moment):
        return {"kind": "date", "params": params | _date(bound)}
    if isinstance(widget, AnswerRow):
        return {"kind": "answer", "params": _answer(bound)}
    if isinstance(widget, Slider):
        ends = {"low": widget.low, "high": widget.high, "mark": widget.mark, "value": _text(bound)}
        return {"kind": "slider", "params": params | ends | {"label": bound.label}}
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        kind = "checkboxes" if isinstance(widget, forms.CheckboxSelectMultiple) else "radios"
        return {"kind": kind, "params": params | _group(bound)}
    if isinstance(widget, forms.CheckboxInput):
        return {"kind": "checkboxes", "params": params | _single(bound)}
    if isinstance(widget, forms.Select):
        items = _items(bound)
        return {"kind": "select", "params": params | {"label": {"text": bound.label}, "items": items}}
    return _text_field(bound, params)


def first_id(bound: BoundField) -> str:
    """The id of the first control of a field, where a link of the error summary leads."""
    parts = isinstance(bound.field, Date | PartialDate | Moment) or isinstance(bound.field.widget, AnswerRow)
    return f"{bound.auto_id}_0" if parts else str(bound.auto_id)


def _text_field(bound: BoundField, params: dict[str, Any]) -> dict[str, Any]:
    widget = bound.field.widget
    attributes = {
        str(key): str(value) for key, value in widget.attrs.items() if key in {"maxlength", "min", "max", "step"}
    }
    if isinstance(widget, forms.Textarea):
        extra = {"value": _text(bound), "rows": widget.attrs.get("rows", 4), "spellcheck": False}
        kind = "textarea"
    else:
        kind = "input"
        is_password = isinstance(widget, forms.PasswordInput)
        extra = {"type": getattr(widget, "input_type", "text"), "spellcheck": False}
        if extra["type"] == "file":  # its name would say more than the page should
            extra["classes"] = "al-file"
        elif not is_password:
            extra["value"] = _text(bound)
        if extra["type"] == "number":
            extra |= {"type": "text", "inputmode": "numeric", "classes": "govuk-input--width-4"}
    extra["autocomplete"] = widget.attrs.get("autocomplete", "off")
    if "classes" in widget.attrs:
        extra["classes"] = widget.attrs["classes"]
    return {"kind": kind, "params": params | extra | {"label": {"text": bound.label}, "attributes": attributes}}


def _text(bound: BoundField) -> str:
    value = bound.value()
    return "" if value is None else str(value)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(one) for one in values if one is not None}


def _items(bound: BoundField) -> list[dict[str, Any]]:
    chosen = _chosen(bound)
    choices = [(str(value), text) for value, text in bound.field.choices]  # type: ignore[attr-defined]
    return [
        {"value": value, "text": str(text), "checked": value in chosen, "selected": value in chosen}
        for value, text in choices
    ]


def _group(bound: BoundField) -> dict[str, Any]:
    items = [item for item in _items(bound) if item["value"]]
    hints = getattr(bound.field, "hints", {})
    for item in items:
        if item["value"] in hints:
            item["hint"] = {"text": hints[item["value"]]}
    return {
        "idPrefix": bound.auto_id,
        "items": items,
        "fieldset": {"legend": {"text": bound.label, "classes": "govuk-fieldset__legend--s"}},
    }


def _single(bound: BoundField) -> dict[str, Any]:
    """One box; it needs no heading of its own, so the hint goes with the box."""
    item: dict[str, Any] = {"value": "on", "text": bound.label, "checked": bool(bound.value())}
    if bound.help_text:
        item["hint"] = {"text": bound.help_text}
    return {"idPrefix": bound.auto_id, "items": [item], "hint": None}


def _answer(bound: BoundField) -> dict[str, Any]:
    return {
        "name": bound.html_name,
        "question": bound.label,
        "why": bound.help_text,
        "value": _text(bound),
        "sensitive": bound.field.sensitive,  # type: ignore[attr-defined]
        "error": " ".join(str(error) for error in bound.errors),
        "options": [
            {"value": value, "text": text, "key": KEYS.get(value)}
            for value, text in bound.field.choices  # type: ignore[attr-defined]
        ],
    }


def _date(bound: BoundField) -> dict[str, Any]:
    values = bound.field.widget.decompress(bound.value()) if not isinstance(bound.value(), list) else bound.value()
    wrong = " govuk-input--error" if bound.errors else ""
    items = [
        {
            "id": f"{bound.auto_id}_{place}",
            "name": f"{bound.html_name}_{place}",
            "label": part.label,
            "classes": f"govuk-input--width-{part.width}{wrong}",
            "value": "" if value is None else str(value),
            "inputmode": "text" if part.name == "time" else "numeric",
            "autocomplete": "off",
        }
        for place, (part, value) in enumerate(zip(bound.field.widget.parts, values, strict=True))
    ]
    return {"items": items, "fieldset": {"legend": {"text": bound.label, "classes": "govuk-fieldset__legend--s"}}}
