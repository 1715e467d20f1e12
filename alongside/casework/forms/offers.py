"""What is typed about reaching the victim and her answer."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import uuid4

from django import forms

from alongside.casework.actions.offers import ALWAYS
from alongside.casework.codes import ATTEMPTS, SUPPORT_ANSWERS
from alongside.design.forms import GovukForm
from alongside.people.models import CHANNELS


class AttemptForm(GovukForm):
    """One try to reach her, by a way her record allows."""

    channel = forms.ChoiceField(
        label="How did you try?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how you tried.",
            "invalid_choice": "Her record does not say that this way is safe. Choose another.",
        },
    )
    outcome = forms.ChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        choices=[(code, words[0].upper() + words[1:]) for code, words in ATTEMPTS.items()],
        error_messages={"required": "Choose what came of it."},
    )
    note = forms.CharField(
        label="Note",
        help_text="What the next colleague needs to know to reach her safely. Optional.",
        max_length=500,
        required=False,
    )
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, data: Any = None, *, channels: Collection[str]) -> None:
        super().__init__(data)
        allowed = {*channels, *ALWAYS, "none"}
        words = {"none": "I did not try: no safe way is known"}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            (code, words.get(code) or name[0].upper() + name[1:]) for code, name in CHANNELS if code in allowed
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (
            (found.get("channel") == "none") != (found.get("outcome") == "left-alone")
            and "channel" in found
            and "outcome" in found
        ):
            self.add_error("outcome", "“Not tried” goes with “no safe way is known”, and only with that.")
        return found


class AnswerForm(GovukForm):
    """Her answer, in her words."""

    answer = forms.ChoiceField(
        label="Her answer",
        widget=forms.RadioSelect,
        choices=[(code, words[0].upper() + words[1:]) for code, words in SUPPORT_ANSWERS.items()],
        error_messages={"required": "Choose the answer."},
    )
    note = forms.CharField(
        label="In her words",
        help_text="What she said, as she said it. Optional.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
