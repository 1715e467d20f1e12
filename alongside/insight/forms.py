"""What is asked of the page: where, from which day's rules, what is changed, and what a meeting is reckoned with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm, Slider
from alongside.insight.stands import Choice
from alongside.policy.asked import ALL
from alongside.policy.effects import CASES_PER_MEETING

AS_IT_STANDS = "as-it-stands"
# 10 to 15 minutes a case are told of by practice guides (SafeLives and county frameworks); to be confirmed by the partnership.
MINUTES_PER_CASE = 12
PERIODS = [("year", "The last twelve months"), ("all", "All there are")]
MOST_INVENTED = 1_000_000


class WhatIfForm(GovukForm):
    """One field for each local choice beside the rest; what is left empty stays as it stands."""

    area = forms.ChoiceField(label="Where would it change?")
    on = Date(label="Compared with the rules in force on")
    period = forms.ChoiceField(label="Which cases?", choices=PERIODS, widget=forms.RadioSelect)
    per_meeting = forms.IntegerField(
        label="Cases that a MARAC meeting hears",
        min_value=1,
        max_value=200,
        help_text=f"{CASES_PER_MEETING} is a usual number, to be confirmed by your partnership.",
    )
    minutes = forms.IntegerField(
        label="Minutes a case is heard for",
        min_value=1,
        max_value=240,
        help_text="10 to 15 are usual, to be confirmed by your partnership.",
    )

    def __init__(self, *args: Any, areas: Iterable[tuple[str, str]], choices: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [(ALL, "Every area"), *areas]  # type: ignore[attr-defined]
        self.choices = list(choices)
        for choice in self.choices:
            self.fields[choice.name] = _field(choice)

    def clean(self) -> dict[str, Any]:
        """A shortest that is longer than its longest, in any area, is named: no order could be of that length."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        held = {one.name: one for one in self.choices}
        for name in held:
            other = name.replace("_min_", "_max_")
            if other == name or other not in held:
                continue
            for area in {**held[name].stands, **held[other].stands}:
                least, most = (said.get(one) or held[one].stands.get(area) for one in (name, other))
                if least is not None and most is not None and least > most:
                    self.add_error(
                        name if said.get(name) else other,
                        f"The shortest, {least}, would be longer than the longest, {most}. Nothing was replayed.",
                    )
                    break
        return said

    def numbers(self) -> list[Any]:
        """The fields with a slider."""
        return [self[one.name] for one in self.choices if one.is_number]

    def words(self) -> list[Any]:
        """The other local choices."""
        return [self[one.name] for one in self.choices if not one.is_number]

    def word_is_changed(self) -> bool:
        """Whether the part with the words must be open."""
        return any(field.errors or field.value() not in (None, AS_IT_STANDS) for field in self.words())

    def frame_is_changed(self) -> bool:
        """Whether there is something wrong in the part with day, cases and meetings."""
        return any(name in self.errors for name in ("on", "period", "per_meeting", "minutes"))

    def changed(self) -> dict[str, str]:
        """What is asked otherwise than it stands everywhere, as text."""
        said = {one.name: self.cleaned_data.get(one.name) for one in self.choices}
        given = {name: str(value) for name, value in said.items() if value not in (None, "", AS_IT_STANDS)}
        return {name: text for name, text in given.items() if not self._stands(name, text)}

    def _stands(self, name: str, text: str) -> bool:
        found = next(one for one in self.choices if one.name == name)
        return bool(found.stands) and all(_text(value) == text for value in found.stands.values())


def defaults(today: Any) -> dict[str, str]:
    """What stands where an address says nothing, so that a short one is enough."""
    return {
        "area": ALL,
        "on_0": str(today.day),
        "on_1": str(today.month),
        "on_2": str(today.year),
        "period": "year",
        "per_meeting": str(CASES_PER_MEETING),
        "minutes": str(MINUTES_PER_CASE),
    }


class PrepareForm(GovukForm):
    """Which cases are wanted and, where they are invented, how many."""

    source = forms.CharField(widget=forms.HiddenInput)
    count = forms.IntegerField(label="How many cases", required=False, min_value=1, max_value=MOST_INVENTED)


def _field(choice: Choice) -> forms.Field:
    if choice.is_number:
        low, high = choice.parameter.may_vary
        words = f"{{}} is outside what this choice may be: {low} to {high}. Nothing was replayed."
        return Whole(
            label=choice.question,
            required=False,
            help_text=choice.hint,
            words=words,
            low=low,
            high=high,
            mark=choice.mark,
        )
    stands = (AS_IT_STANDS, "As it stands")
    field = forms.ChoiceField(
        label=choice.question, required=False, choices=[stands, *choice.offered], widget=forms.RadioSelect, initial=AS_IT_STANDS, help_text=choice.hint
    )  # fmt: skip
    field.error_messages["invalid_choice"] = "%(value)s is none of the words of this choice. Nothing was replayed."
    return field


class Whole(forms.Field):
    """A whole number between two ends; an error names both and what was given."""

    def __init__(self, *, words: str, low: int, high: int, mark: int | None, **kwargs: Any) -> None:
        self.words, self.low, self.high = words, low, high
        super().__init__(widget=Slider(low=low, high=high, mark=mark), **kwargs)

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and self.low <= int(text) <= self.high):
            raise forms.ValidationError(self.words.format(f"“{text[:20]}”"))
        return int(text)


def _text(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
