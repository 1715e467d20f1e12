"""What is typed about people: searching, and saying who somebody is."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.design.dates import PartialDate
from alongside.design.forms import Answer, GovukForm
from alongside.people.models import HOW_KNOWN, SEXES
from alongside.people.records import UPRN, AddressSaid, PersonSaid

PURPOSES = [
    ("safeguarding", "I am worried about somebody’s safety"),
    ("call", "I am recording a call, report or disclosure"),
    ("case", "I work on a case of theirs"),
]


class PersonForm(GovukForm):
    """What is known of somebody first of all; none of it has to be."""

    given_name = forms.CharField(label="Given name", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    date_of_birth = PartialDate(
        label="Date of birth", help_text="Give what is known. Only the year is fine.", required=False
    )
    sex = forms.ChoiceField(label="Sex", choices=[("", "Not known"), *SEXES], required=False)


class SearchForm(PersonForm):
    """What is known of the person looked for. At least a name with something beside it, a telephone number or an NHS number."""

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


ANSWERS = [("same", "Same person"), ("different", "Not the same"), ("unsure", "Not sure")]


class AnswerForm(GovukForm):
    """What is said about one record: the choice on its card, and how it is known. Nothing chosen is safe, and kept nowhere."""

    who = forms.ChoiceField(label="Same person?", choices=[("", ""), *ANSWERS], required=False)
    how = forms.ChoiceField(label="How do you know?", choices=[("", "Choose"), *HOW_KNOWN], required=False)
    reason = forms.CharField(
        label="In a few words, without names", max_length=500, required=False, widget=forms.TextInput
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=36)

    def add_prefix(self, field_name: str) -> str:
        return f"{field_name}-{self.prefix}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") in ("same", "different"):
            if not data.get("how"):
                self.add_error("how", "Say how you know. “Not sure” needs no reason.")
            elif data["how"] == "other" and not data.get("reason"):
                self.add_error("reason", "Say how you know.")
        return data


class SecondForm(GovukForm):
    """A second person's look at what was said of somebody protected."""

    agrees = forms.ChoiceField(
        label="Do you agree?",
        choices=[("yes", "Yes: it counts from now on"), ("no", "No: it ends, and all is as it was before")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether you agree. While you do not, nothing counts."},
    )
    why = forms.CharField(
        label="Why not? In a few words, without names", max_length=500, required=False, widget=forms.TextInput
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("agrees") == "no" and not data.get("why"):
            self.add_error("why", "Say why you do not agree.")
        return data


class ProtectForm(GovukForm):
    """Why somebody is protected, or no longer."""

    reason = forms.CharField(
        label="Why?", help_text="Sealed. No address and no place.", max_length=500, widget=forms.TextInput
    )


class ChangeForm(PersonForm):
    """A record put right, and what is added to it."""

    other_name = forms.CharField(label="Another name", max_length=300, required=False)
    phone = forms.CharField(label="Another telephone number", max_length=30, required=False)
    email = forms.EmailField(label="Email address", max_length=200, required=False)
    lines = forms.CharField(
        label="Another address: number and street, town", help_text=UPRN, max_length=300, required=False
    )
    postcode = forms.CharField(label="Its postcode", max_length=10, required=False)
    current = Answer(label="Does this person live there now?")
    confidential = Answer(
        label="Is that address confidential?",
        help_text="A confidential address is never looked up by, and protects the person.",
    )
    ADDED = ("other_name", "phone", "email", "lines", "postcode", "current", "confidential")

    def put_right(self) -> dict[str, str]:
        """What the record should say."""
        data = self.cleaned_data
        return {name: data[name] or "" for name in ("given_name", "family_name", "date_of_birth", "sex")}

    def added(self) -> PersonSaid:
        """What was not on record."""
        data = self.cleaned_data
        known = {"yes": True, "no": False}
        address = AddressSaid(
            data["lines"], data["postcode"], known.get(data["current"]), known.get(data["confidential"])
        )
        return PersonSaid(
            ref="",
            other_names=[data["other_name"]] if data["other_name"] else [],
            phones=[data["phone"]] if data["phone"] else [],
            email=data["email"],
            addresses=[address] if data["lines"] or data["postcode"] else [],
        )
