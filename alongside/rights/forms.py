"""What is typed about what people may ask of their records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.cases.models import CaseEvent, CaseMember
from alongside.design.dates import Date
from alongside.design.forms import Answer, GovukForm
from alongside.design.moments import when
from alongside.rights.exemptions import CHOICES
from alongside.rights.models import FOUND, NATURES

NOT_KNOWN = "not-known"


def _sentence(label: str, help_text: str = "", *, needed: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": needed},
    )


class DisputeForm(GovukForm):
    """Who says that which entry is not right, and what they say."""

    entry = forms.ChoiceField(label="Which entry is not right?", error_messages={"required": "Choose the entry."})
    person = forms.ChoiceField(
        label="Who says so?", widget=forms.RadioSelect, error_messages={"required": "Say who says so."}
    )
    nature = forms.ChoiceField(
        label="What is it that they dispute?",
        choices=[(code or NOT_KNOWN, words[0].upper() + words[1:]) for code, words in NATURES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it is a fact or an opinion, or not known."},
    )
    words = _sentence(
        "What do they say?", "As near to their own words as you can.", needed="Say in their words what is not right."
    )

    def __init__(self, data: Any = None, *, entries: Iterable[CaseEvent], people: Iterable[CaseMember]) -> None:
        super().__init__(data)
        lines = [(str(one.pk), f"{when(one.happened_at)}: {one.what}") for one in entries]
        self.fields["entry"].choices = [("", "Choose"), *lines]  # type: ignore[attr-defined]
        self.fields["person"].choices = [(str(one.person_id), one.person.initials) for one in people]  # type: ignore[attr-defined]

    def nature_said(self) -> str:
        """The nature, "" for not known."""
        said: str = self.cleaned_data["nature"]
        return "" if said == NOT_KNOWN else said


class FindingForm(GovukForm):
    """What somebody found who looked at it."""

    found = forms.ChoiceField(
        label="What did you find?",
        choices=list(FOUND.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you found."},
    )
    reason = _sentence("Why?", "Where something was recorded anew, say which entry.", needed="Say in a sentence why.")


class ToldForm(GovukForm):
    """Whether somebody is given their notice now, or not yet."""

    is_safe = Answer(label="Is it safe for everybody that they read this now, and have it with them?")
    exemption = forms.ChoiceField(
        label="If not, or not known: why are they not told yet?",
        choices=[("", "Choose"), *CHOICES],
        required=False,
    )
    again_on = Date(label="If they are not told yet: when is it looked at again?", required=False)
    reason = _sentence(
        "In a sentence: how they were told and why it is safe, or why not yet",
        "Name nobody who told us something.",
        needed="Say in a sentence why.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_safe") != "yes":
            if not data.get("exemption"):
                self.add_error("exemption", "Choose why they are not told yet.")
            if not data.get("again_on") and "again_on" not in self.errors:
                self.add_error("again_on", "Give the day on which it is looked at again.")
        return data
