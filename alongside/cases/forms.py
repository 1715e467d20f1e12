"""What is typed on the pages of a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.cases.models import PLACES
from alongside.design.forms import GovukForm

PURPOSES = [
    ("ring", "To ring"),
    ("message", "To send a message"),
    ("meet", "To meet or visit"),
    ("check", "To check or correct what is recorded"),
]


class ReferenceForm(GovukForm):
    """Find a case by its reference; names are searched elsewhere, and logged."""

    reference = forms.CharField(label="Reference", help_text="For example AL-7Q4K-3F.", required=False, max_length=20)


class ContactForm(GovukForm):
    """Why the contact rules are opened: kept with who opened them."""

    purpose = forms.ChoiceField(
        label="What are you about to do?",
        widget=forms.RadioSelect,
        choices=PURPOSES,
        error_messages={"required": "Choose what you are about to do."},
    )


class AreaForm(GovukForm):
    """Where one of a case's places lies, and why."""

    place = forms.ChoiceField(
        label="Which place is wrong?",
        widget=forms.RadioSelect,
        choices=PLACES,
        error_messages={"required": "Choose which place you correct."},
    )
    area = forms.ChoiceField(label="The right area", error_messages={"required": "Choose an area."})
    reason = forms.CharField(
        label="Why this area?",
        help_text="For example: the child lives there with a grandparent.",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say in a sentence why."},
    )

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Choose an area"), *areas]  # type: ignore[attr-defined]
