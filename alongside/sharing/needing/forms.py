"""What somebody says who needs a case of another team."""

from __future__ import annotations

from django import forms

from alongside.design.forms import GovukForm
from alongside.sharing.needing.models import WHY


class WhyForm(GovukForm):
    """Why a case is needed."""

    why = forms.ChoiceField(
        label="Why do you need it?",
        choices=list(WHY.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose why you need it."},
    )
    words = forms.CharField(
        label="What do you need it for?",
        help_text="One sentence. The team that has the case and your safeguarding lead can read it.",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say what you need it for.",
            "min_length": "Say it in a sentence, so that somebody else understands it.",
        },
    )


class NeedForm(WhyForm):
    """Which case, and why."""

    field_order = ("reference", "why", "words")
    reference = forms.CharField(
        label="Reference of the case",
        help_text="It looks like AL-7Q4K-3F. A colleague who told you of it has it.",
        max_length=12,
        error_messages={"required": "Give the reference of the case."},
    )
