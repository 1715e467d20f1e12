"""An agency that joins."""

from __future__ import annotations

from django import forms

from alongside.agencies.codes import AGENCY_KINDS
from alongside.design.forms import GovukForm


class NewAgencyForm(GovukForm):
    """What the agency is, and how one made sure of it."""

    name = forms.CharField(
        label="Name",
        help_text="As its staff will read it.",
        max_length=120,
        error_messages={"required": "Enter its name."},
    )
    code = forms.SlugField(
        label="Code",
        help_text="Small letters and hyphens, as in the partnership's file: coventry-housing.",
        max_length=80,
        error_messages={"required": "Enter its code.", "invalid": "Use small letters, figures and hyphens alone."},
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[("", "Choose one"), *AGENCY_KINDS.items()],
        error_messages={"required": "Choose what it is."},
    )
    rang = forms.CharField(
        label="Whom did you ring, and where does the number come from?",
        help_text=(
            "For example: I rang the duty manager through the switchboard on the council's own site. A number that came with the request "
            "shows nothing."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say whom you rang, and where the number comes from."},
    )
