"""What is typed for a letter: a day and a place, or counts; never a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.design.dates import Moment
from alongside.design.forms import GovukForm
from alongside.sharing.letters.actions import Said
from alongside.sharing.letters.table import KINDS, Wording

CHECKED = "I have read who this goes to, and nothing in the place or the envelope tells of anybody else"


class WriteForm(GovukForm):
    """Which letter, and the few things that no record holds."""

    kind = forms.ChoiceField(
        label="Which letter?", widget=forms.RadioSelect, error_messages={"required": "Choose a letter."}
    )
    starts_on = Moment(label="When is the appointment?", help_text="For example 27 3 2026 and 2:30pm.", required=False)
    place = forms.CharField(
        label="Where?",
        help_text="An office of yours, as it is written on its door. Never near a home or a school of the family.",
        max_length=120,
        required=False,
    )
    offered = forms.IntegerField(label="Meetings offered", min_value=0, max_value=999, required=False)
    attended = forms.IntegerField(label="Meetings attended", min_value=0, max_value=999, required=False)
    checked = forms.BooleanField(label=CHECKED, error_messages={"required": "Read who this goes to, and tick this."})

    def __init__(self, data: Any = None, *, letters: Iterable[Wording], guarded: bool) -> None:
        super().__init__(data)
        self.letters = {letter.kind: letter for letter in letters}
        self.fields["kind"].choices = [(kind, KINDS[kind]) for kind in self.letters]  # type: ignore[attr-defined]
        if all(letter.has_appointment for letter in self.letters.values()):
            del self.fields["offered"], self.fields["attended"]
        if not guarded:
            del self.fields["checked"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        letter = self.letters.get(said.get("kind", ""))
        if letter is None:
            return said
        needed = ("starts_on", "place") if letter.has_appointment else ("offered", "attended")
        for name in needed:
            if said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, "This is needed for the letter you chose.")
        if (said.get("attended") or 0) > (said.get("offered") or 0):
            self.add_error("attended", "More meetings were attended than offered. Put one of them right.")
        return said

    def said(self) -> Said:
        """As the action takes it: what the chosen letter does not ask for is dropped."""
        given = self.cleaned_data
        if self.letters[given["kind"]].has_appointment:
            return Said(starts_on=given["starts_on"], place=given["place"])
        return Said(offered=given["offered"], attended=given["attended"])
