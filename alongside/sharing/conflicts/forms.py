"""What is typed about conflicts of interest."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.design.dates import PartialDate
from alongside.design.forms import GovukForm
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.conflicts.models import ASKED, RELATIONS


def _sentence(label: str, help_text: str = "", *, needed: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": needed},
    )


class CloseForm(GovukForm):
    """Somebody close to whoever fills it in, or they themselves. Enough has to be given that somebody can be found by it."""

    relation = forms.ChoiceField(
        label="Who is this?",
        choices=[("", "Choose"), *RELATIONS.items()],
        error_messages={"required": "Say who this is to you."},
    )
    given_name = forms.CharField(label="Given name", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    other_name = forms.CharField(
        label="Another name they are or were known by",
        max_length=300,
        required=False,
        help_text="Before a marriage, for example.",
    )
    date_of_birth = PartialDate(label="Date of birth", help_text="Give what is known.", required=False)
    phone = forms.CharField(label="Telephone number", max_length=30, required=False)
    email = forms.CharField(label="E-mail address", max_length=200, required=False)
    lines = forms.CharField(
        label="Number of the house and street",
        max_length=300,
        required=False,
        help_text="For example 14 Sample Street.",
    )
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)

    def said(self) -> PersonSaid:
        """The person as typed."""
        data = self.cleaned_data
        address = AddressSaid(data["lines"], data["postcode"], current=True)
        return PersonSaid(
            ref="close",
            given_name=data["given_name"],
            family_name=data["family_name"],
            other_names=[data["other_name"]] if data["other_name"] else [],
            date_of_birth=data["date_of_birth"] or "",
            phones=[data["phone"]] if data["phone"] else [],
            email=data["email"],
            addresses=[address] if data["lines"] or data["postcode"] else [],
        )


class DeclareForm(GovukForm):
    """Who somebody in a case is to whoever works on it."""

    reason = _sentence(
        "Who are they to you?",
        "Two safeguarding leads may read this. Give no names.",
        needed="Say who they are to you.",
    )


class TellForm(GovukForm):
    """A member of staff whom a lead was told of, and the case."""

    reference = forms.CharField(
        label="Reference of the case", max_length=12, help_text="A case that you may open yourself."
    )
    agency = forms.ChoiceField(label="Where do they work?")
    email = forms.EmailField(label="Their work e-mail address")
    reason = _sentence("Who told you, and what?", needed="Say who told you, and what.")

    def __init__(self, *args: Any, agencies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].choices = [("", "Choose"), *agencies]  # type: ignore[attr-defined]


class AskForm(GovukForm):
    """Asking a lead of another agency."""

    what = forms.ChoiceField(
        label="What do you ask for?",
        choices=[(code, words.capitalize()) for code, words in ASKED.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what you ask for."},
    )
    reason = _sentence("Why?", "The lead who answers reads this.", needed="Say why.")


class AnswerForm(GovukForm):
    """The answer of a lead of another agency."""

    agreed = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree. Until you do, nothing changes."},
    )


class CarryOnForm(GovukForm):
    """Who does the work now."""

    how = forms.CharField(
        label="Who carries it on?",
        help_text="A team or a role is enough. Give no name of anybody in the case.",
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": "Say who carries it on."},
    )
