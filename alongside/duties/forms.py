"""What is typed about duties and questions, validated and handed on as typed values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.agencies.models import Agency
from alongside.design.dates import Moment
from alongside.design.forms import NOT_KNOWN, NOT_SAFE, Answer, AnswerRow, GovukForm
from alongside.policy import Fact

NUMBER, BETWEEN = ("number", "A number"), ("between", "Between two numbers")


class AnswerForm(GovukForm):
    """The answer to one question, by the type of its fact. `answer()` gives the contract's JSON value, manner and reason."""

    def __init__(self, *args: Any, fact: Fact, why: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields["answer"] = self._field(why)
        if fact.is_number:
            hint = f"From {fact.range[0]} to {fact.range[1]}." if fact.range else ""
            self.fields["least"] = forms.IntegerField(
                label="Number, or the least it can be", help_text=hint, required=False
            )
            self.fields["most"] = forms.IntegerField(label="The most it can be, when it is a range", required=False)
        if fact.kind == "judgement":
            self.fields["reason"] = forms.CharField(
                label="Why do you judge so?",
                help_text="Needed for yes and no.",
                required=False,
                max_length=1000,
                widget=forms.Textarea({"rows": 2}),
            )

    def _field(self, why: str) -> forms.Field:
        fact = self.fact
        if fact.type == "boolean":
            return Answer(
                label=fact.question, help_text=why, sensitive=fact.sensitive, required=True, error_messages=CHOOSE
            )
        known = (
            [NUMBER, BETWEEN]
            if fact.is_number
            else [(word, word.replace("-", " ").capitalize()) for word in fact.words]
        )
        choices = [NOT_SAFE, *known, NOT_KNOWN] if fact.sensitive else [*known, NOT_KNOWN, NOT_SAFE]
        return Answer(
            label=fact.question,
            help_text=why,
            sensitive=fact.sensitive,
            choices=choices,
            required=True,
            widget=AnswerRow,
            error_messages=CHOOSE,
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = data.get("answer")
        if self.fact.is_number and chosen in ("number", "between"):
            self._check_numbers(chosen, data.get("least"), data.get("most"))
        if (
            self.fact.kind == "judgement"
            and chosen not in (None, "", "not-known", "not-safe-to-ask")
            and not data.get("reason", "").strip()
        ):
            self.add_error("reason", "Say in a sentence why you judge so.")
        return data

    def _check_numbers(self, chosen: str, least: int | None, most: int | None) -> None:
        if chosen == "number" and least is None and "least" not in self.errors:
            self.add_error("least", "Give the number, or choose “Not known”.")
        if chosen == "between" and least is None and most is None and not self.errors:
            self.add_error("least", "Give the least, the most, or both.")
        if least is not None and most is not None and chosen == "between" and least > most:
            self.add_error("most", "The most must not be less than the least.")
        low, high = self.fact.range or (None, None)
        for name, value in (("least", least), ("most", most)):
            if value is not None and low is not None and high is not None and not low <= value <= high:
                self.add_error(name, f"This must be from {low} to {high}.")

    def value(self) -> object:
        """The answer as the contract writes it; None is *not known*."""
        data, chosen = self.cleaned_data, self.cleaned_data["answer"]
        if chosen in ("not-known", "not-safe-to-ask"):
            return None
        if self.fact.type == "boolean":
            return bool(chosen == "yes")
        if not self.fact.is_number:
            return chosen
        if chosen == "number":
            return data["least"]
        ends = {"min": data.get("least"), "max": data.get("most")}
        return {key: end for key, end in ends.items() if end is not None}

    @property
    def manner(self) -> str:
        """How it was answered."""
        return "not-safe" if self.cleaned_data["answer"] == "not-safe-to-ask" else "answered"

    @property
    def reason(self) -> str:
        """Why it was judged so; empty where nothing is judged."""
        return str(self.cleaned_data.get("reason", "")).strip()


CHOOSE = {"required": "Choose an answer; “Not known” is one."}


class SettleForm(GovukForm):
    """Two answers to one question: which is right, and why."""

    which = forms.ChoiceField(
        label="Which is right?",
        widget=forms.RadioSelect,
        choices=[("theirs", "The answer that was given first"), ("yours", "Your answer")],
        error_messages={"required": "Choose one of the two."},
    )
    reason = forms.CharField(
        label="Why?",
        help_text="Both of you, and everybody who works on the case, can read this.",
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    yours = forms.CharField(widget=forms.HiddenInput, label="Your answer")


class OtherwiseForm(GovukForm):
    """Deciding not to do what rules ask: which of them, and why."""

    duties = forms.MultipleChoiceField(
        label="Which of these do you decide otherwise?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one."},
    )
    why = forms.CharField(
        label="Why?",
        help_text="What you know that makes another way better, and what is done instead.",
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say why: a duty is never set aside without a reason."},
    )

    def __init__(self, *args: Any, duties: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duties"].choices = list(duties)  # type: ignore[attr-defined]


class SpokenForm(GovukForm):
    """ "I have spoken to … at …"."""

    spoken_to = forms.CharField(
        label="I have spoken to",
        help_text="The role of the person is enough, for example “the duty manager”.",
        max_length=200,
        error_messages={"required": "Say to whom you have spoken."},
    )
    on = Moment(label="at", error_messages={"required": "Say when you spoke."})

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": now})
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_on(self) -> datetime:
        on: datetime = self.cleaned_data["on"]
        if on > self.now + timedelta(minutes=1):
            raise ValidationError("This is still to come. Give the time at which you spoke.")
        if on < self.now - timedelta(days=7):
            raise ValidationError("This is more than a week back. Give the time at which you spoke about this task.")
        return min(on, self.now)


class RouteForm(GovukForm):
    """The administrator's choice of a team for a role that nobody holds."""

    team = forms.ChoiceField(label="Team", error_messages={"required": "Choose a team."})
    reason = forms.CharField(
        label="Why this team?", max_length=500, error_messages={"required": "Say in a sentence why this team."}
    )

    def __init__(self, *args: Any, teams: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", "Choose a team"), *teams]  # type: ignore[attr-defined]


class KnownForm(GovukForm):
    """Whose picture of a case, and of when. Asked with GET: nothing is changed."""

    agency = forms.ChoiceField(label="Which agency")
    on = Moment(
        label="What could it have known by",
        help_text="For example 3 3 2026 at 9:30pm.",
        error_messages={"required": "Give a day and a time."},
    )

    def __init__(
        self, *args: Any, agencies: Iterable[Agency], agency: Agency | None, now: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["agency"].choices = [(one.code, one.name) for one in agencies]  # type: ignore[attr-defined]
        self.initial = {"agency": agency.code if agency else "", "on": now}

    def clean_on(self) -> datetime:
        """The end of the minute given, or now where that minute is not over."""
        on: datetime = self.cleaned_data["on"]
        if on > self.now:
            raise ValidationError("That moment has not come yet. Give one that has passed.")
        return min(on + timedelta(minutes=1, microseconds=-1), self.now)
