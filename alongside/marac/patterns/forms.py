"""Trying another threshold, and a reviewer's word."""

from django import forms

from alongside.design.forms import GovukForm


def _number(label: str, low: int, high: int) -> forms.IntegerField:
    said = f"Give a whole number from {low} to {high}."
    faults = {"invalid": said, "min_value": said, "max_value": said}
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, error_messages=faults)


class ThresholdForm(GovukForm):
    """Numbers to try in place of those in force in an area; nothing typed is the one in force."""

    area = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    least = _number("At least", 2, 20)
    months = _number("In the last so many months", 1, 120)


class ReviewForm(GovukForm):
    """What a reviewer says of a pattern."""

    holds = forms.ChoiceField(
        label="Do the links and cases hold?",
        choices=[("yes", "Yes: show it to colleagues who may open these cases"), ("no", "No: do not show it")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it holds. Until you do, only reviewers are shown it."},
    )
    note = forms.CharField(
        label="What did you look at? In a sentence, without names",
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": "Say what you looked at."},
    )
