"""What is typed about people: searching, and saying who somebody is."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.design.dates import PartialDate
from alongside.design.forms import GovukForm
from alongside.people.models import SEXES
from alongside.people.records import AddressSaid, PersonSaid

PURPOSES = [
    ("safeguarding", "I am worried about somebody’s safety"),
    ("call", "I am recording a call, report or disclosure"),
    ("case", "I work on a case of theirs"),
]


class SearchForm(GovukForm):
    """What is known of the person looked for. At least a name with something beside it, a telephone number or an NHS number."""

    given_name = forms.CharField(label="Given name", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    date_of_birth = PartialDate(
        label="Date of birth", help_text="Give what is known. Only the year is fine.", required=False
    )
    sex = forms.ChoiceField(label="Sex", choices=[("", "Not known"), *SEXES], required=False)
    postcode = forms.CharField(label="Postcode", max_length=10, required=False)
    phone = forms.CharField(label="Telephone number", max_length=30, required=False)
    nhs_number = forms.CharField(label="NHS number", max_length=20, required=False)
    purpose = forms.ChoiceField(
        label="Why do you look?",
        help_text="Kept with your name and the time.",
        widget=forms.RadioSelect,
        choices=PURPOSES,
        error_messages={"required": "Say why you look."},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = bool(data.get("given_name") or data.get("family_name"))
        beside = [name for name in ("date_of_birth", "postcode") if data.get(name)]
        sure = any(data.get(name) for name in ("phone", "nhs_number"))
        both = bool(data.get("given_name") and data.get("family_name"))
        if not self.errors and not (sure or both or (named and beside)):
            raise forms.ValidationError(
                "Give both names, or a name with a date of birth or postcode, or a telephone or NHS number."
            )
        return data

    def said(self) -> PersonSaid:
        """The person as typed."""
        data = self.cleaned_data
        return PersonSaid(
            ref="sought",
            given_name=data["given_name"],
            family_name=data["family_name"],
            date_of_birth=data["date_of_birth"] or "",
            sex=data["sex"],
            nhs_number=data["nhs_number"],
            phones=[data["phone"]] if data["phone"] else [],
            addresses=[AddressSaid(postcode=data["postcode"])] if data["postcode"] else [],
        )
