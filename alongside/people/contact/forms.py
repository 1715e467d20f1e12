"""What is typed about reaching somebody: how they said they may be reached, what is to be done, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms

from alongside.clock import ContactWindow, exact, read_windows
from alongside.design.forms import NOT_KNOWN, YES_NO, Answer, GovukForm
from alongside.people.contact import codes
from alongside.people.models import CHANNELS, Address
from alongside.people.models.contacting import DAYS
from alongside.people.records import SafeContactSaid

KNOWN = {"yes": True, "no": False}
WITH_A_VALUE = ("phone", "text", "email")
NEVER = "Sealed. Never an address."


def answer(label: str, help_text: str = "") -> Answer:
    """Yes, no or not known."""
    return Answer(label=label, help_text=help_text, choices=(*YES_NO, NOT_KNOWN))


def line(label: str, help_text: str = "", most: int = 200, width: str = "") -> forms.CharField:
    """A short text that may stay empty."""
    widget = forms.TextInput({"classes": f"govuk-input--width-{width}"} if width else {})
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False, widget=widget)


class ClockTime(forms.CharField):
    """A time of day as "09:00" or "9am"; None when left empty."""

    def clean(self, value: Any) -> time | None:
        typed = super().clean(value).strip().lower().replace(" ", "")
        for form in ("%H:%M", "%I:%M%p", "%I%p"):
            try:
                return datetime.strptime(typed, form).time() if typed else None  # noqa: DTZ007 - a time of day
            except ValueError:
                continue
        raise forms.ValidationError("Write the time like 09:00 or 9am.")


def clock_time(label: str) -> ClockTime:
    return ClockTime(
        label=label, max_length=8, required=False, widget=forms.TextInput({"classes": "govuk-input--width-5"})
    )


class WayForm(GovukForm):
    """One way of reaching somebody, as they said it today. What is left open is *not known*, and then nobody uses this way."""

    channel = forms.ChoiceField(
        label="Which way?",
        widget=forms.RadioSelect,
        choices=[(code, words[0].upper() + words[1:]) for code, words in CHANNELS],
        error_messages={"required": "Choose which way."},
    )
    value = line("Number or email address", "For telephone, text message and email.", width="20")
    goes_to = forms.ChoiceField(
        label="For a letter: which address?",
        help_text="Only addresses where this person lives now. To read them, open the page of the person.",
        required=False,
    )
    safe = answer("Did they say that this way is safe?")
    monitored = answer(
        "May somebody else see or hear it?", "Looking over it, listening, reading messages, opening post."
    )
    shared = answer("Is the telephone, computer, account or letter box shared with anybody?")
    when = forms.ChoiceField(
        label="When is it safe?",
        widget=forms.RadioSelect,
        choices=[("any", "At any time"), ("hours", "Only in these hours"), ("not-known", "Not known")],
        required=False,
    )
    days = forms.MultipleChoiceField(
        label="On which days?",
        widget=forms.CheckboxSelectMultiple,
        choices=[(str(day), name) for day, name in DAYS],
        required=False,
    )
    opens = clock_time("From")
    closes = clock_time("Until")
    hours = line(
        "Other hours, or what hours cannot say",
        "Written exactly like Sat 10:00-12:00; Sun 14:00-16:00 they are kept to. Anything else a colleague reads each time, and nothing "
        "is sent by itself.",
    )
    answered_by = forms.ChoiceField(
        label="Who may answer, or be there?",
        widget=forms.RadioSelect,
        choices=[(code or "not-known", words) for code, words in codes.WHO_MAY_ANSWER],
        required=False,
    )
    who_may_answer = line("Who else may answer?", "Without surnames.")
    may_leave = answer("May a message, or anything printed, be left?")
    code_word = line("A word agreed with them, by which they know it is you", "Sealed.", most=100, width="20")
    say_to_others = line(
        "What to say if somebody else answers", "Sealed. Nothing that tells who you are or what it is about."
    )
    note = line("Anything else to mind", NEVER, most=500)

    def __init__(self, *args: Any, addresses: Sequence[Address], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [
            (str(row.pk), f"Address {number} of this record{', confidential' if row.confidential else ''}")
            for number, row in enumerate(addresses, 1)
        ]
        self.fields["goes_to"].choices = [("", "None"), *told]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        channel, safe = data.get("channel"), data.get("safe") == "yes"
        if channel in WITH_A_VALUE and safe and not data.get("value"):
            self.add_error("value", "Give the number or email address that is safe.")
        if channel == "letter" and safe and not data.get("goes_to"):
            self.add_error("goes_to", "Choose an address where this person lives now.")
        parts = [data.get(name) for name in ("days", "opens", "closes")]
        if any(parts) and not all(parts):
            self.add_error("days", "Give days, from when and until when, or none of the three.")
        elif all(parts) and parts[1] == parts[2]:
            self.add_error("closes", "The hours must not end as they begin.")
        elif data.get("when") == "hours" and not any(parts) and not data.get("hours"):
            self.add_error("days", "Say on which days and in which hours.")
        return data

    def said(self) -> SafeContactSaid:
        """The way as told. Words beside the hours make it words altogether: a colleague reads them before anything is done."""
        data = self.cleaned_data
        windows, words = self._hours()
        when = "hours" if windows and not words else "any" if data["when"] == "any" and not words else ""
        said_by = data["answered_by"]
        return SafeContactSaid(
            channel=data["channel"],
            value=data["value"] if data["channel"] in WITH_A_VALUE else "",
            safe=KNOWN.get(data["safe"]) if data["channel"] != "none" else False,
            monitored=KNOWN.get(data["monitored"]),
            shared=KNOWN.get(data["shared"]),
            when=when,
            windows=windows if when == "hours" else (),
            hours="; ".join(filter(None, (exact(windows) if words else "", words)))[:200],
            answered_by="" if said_by == "not-known" else said_by,
            who_may_answer=data["who_may_answer"],
            may_leave=KNOWN.get(data["may_leave"]),
            code_word=data["code_word"],
            say_to_others=data["say_to_others"],
            note=data["note"],
        )

    def _hours(self) -> tuple[tuple[ContactWindow, ...], str]:
        """Windows, and words that are none."""
        data = self.cleaned_data
        ticked = frozenset(int(day) for day in data["days"])
        own = (ContactWindow(ticked, data["opens"], data["closes"]),) if ticked and data["when"] != "any" else ()
        more = read_windows(data["hours"]) if data["hours"] else ()
        return (own, data["hours"]) if more is None else ((*own, *more), "")


class ReachForm(GovukForm):
    """What is about to be done."""

    act = forms.ChoiceField(
        label="What are you about to do?",
        widget=forms.RadioSelect,
        choices=list(codes.ACTS.items()),
        error_messages={"required": "Choose what you are about to do."},
    )


class TriedForm(GovukForm):
    """What came of it."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        widget=forms.RadioSelect,
        choices=codes.OUTCOMES,
        error_messages={"required": "Choose what came of it."},
    )
    why = line("Why, although the answer was not yes?", "Sealed. Only needed then.", most=500)
    note = line("What the next colleague must know", "Sealed. Neutral words; never an address.", most=500)


class CloseForm(GovukForm):
    """How something that waited for a colleague ended."""

    closing = forms.ChoiceField(
        label="How did it end?",
        widget=forms.RadioSelect,
        choices=codes.CLOSINGS,
        error_messages={"required": "Choose how it ended."},
    )
    why = forms.CharField(
        label="In a sentence, without names",
        help_text="Sealed.",
        max_length=500,
        error_messages={"required": "Say in a sentence how it ended."},
    )
