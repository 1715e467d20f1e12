"""What is typed into the register of agreements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from alongside.agencies.models import Agency
from alongside.design.dates import Date
from alongside.design.forms import GovukForm


def _to_come(day: date, on: date) -> date:
    if day <= on:
        raise forms.ValidationError("The day it is looked at again must lie ahead.")
    return day


class AddForm(GovukForm):
    """A signed agreement."""

    name = forms.CharField(
        label="What is it called?", max_length=200, error_messages={"required": "Say what the agreement is called."}
    )
    scope = forms.CharField(
        label="What does it cover?",
        help_text="What is shared, about whom, what for, and in whose charge. No name of a person.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what it covers."},
    )
    parties = forms.MultipleChoiceField(
        label="Who has signed it?",
        help_text="At least two agencies.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick who has signed it."},
    )
    signed_on = Date(label="When was it signed?", error_messages={"required": "Give the day it was signed."})
    review_on = Date(
        label="On which day is it looked at again?",
        help_text="It is in force through that day. Not renewed by then, it has lapsed.",
        error_messages={"required": "Give the day it is looked at again."},
    )

    def __init__(self, data: Any = None, *, agencies: Iterable[Agency], on: date) -> None:
        super().__init__(data)
        self.agencies, self.on = {str(one.pk): one for one in agencies}, on
        self.fields["parties"].choices = [(pk, one.name) for pk, one in self.agencies.items()]  # type: ignore[attr-defined]

    def clean_parties(self) -> list[Agency]:
        chosen = [self.agencies[pk] for pk in self.cleaned_data["parties"]]
        if len(chosen) < 2:
            raise forms.ValidationError("An agreement is between at least two agencies.")
        return chosen

    def clean_signed_on(self) -> date:
        day: date = self.cleaned_data["signed_on"]
        if day > self.on:
            raise forms.ValidationError("It goes on the register once it is signed.")
        return day

    def clean_review_on(self) -> date:
        return _to_come(self.cleaned_data["review_on"], self.on)


class EndForm(GovukForm):
    """Why an agreement is in force no more."""

    reason = forms.CharField(
        label="Why, in a sentence",
        help_text="It is kept with your name and the day.",
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": "Say in a sentence why."},
    )


class RenewForm(EndForm):
    """It was looked at, and goes on."""

    review_on = Date(
        label="In force until",
        help_text="The day it is looked at again.",
        error_messages={"required": "Give the day it is looked at again."},
    )
    field_order = ("review_on", "reason")

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.on = on

    def clean_review_on(self) -> date:
        return _to_come(self.cleaned_data["review_on"], self.on)
