"""Writes docs/reference/forms.md: what each form of the pages takes, read from the forms. Run by `make docs`."""

from __future__ import annotations

import os
import pkgutil
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django import forms  # noqa: E402

import alongside  # noqa: E402
from alongside.design import dates  # noqa: E402
from alongside.design.forms import Answer  # noqa: E402

OUT = Path(__file__).resolve().parent / "reference" / "forms.md"
HEAD = """<!-- Generated from the forms by docs/generate_forms.py: change those, then `make docs`. -->

# What each form takes

For whoever checks what is taken. Beside this hold, for every form: at most 2 MB and 2,000 fields; no character 0; what is typed beyond
a field is left unread; what does not fit is said beside its field, nothing is kept, and what was typed stays. Some fields are needed only
where another is answered so. Questions of a checklist, of a case and of a call are made from the packs, and take what
[the notification](notification.md#fields) says. What must fit together stands in [bad input](bad-input.md).

"""
# What a kind of field takes; the first that fits is said.
KINDS: tuple[tuple[type[forms.Field], str], ...] = (
    (dates.PartialDate, "a date, or a part of one; no day that is none, none to come"),
    (dates.Moment, "a date and a time of day in London; asked again where the clocks show it twice or never"),
    (dates.Date, "a date"),
    (Answer, "one of the answers shown"),
    (forms.MultipleChoiceField, "any of those shown"),
    (forms.ChoiceField, "one of those shown"),
    (forms.BooleanField, "ticked or not"),
    (forms.FileField, "a file; see [what is set up for security](security.md#files-that-are-taken)"),
    (forms.EmailField, "an e-mail address"),
    (forms.IntegerField, "a whole number"),
    (forms.TimeField, "a time of day"),
    (forms.JSONField, "what the page itself holds"),
    (forms.UUIDField, "what the page itself holds"),
    (forms.CharField, "text"),
)


def text() -> str:
    """The page as it should be."""
    return HEAD + "\n".join(line for form in _forms() for line in _form(form)) + "\n"


def _forms() -> list[Any]:
    for module in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if "forms" in module.name.split("."):
            import_module(module.name)
    found = {one for one in _below(forms.Form) if one.__module__.startswith("alongside.") and one.base_fields}
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


def _below(form: Any) -> Iterator[Any]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _form(form: Any) -> Iterator[str]:
    said = (form.__doc__ or "").strip().split("\n")[0]
    yield f"## {form.__module__.removeprefix('alongside.')}: {form.__name__}\n"
    if said:
        yield f"{said}\n"
    yield "| field | what it takes | needed |"
    yield "| --- | --- | --- |"
    for name, field in form.base_fields.items():
        label = str(field.label or name).replace("|", "/")
        yield f"| {label} | {_takes(field)} | {'yes' if field.required else 'no'} |"
    yield ""


def _takes(field: forms.Field) -> str:
    kind = next((words for type_, words in KINDS if isinstance(field, type_)), "as its page says")
    bounds = [
        f"{words} {value}"
        for words, value in (
            ("at most", getattr(field, "max_length", None)),
            ("from", getattr(field, "min_value", None)),
            ("to", getattr(field, "max_value", None)),
        )
        if value is not None
    ]
    return ", ".join([kind, *bounds])


def main() -> int:
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
