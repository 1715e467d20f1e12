"""What is typed about papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from alongside.agencies.models import Team
from alongside.design.forms import GovukForm
from alongside.releases.codes import HOW, LEFT_OUT, SIDES
from alongside.releases.queries.papers import Offer
from alongside.sharing.codes import CONSENT
from alongside.sharing.gateways import GATEWAYS
from alongside.sharing.hooks import Part, Shareable

NOT_KNOWN = "not-known"
COURT = "court"


def _area(**more: Any) -> forms.CharField:
    return forms.CharField(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **more)


class BeginForm(GovukForm):
    """For whom, from which records, and what for."""

    to = forms.ChoiceField(
        label="Whom is it for?",
        help_text="One recipient. Somebody else who needs it gets a paper of their own.",
        widget=forms.RadioSelect,
        error_messages={"required": "Say whom it is for."},
    )
    team = forms.ChoiceField(label="Which team?", help_text="For a team alone.", required=False)
    name = forms.CharField(
        label="The name of the court, or of whoever receives it",
        help_text="As it stands on the paper. For a team it is filled in for you.",
        max_length=200,
        required=False,
    )
    records = forms.MultipleChoiceField(
        label="From which records?",
        help_text="For a team or a court. To a person goes only what is their own.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    purpose = forms.CharField(
        label="So that …",
        help_text="What it is for. The recipient reads this. No name, no place.",
        max_length=200,
        error_messages={"required": "Say what it is for."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        teams: Iterable[Team],
        people: Iterable[tuple[str, str, str]],
        held: Iterable[Shareable],
    ) -> None:
        super().__init__(data)
        self.teams = {one.code: one for one in teams}
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "Choose a team"),
            *((code, f"{one.agency.name}, {one.name}") for code, one in self.teams.items()),
        ]
        named = [(f"{side}:{pk}", f"{initials}: {SIDES[side]}") for side, pk, initials in people]
        self.fields["to"].choices = [("team", "A team of another agency"), (COURT, "A court"), *named]  # type: ignore[attr-defined]
        self.fields["records"].choices = [(str(one.id), one.title) for one in held]  # type: ignore[attr-defined]

    @property
    def side(self) -> str:
        """The code of the side."""
        return str(self.cleaned_data["to"]).partition(":")[0]

    @property
    def person(self) -> str:
        """The id of whose own data goes, "" for a team or a court."""
        return str(self.cleaned_data["to"]).partition(":")[2]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        side = str(held.get("to", "")).partition(":")[0]
        if side == "team" and not held.get("team"):
            self.add_error("team", "Choose the team.")
        if side and side != "team" and not held.get("name", "").strip():
            self.add_error("name", "Say who is named on the paper.")
        if side in ("team", COURT) and not held.get("records"):
            self.add_error("records", "Choose at least one record.")
        if side not in ("", "team", COURT) and held.get("records"):
            self.add_error("records", "To a person goes only what is their own. Leave the records unticked.")
        return held


class WriteForm(GovukForm):
    """What goes, part by part, why the rest does not, and a note in words. `offers` are what may be chosen."""

    parts = forms.MultipleChoiceField(
        label="What goes",
        help_text="What you do not tick, they do not see, nor that it was left out.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why_left = forms.ChoiceField(
        label="What I did not tick is left out, because …",
        choices=[(code, reason.whole) for code, reason in LEFT_OUT.items()],
        initial="not-needed",
        widget=forms.RadioSelect,
        error_messages={"required": "Say why the rest is left out."},
    )
    note = _area(
        label="A note in your own words",
        help_text="Optional. It is looked through for places, numbers, schools and surgeries before it goes.",
        required=False,
    )
    purpose = forms.CharField(label="So that …", max_length=200, error_messages={"required": "Say what it is for."})
    gateway = forms.ChoiceField(
        label="The law allows it …",
        help_text="Every one of these is to be confirmed by your partnership.",
        choices=[(code, one.words) for code, one in GATEWAYS.items() if code != "school"],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what allows it."},
    )
    consent = forms.ChoiceField(
        label="Did anybody ask the person?",
        choices=[(code or NOT_KNOWN, words[0].upper() + words[1:]) for code, words in CONSENT.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether anybody asked."},
    )
    reason = _area(
        label="This much goes and no more, because …",
        help_text="Kept with your name; the recipient does not read it.",
        error_messages={"required": "Say why this much goes and no more."},
    )

    def __init__(self, data: Any = None, *, side: str, offers: Sequence[Offer], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.side, self.offers = side, offers
        may = [one.part for one in offers if not one.never]
        self.fields["parts"].choices = [(one.key, f"{one.label}: {short(one.text)}") for one in may]  # type: ignore[attr-defined]
        if not may:
            del self.fields["parts"]
        if side != "team":
            del self.fields["gateway"], self.fields["consent"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("gateway") == "consent" and held.get("consent") != "given":
            self.add_error("gateway", "Agreement is what allows it only where the answer below is yes. Choose another.")
        return held

    def chosen(self) -> list[Part]:
        """The parts that go."""
        ticked = set(self.cleaned_data.get("parts", ()))
        return [one.part for one in self.offers if not one.never and one.part.key in ticked]

    def left_out(self) -> dict[str, str]:
        """Labels of the parts that do not, each with the code of why."""
        going = {part.key for part in self.chosen()}
        why = self.cleaned_data["why_left"]
        return {one.part.label: one.never or one.unless or why for one in self.offers if one.part.key not in going}


def short(text: str) -> str:
    """A part in one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else f"{flat[:88]} …"


class WhyForm(GovukForm):
    """Why something is sent back, or called back."""

    why = forms.CharField(
        label="Because …",
        help_text="No name and no place: it stands in the history of the paper.",
        max_length=300,
        error_messages={"required": "Say in a sentence why."},
    )


class CopyForm(GovukForm):
    """How a copy reaches its recipient."""

    how = forms.ChoiceField(
        label="How does it reach them?",
        choices=[(code, words[0].upper() + words[1:]) for code, words in HOW.items() if code != "read"],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it reaches them."},
    )


class WhoseForm(GovukForm):
    """A mark, or all the words of a print."""

    text = forms.CharField(
        label="The mark, or all the words of the paper",
        help_text="It looks like K7Q4-9F3A-XRT and stands at the head and foot of every page.",
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Type the mark."},
    )
