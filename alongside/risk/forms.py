"""What the risk screens ask. A form hands typed values to an action; it never saves."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from alongside.design.dates import Moment
from alongside.design.forms import GovukForm
from alongside.risk.actions import RANK, Filled
from alongside.risk.instruments import ANSWERS, Instrument, Topic
from alongside.risk.models import Assessment
from alongside.risk.pages import GRADES, SOURCES

CONCERN = [("yes", "Yes"), ("no", "No, not beyond what the answers say"), ("not-said", "I cannot say")]


class ChecklistForm(GovukForm):
    """One instrument as rows: an answer for each topic, and who said so and a note behind a fold."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        for topic in instrument.topics:
            self.fields[f"a_{topic.key}"] = forms.ChoiceField(
                choices=list(ANSWERS.items()), required=False, label=topic.label
            )
            self.fields[f"s_{topic.key}"] = forms.ChoiceField(
                choices=[("", "Choose who"), *SOURCES.items()], required=False, label="Who says so"
            )
            self.fields[f"n_{topic.key}"] = forms.CharField(max_length=500, required=False, label="Note")
        self.fields["id"] = forms.UUIDField(widget=forms.HiddenInput)
        self._add_whole()

    def _add_whole(self) -> None:
        graded = self.instrument.scoring == "grade"
        self.fields["grade"] = forms.ChoiceField(
            label="Grade on the form" if not graded else "Grade",
            help_text="As the form itself says. A grade never lowers what you judge.",
            choices=[(code, GRADES[code]) for code in reversed(self.instrument.grades)] + [("none", "No grade given")],
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["completed_on"] = Moment(
            label="When it was filled in", help_text="Leave empty if it was just now.", required=False
        )
        self.fields["completed_by"] = forms.CharField(
            label="Who filled it in",
            help_text="A role, such as “attending officer”. Leave empty if it was you.",
            max_length=120,
            required=False,
        )
        self.fields["serious_concern"] = forms.ChoiceField(
            label="Are you seriously concerned about the victim's situation, whatever the answers come to?",
            help_text="Your judgement can raise what this form shows. Nothing can lower it.",
            choices=CONCERN,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields["reason"] = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), required=False)

    @classmethod
    def kept(cls, instrument: Instrument, data: QueryDict) -> "ChecklistForm":
        """The page as typed, not looked over yet."""
        form = cls(instrument, data)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        return form

    def answered(self) -> dict[str, str]:
        """Topic to answer, as it stands on the page."""
        said = {key: self[f"a_{key}"].value() for key in self.instrument.keys}
        return {key: value for key, value in said.items() if value in ANSWERS}

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("serious_concern") == "yes" and not typed.get("reason", "").strip():
            self.add_error("reason", "Say in a sentence what concerns you.")
        if self.instrument.reason_required and not typed.get("reason", "").strip():
            self.add_error("reason", "Say which tool was used and why it came out so.")
        if self.instrument.scoring == "grade" and not _grade(typed) and not self._answered(typed):
            self.add_error("grade", "Choose the grade, or answer at least one topic.")
        if self.instrument.scoring != "grade" and not self._answered(typed) and not _grade(typed):
            self.add_error(
                None, "Answer at least one topic, or say that a whole block was not asked. “Not asked” is an answer."
            )
        return typed

    def _answered(self, typed: Mapping[str, Any]) -> dict[str, str]:
        return {key: typed[f"a_{key}"] for key in self.instrument.keys if typed.get(f"a_{key}")}

    def filled(self) -> Filled:
        """What was typed, for the action; notes and sources only of topics that have an answer."""
        typed, answers = self.cleaned_data, self._answered(self.cleaned_data)
        return Filled(
            instrument=self.instrument.code,
            answers=answers,
            sources={key: typed[f"s_{key}"] for key in answers if typed[f"s_{key}"]},
            notes={key: typed[f"n_{key}"] for key in answers if typed[f"n_{key}"]},
            grade=_grade(typed),
            serious_concern={"yes": True, "no": False}.get(typed["serious_concern"]),
            reason=typed["reason"],
            completed_on=typed["completed_on"],
            completed_by=typed["completed_by"],
        )


def _grade(typed: Mapping[str, Any]) -> str:
    """The grade's code; "" where none was given."""
    return {"none": ""}.get(typed.get("grade", ""), typed.get("grade", ""))


def not_asked(data: QueryDict, instrument: Instrument, block: str) -> QueryDict:
    """What was typed, with every topic of a block that has no answer said to be not asked."""
    typed = data.copy()
    for topic in _topics(instrument, block):
        if not typed.get(f"a_{topic.key}"):
            typed[f"a_{topic.key}"] = "not-asked"
    return typed


def _topics(instrument: Instrument, block: str) -> tuple[Topic, ...]:
    return next((each.topics for each in instrument.blocks if each.code == block), ())


class JudgeForm(GovukForm):
    """A professional judgement: it raises, with its reason."""

    what = forms.ChoiceField(
        label="What do you judge?",
        widget=forms.RadioSelect,
        choices=[
            ("serious-concern", "I am seriously concerned about the victim's situation"),
            ("high-risk", "I assess the victim as at high risk"),
        ],
    )
    reason = forms.CharField(label="What makes you judge so", widget=forms.Textarea(attrs={"rows": 4}))
    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)


class ReviewForm(GovukForm):
    """A reviewer reads a police log; the grade can be raised, never lowered."""

    agreed = forms.ChoiceField(
        label="Do you agree with the officer's grade?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No, I grade it higher, or see it differently")],
    )
    grade = forms.ChoiceField(
        label="Your grade",
        help_text="Only a higher one. Leave it when you agree.",
        widget=forms.RadioSelect,
        required=False,
    )
    safeguarding_concern = forms.ChoiceField(
        label="Does the log show a concern for the safety of a child or an adult?",
        widget=forms.RadioSelect,
        choices=[("yes", "Yes"), ("no", "No"), ("not-known", "Not known")],
        required=False,
    )
    note = forms.CharField(label="What you found", widget=forms.Textarea(attrs={"rows": 4}))
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, log: Assessment, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.log = log
        higher = [code for code in GRADES if RANK[code] > RANK[log.grade]]
        if higher:
            self.fields["grade"].choices = [*((code, GRADES[code]) for code in higher), ("none", "No change")]  # type: ignore[attr-defined]
        else:
            del self.fields["grade"]  # nothing stands above it

    def clean(self) -> dict[str, Any]:
        """Given that the reviewer agrees, a grade of their own is no longer asked and is dropped."""
        typed: dict[str, Any] = super().clean() or {}
        typed["grade"] = "" if typed.get("agreed") == "yes" else _grade(typed)
        return typed

    def clean_id(self) -> UUID:
        """The log as it stood when the page was opened: a newer one must be read first."""
        given: UUID = self.cleaned_data["id"]
        if given != self.log.pk:
            raise forms.ValidationError("A newer log has come in meanwhile. Read it before you review.")
        return given
