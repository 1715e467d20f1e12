"""The five answers of the scene record, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.casework.codes import EXPOSURE, INFORMATION, INFORMATION_WAYS, PREGNANT, YES_NO
from alongside.design.dates import Moment
from alongside.design.forms import Answer, GovukForm

SAFE_FIRST = sorted(PREGNANT.items(), key=lambda pair: pair[0] != "not-safe-to-ask")


def _choose(label: str, choices: dict[str, str], help: str = "") -> Answer:
    return Answer(label=label, help_text=help, choices=list(choices.items()))


class SceneForm(GovukForm):
    """Every answer may be left for later; finishing asks for all five."""

    children_in_household = Answer(label="Do children live in the home?", choices=list(YES_NO.items()))
    pregnant = Answer(label="Is the victim pregnant?", choices=SAFE_FIRST, sensitive=True)
    exposure = _choose("Was a child exposed to it?", EXPOSURE)
    safeguarding_done = forms.CharField(
        label="What was done to make the victim safe",
        help_text="What was done, and by whom. “Nothing could be done yet, because …” is an answer too.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
        required=False,
    )
    information = _choose("Was information on help given?", INFORMATION)
    information_how = _choose("How", INFORMATION_WAYS)
    information_note = forms.CharField(label="Which help, or why not", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """Given that information was given, how; else how is no longer asked and is dropped."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("information") != "given":
            typed["information_how"] = ""
        return typed


class ActForm(GovukForm):
    """What was done, and when."""

    what = forms.CharField(
        label="What was done",
        help_text="Who did what, with whom, and what came of it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10000,
    )
    done_on = Moment(label="When", help_text="For example 2 3 2026 at 9:30pm.")
    id = forms.UUIDField(widget=forms.HiddenInput)
