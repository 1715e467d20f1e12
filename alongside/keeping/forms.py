"""What is typed about keeping and erasing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm
from alongside.keeping.models import GROUNDS


def _why(label: str, hint: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why."},
    )


class ReviewForm(GovukForm):
    """Until when a hold stands before somebody looks at it again."""

    review_on = Date(
        label="On which day is it looked at again?",
        help_text="It does not end by itself on that day.",
        error_messages={"required": "Give the day it is looked at again."},
    )

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.on = on

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= self.on:
            raise forms.ValidationError("The day it is looked at again must lie ahead.")
        return day


class HoldForm(ReviewForm):
    """A legal hold."""

    reason = _why("Why must nothing be erased?", "For example proceedings, an inquiry or a review. It is sealed.")
    field_order = ("reason", "review_on")


class WhyForm(GovukForm):
    """Why a hold is lifted."""

    why = _why("Why is it no longer needed?", "It is kept with your name and the day. Nothing is erased by it.")


class AskForm(GovukForm):
    """That somebody be erased."""

    ground = forms.ChoiceField(
        label="On what ground?",
        choices=list(GROUNDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say on what ground."},
    )
    reason = _why("Why, in a sentence", "It stays when the record is gone, so name nobody in it.")


class DecideForm(GovukForm):
    """What the second person decides."""

    agreed = forms.TypedChoiceField(
        label="What do you decide?",
        choices=[("yes", "Erase this person. It cannot be undone"), ("no", "Do not erase them")],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you decide."},
    )
    why = _why("Why, in a sentence", "It stays when the record is gone, so name nobody in it.")
