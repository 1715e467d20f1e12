"""Search for a sentence, a document's copy, a local choice."""

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm
from alongside.policy import Parameter
from alongside.procedures.browsing.cards import capital
from alongside.procedures.coverage import KINDS
from alongside.procedures.pages import shown

MOST_BYTES = 20_000_000


class CoverageForm(GovukForm):
    """Words, a document, and the kind of place that honours a sentence; empty means all."""

    words = forms.CharField(label="Words, or part of a sentence’s name", required=False, max_length=100)
    document = forms.ChoiceField(label="Document", required=False)
    kind = forms.ChoiceField(
        label="What honours it",
        required=False,
        choices=[("", "Anything"), *KINDS.items(), ("planned", "Not built yet"), ("not_software", "Not software")],
    )

    def __init__(self, *args: Any, documents: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [("", "Every document"), *documents]  # type: ignore[attr-defined]


class CopyForm(GovukForm):
    """A file of the partnership's own: text, HTML, DOCX or PDF."""

    copy = forms.FileField(
        label="Your partnership’s copy",
        help_text="Text, HTML, Word (DOCX) or PDF, up to 20 MB. It stays in your own database.",
    )

    sure = forms.BooleanField(label="I am sure: add it all the same", required=False)

    def clean_copy(self) -> Any:
        held = self.cleaned_data["copy"]
        if held.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Nothing was added.")
        return held


class DecisionForm(GovukForm):
    """What a changed sentence does to its rule, and why; `said` is the sentence that was looked at, by its hash."""

    said = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(label="What does this do to the rule?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why",
        help_text="In a sentence or two. It is kept with your name and the day.",
        widget=forms.Textarea,
        max_length=1000,
    )

    def __init__(self, *args: Any, verdicts: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = list(verdicts)  # type: ignore[attr-defined]


class ConfirmForm(GovukForm):
    """How the partnership came to confirm a default."""

    reason = forms.CharField(
        label="How your partnership confirmed it",
        help_text="The meeting that agreed it, or the page that somebody looked up, and when.",
        widget=forms.Textarea,
        max_length=1000,
    )


class ChoiceForm(GovukForm):
    """One local choice: its value, from when, and why."""

    from_on = Date(label="In force from")
    reason = forms.CharField(label="Why the partnership chooses this", widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, parameter: Parameter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        value = _field(parameter)
        value.label = parameter.question or parameter.name
        self.fields = {"value": value, **self.fields}


def _field(parameter: Parameter) -> forms.Field:
    if parameter.type == "integer":
        low, high = (parameter.may_vary or (None, None))[0], (parameter.may_vary or (None, None))[-1]
        return forms.IntegerField(
            min_value=low, max_value=high, help_text=f"From {low} to {high}" if parameter.may_vary else "A whole number"
        )
    if parameter.type == "boolean":
        return forms.TypedChoiceField(
            choices=[("true", "Yes"), ("false", "No")], coerce=lambda text: text == "true", widget=forms.RadioSelect
        )
    words = [(str(word), capital(shown(word, parameter.name))) for word in parameter.may_vary]
    if parameter.type == "list":
        return forms.MultipleChoiceField(choices=words, widget=forms.CheckboxSelectMultiple)
    if words:
        return forms.ChoiceField(choices=words, widget=forms.RadioSelect)
    return forms.CharField(max_length=200)
