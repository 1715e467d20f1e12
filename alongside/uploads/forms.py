"""What is said of a file when it is added."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.agencies.access import Refused
from alongside.design.forms import GovukForm
from alongside.uploads.codes import KINDS
from alongside.uploads.sniffing import media_type


class AddForm(GovukForm):
    """The file, what it is, and a few words by which colleagues find it again."""

    file = forms.FileField(
        label="The file",
        help_text="PDF, photograph (JPEG), picture (PNG) or plain text, up to 20 MB. Its name is not kept.",
        error_messages={
            "required": "Choose the file. If you chose one before, choose it again: a browser does not keep it.",
            "empty": "The file is empty. Choose another.",
        },
    )
    kind = forms.ChoiceField(
        label="What is it?",
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say what it is."},
    )
    about = forms.CharField(
        label="In a few words",
        help_text="For colleagues who look for it: what it shows, from when. It is kept sealed.",
        max_length=200,
        required=False,
    )

    def clean_file(self) -> Any:
        """The bytes and what they are, by their content."""
        data = self.cleaned_data["file"].read()
        try:
            return data, media_type(data)
        except Refused as reason:
            raise forms.ValidationError(str(reason)) from None
