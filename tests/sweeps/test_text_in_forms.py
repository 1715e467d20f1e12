"""Every text field of every form gives back what was typed as a text, whatever it would be to something that takes it for markup."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django import forms
from django.forms.utils import ErrorDict, ErrorList

from alongside.design.forms import GovukForm
from tests.journeys.scripts_as_text import CORPUS, EVERYTHING
from tests.sweeps.source import sources

# What a form of ours is drawn with; anything else on the page came out of a text.
OURS = {
    "input", "textarea", "select", "option", "label", "div", "p", "span", "h1", "h2", "h3", "fieldset", "legend", "strong", "ul", "li", "a",
    "button", "details", "summary", "br", "em", "code",
}  # fmt: skip


class Drawn(HTMLParser):
    """The elements of a piece of a page, and every text that stands in a value or between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong += [tag] if tag not in OURS else []
        for name, value in attrs:
            self.wrong += (
                [f"{tag} {name}"] if name.startswith("on") or (name == "href" and "script:" in (value or "")) else []
            )
            self.wrong += [f"{tag} {name}"] if name in {"autofocus", "formaction", "srcdoc", "style"} else []
            self.texts.append(value or "")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def every_form() -> list[type[GovukForm]]:
    for source in sources():
        if "forms" in source.name.removesuffix(".py").split("/")[1:]:
            importlib.import_module(
                "alongside." + source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
            )
    found = [cls for cls in _below(GovukForm) if cls.__module__.startswith("alongside.")]
    assert len(found) > 30, "the sweep has lost the forms"
    return found


def _below(cls: type[GovukForm]) -> Iterator[type[GovukForm]]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def texts_of(cls: type[GovukForm]) -> Iterator[tuple[tuple[type, type], str]]:
    """The fields somebody writes into, as the class declares them, each with its kind."""
    for name, field in cls.base_fields.items():  # type: ignore[attr-defined]
        if isinstance(field, forms.CharField | forms.IntegerField) and field.label and not field.widget.is_hidden:
            yield (type(field), type(field.widget)), name


def drawn(cls: type[GovukForm], name: str) -> Drawn:
    """A field as it comes back with a fault, and with what was typed in the words of that too."""
    form = cls.__new__(cls)
    GovukForm.__init__(form, {name: EVERYTHING})
    form._errors = ErrorDict({name: ErrorList([EVERYTHING])})
    reader = Drawn()
    reader.feed(str(form[name].as_field_group()))
    reader.close()
    return reader


def test_every_kind_of_text_field_gives_back_a_text() -> None:
    """One of each kind: all are drawn by one template, from the kind of the field and of its widget."""
    kinds = {kind: (cls, name) for cls in every_form() for kind, name in texts_of(cls)}
    assert len(kinds) > 3, "the sweep has lost the fields"
    for kind, (cls, name) in kinds.items():
        found = drawn(cls, name)
        assert found.wrong == [], kind
        assert EVERYTHING in " ".join(found.texts), kind


@pytest.mark.parametrize("text", [CORPUS[2], CORPUS[10], CORPUS[12]])
def test_the_sweep_sees_markup(text: str) -> None:
    reader = Drawn()
    reader.feed(f'<p>{text}</p><input value="{text}">')
    assert reader.wrong
