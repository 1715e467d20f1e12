"""Where records are kept, who is rung, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.agencies.models import Team
from alongside.design.forms import GovukForm
from alongside.sharing.consults.models import KEPT

HINTS = {
    "here": "Choose this only when every record of a person is here. When nothing is found, whoever asks is told “not held”.",
    "remote": "Your agent answers held, not held or cannot tell, and nothing else crosses. Until it has, whoever asks is told to ring.",
    "elsewhere": "Whoever asks is told “cannot tell”, and to ring the team you name.",
}


class EndForm(GovukForm):
    """Why what was said is taken back; `seen` is what was said last when somebody looked."""

    seen = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why, in a sentence",
        help_text="It is kept with your name and the day.",
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": "Say in a sentence why."},
    )


class SourceForm(EndForm):
    """Where an agency keeps its records, and the team that answers for them."""

    kept = forms.ChoiceField(
        label="Where are the records of people kept?",
        choices=list(KEPT.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say where they are kept."},
    )
    team = forms.ChoiceField(label="Which team is rung about them?", required=False)
    field_order = ("seen", "kept", "team", "reason")

    def __init__(self, *args: Any, teams: Iterable[Team], desk: Team | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.fields["kept"].hints = HINTS  # type: ignore[attr-defined]
        none = f"No team in particular: {_name(desk)}" if desk else "Choose a team"
        self.fields["team"].choices = [("", none), *((str(one.pk), _name(one)) for one in teams)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("kept") in ("remote", "elsewhere") and not held.get("team") and self.desk is None:
            self.add_error("team", "Name the team to ring: nobody else answers for these records.")
        return held


def _name(team: Team | None) -> str:
    return f"{team.name}, {team.phone or 'no telephone number on record'}" if team else ""
