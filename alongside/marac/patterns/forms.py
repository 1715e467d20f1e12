"""Trying another threshold, and a reviewer's word."""

from django import forms

from alongside.design.forms import GovukForm


class ThresholdForm(GovukForm):
    """Numbers to try in place of those in force in an area; nothing typed is the one in force."""

    area = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    least = forms.IntegerField(label="At least", min_value=2, max_value=20, required=False)
    months = forms.IntegerField(label="In the last so many months", min_value=1, max_value=120, required=False)


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
