"""Who starts, who leaves, whose sign-in is set up anew, and what a second person says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.agencies.models import Team
from alongside.agencies.roles import ROLES
from alongside.design.forms import GovukForm
from alongside.staffing.access import OVERSIGHT


def _sentence(label: str, hint: str = "It is kept with your name and the day.") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": "Say it in a sentence."},
    )


class ReasonForm(GovukForm):
    """Why somebody's access ends now."""

    reason = _sentence("Why, in a sentence")


class JoinForm(ReasonForm):
    """Somebody new: the address they sign in with, their name, what they are and where they work."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter their name."})
    email = forms.EmailField(
        label="Work email address",
        help_text="They sign in with it, and notices go there.",
        error_messages={
            "required": "Enter their work address.",
            "invalid": "Enter an address such as name@agency.example.",
        },
    )
    role = forms.ChoiceField(label="Role", error_messages={"required": "Choose what they are."})
    team = forms.ChoiceField(label="Team", error_messages={"required": "Choose where they work."})
    subject = forms.CharField(
        label="Their identifier in your directory",
        help_text="The “subject” by which your directory names them, not their address. Leave it empty to give them words to begin with.",
        max_length=191,
        required=False,
    )
    field_order = ("name", "email", "role", "team", "subject", "reason")

    def __init__(self, *args: Any, teams: Iterable[Team], all_roles: bool, has_directory: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_directory:
            del self.fields["subject"]
        roles = [
            (code, one.label)
            for code, one in ROLES.items()
            if code != "service" and (all_roles or code not in OVERSIGHT)
        ]
        self.fields["role"].choices = [("", "Choose a role"), *roles]  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Choose a team"), *((str(one.pk), one.name) for one in teams)]  # type: ignore[attr-defined]


class DecideForm(GovukForm):
    """What a second person decides, and how they made sure."""

    decision = forms.ChoiceField(
        label="What do you decide?", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    why = _sentence(
        "How did you make sure?",
        "For example: I rang them on the number their agency gave us when they started. A number or address somebody has just told you shows nothing.",
    )

    def __init__(self, *args: Any, confirm: str, refuse: str, example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if example:
            self.fields["why"].help_text = example
        self.fields["decision"].choices = [("confirm", confirm), ("refuse", refuse)]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Which session is ended: its number, or `others` for all but this one."""

    which = forms.RegexField(r"^(\d{1,18}|others)$")
