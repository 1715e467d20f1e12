"""Which looks to list, and what a lead says of an unusual one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm

ANSWERS = {
    "explained": "Explained: it was for work",
    "not-explained": "Not explained: I found no reason in their work",
    "passed-on": "Passed on: somebody else looks into it",
}
HINTS = {
    "explained": "The same is not raised again for 90 days.",
    "not-explained": "It stays on record with your name. What follows, such as your agency’s conduct procedure, is decided outside Alongside.",
    "passed-on": "Say to whom. It stays on your list until it is explained or not.",
}


class NarrowForm(GovukForm):
    """The agency and the days of looks to list."""

    agency = forms.ChoiceField(label="Agency", required=False)
    first = Date(label="From this day", required=False)
    last = Date(label="To this day", required=False)

    def __init__(self, *args: Any, agencies: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Every agency"), *agencies]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        first, last = held.get("first"), held.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day is before the first one.")
        return held


class AnswerForm(GovukForm):
    """Explained, not explained or passed on, and why."""

    to = forms.ChoiceField(
        label="What did you find?",
        choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you found."},
    )
    why = forms.CharField(
        label="How do you know, or to whom did you pass it?",
        help_text="Two sentences are enough. Name no address and no telephone number.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence how you know."},
    )

    def __init__(self, *args: Any, allowed: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, text) for code, text in ANSWERS.items() if code in set(allowed)]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        self.fields["to"].hints = HINTS  # type: ignore[attr-defined]
