"""What is typed about emergencies."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.design.forms import GovukForm
from alongside.sharing.emergency.models import VERDICTS


class OpenForm(GovukForm):
    """Which case, and what the emergency is."""

    reference = forms.CharField(
        label="Reference of the case",
        help_text="It looks like AL-7Q4K-3F. Whoever rang you has it.",
        max_length=12,
        error_messages={"required": "Give the reference of the case."},
    )
    reason = forms.CharField(
        label="What is the emergency?",
        help_text="One sentence. Somebody else reads it within a day.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what the emergency is.",
            "min_length": "Say it in a sentence, so that somebody else understands it.",
        },
    )


class ReviewForm(GovukForm):
    """What somebody else found."""

    verdict = forms.ChoiceField(
        label="What did you find?",
        choices=list(VERDICTS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you found."},
    )
    note = forms.CharField(
        label="In a sentence, and what follows",
        help_text="Needed unless it was right.",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("verdict") and data["verdict"] != "right" and not data.get("note", "").strip():
            self.add_error("note", "Say in a sentence what you found, and what follows.")
        return data
