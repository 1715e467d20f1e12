"""What is typed about requests for one's own data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm
from alongside.releases.codes import ASKERS, IDENTITY, LEFT_OUT, TREATED
from alongside.releases.forms import short
from alongside.sharing.hooks import Part


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


class TakeForm(GovukForm):
    """Whose data is asked for, and by whom."""

    person = forms.ChoiceField(
        label="Whose data is asked for?",
        help_text="Only people your agency recorded: each agency answers for its own records.",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whose data is asked for."},
    )
    asker = forms.ChoiceField(
        label="Who asks?",
        choices=[(code, _capital(words)) for code, words in ASKERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say who asks."},
    )
    asker_name = forms.CharField(
        label="Their name", help_text="Needed where it is not the person themselves.", max_length=200, required=False
    )
    received_on = Date(
        label="On which day was it received?",
        help_text="By any way, at any desk: the time to answer runs from then.",
        error_messages={"required": "Give the day it was received."},
    )

    def __init__(self, data: Any = None, *, people: Iterable[tuple[str, str]], on: date) -> None:
        super().__init__(data)
        self.on = on
        self.fields["person"].choices = list(people)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("asker") not in (None, "self") and not held.get("asker_name", "").strip():
            self.add_error("asker_name", "Give the name of who asks.")
        if held.get("received_on") and held["received_on"] > self.on:
            self.add_error("received_on", "The day it was received lies ahead.")
        return held


class IdentityForm(GovukForm):
    """How it was made sure who asks."""

    identity = forms.ChoiceField(
        label="How did you make sure who asks?",
        help_text="A name, an address or a date of birth that somebody knows is no proof: he may know hers.",
        choices=[(code, _capital(words)) for code, words in IDENTITY.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how you made sure who asks."},
    )


class ClearForm(GovukForm):
    """What may be built."""

    treated = forms.ChoiceField(
        label="What may be built?",
        choices=[(code, _capital(words)) for code, words in TREATED.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what may be built."},
    )
    cleared_why = forms.CharField(
        label="Because …",
        help_text="For those who answer for it; it does not stand in the answer.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why in a sentence."},
    )


class BuildForm(GovukForm):
    """What of the person's own data goes into the answer."""

    recipient = forms.CharField(
        label="Who receives it?",
        help_text="As named on the answer.",
        max_length=200,
        error_messages={"required": "Say who receives it."},
    )
    parts = forms.MultipleChoiceField(
        label="What goes into the answer",
        help_text="Their own data by its type. Ways to somebody protected are not ticked: such a paper may be seen by others.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why_left = forms.ChoiceField(
        label="What is not ticked is left out, because …",
        choices=[(code, reason.whole) for code, reason in LEFT_OUT.items() if code not in ("not-needed", "leads")],
        initial="serious-harm",
        widget=forms.RadioSelect,
        error_messages={"required": "Say why the rest is left out."},
    )
    note = forms.CharField(
        label="A note in your own words",
        help_text="Optional. It is looked through before it goes.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, offers: Sequence[tuple[Part, str]], initial: Any = None) -> None:
        ticked = {"parts": [part.key for part, unless in offers if not unless]}
        super().__init__(data, initial={**ticked, **(initial or {})})
        self.offers = offers
        self.fields["parts"].choices = [(one.key, f"{one.label}: {short(one.text)}") for one, _ in offers]  # type: ignore[attr-defined]
        if not offers:
            del self.fields["parts"], self.fields["why_left"]

    def chosen(self) -> list[Part]:
        """The parts that go."""
        ticked = set(self.cleaned_data.get("parts", ()))
        return [part for part, _ in self.offers if part.key in ticked]

    def left_out(self) -> dict[str, str]:
        """Labels of their own parts that do not, each with the code of why."""
        going = {part.key for part in self.chosen()}
        return {
            part.label: unless or self.cleaned_data["why_left"] for part, unless in self.offers if part.key not in going
        }


class ReviewForm(GovukForm):
    """What somebody other than who built it finds."""

    agrees = forms.ChoiceField(
        label="Is this right to give?",
        choices=[("yes", "Yes: everything in it is theirs, and every reason holds"), ("no", "No: it goes back")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is right to give."},
    )
    why = forms.CharField(
        label="What has to change?",
        help_text="Needed where it goes back. No name and no place.",
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("agrees") == "no" and not held.get("why", "").strip():
            self.add_error("why", "Say what has to change.")
        return held
