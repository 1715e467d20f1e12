"""What is typed into a decision to share, a decision not to, and a second look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from alongside.agencies.models import Team
from alongside.cases.models import CaseMember
from alongside.design.dates import Date
from alongside.design.forms import GovukForm
from alongside.sharing.codes import CONSENT, FREELY
from alongside.sharing.decisions.actions import Letter, Weighed
from alongside.sharing.gateways import GATEWAYS
from alongside.sharing.hooks import Part, Shareable

NOT_KNOWN = "not-known"
ASKED = {
    "given": "I asked, and the answer was yes",
    "refused": "I asked, and the answer was no",
    "not-sought": "I did not ask",
    "not-safe-to-seek": "I did not ask: asking was not safe",
    "withdrawn": "The answer was yes at first, and was taken back",
    NOT_KNOWN: "I do not know whether anybody asked",
}
LONG: dict[str, Any] = {"widget": forms.Textarea(attrs={"rows": 2}), "max_length": 1000}


class ChooseForm(GovukForm):
    """Which record, and which team."""

    record = forms.ChoiceField(
        label="What do you want to share, or decide not to share?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a record."},
    )
    team = forms.ChoiceField(label="With which team?", error_messages={"required": "Choose a team."})

    def __init__(self, data: Any = None, *, records: Iterable[Shareable], teams: Iterable[Team]) -> None:
        super().__init__(data)
        self.fields["record"].choices = [(str(one.id), one.title) for one in records]  # type: ignore[attr-defined]
        named = [(one.code, f"{one.agency.name}, {one.name}") for one in teams]
        self.fields["team"].choices = [("", "Choose a team"), *named]  # type: ignore[attr-defined]


class NotForm(GovukForm):
    """Why something is not shared. The same sentences as for sharing, without those that only sending needs."""

    purpose = forms.CharField(
        label="It was wanted so that …",
        max_length=200,
        error_messages={"required": "Say what it was wanted for."},
    )
    consent = forms.ChoiceField(
        label="Did anybody ask the person?",
        choices=list(ASKED.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether anybody asked."},
    )
    reason = forms.CharField(
        label="I do not share it, because …",
        help_text="What it would do to somebody, or what would be better. It is kept with your name.",
        error_messages={"required": "Say in a sentence why it is not shared."},
        **LONG,
    )
    advice_from = forms.CharField(
        label="Whose advice did you take?",
        help_text="By role, for example “information governance lead”. Optional.",
        max_length=200,
        required=False,
    )
    review_on = Date(label="Look again on", help_text="Optional: the day to ask yourself again.", required=False)

    def __init__(self, data: Any = None, *, on: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.on = on

    def clean_review_on(self) -> date | None:
        day: date | None = self.cleaned_data["review_on"]
        if day is not None and day <= self.on:
            raise forms.ValidationError("The day to look again must lie ahead.")
        return day

    def letter(self) -> Letter:
        """The decision as the action takes it."""
        said = self.cleaned_data
        return Letter(
            purpose=said["purpose"],
            reason=said["reason"],
            gateway=said.get("gateway", ""),
            consent="" if said["consent"] == NOT_KNOWN else said["consent"],
            left_out=self.lines_left_out(),
            weighed=Weighed(
                said.get("necessity", ""),
                said.get("proportionality", ""),
                said.get("withheld_from", ""),
                said["advice_from"],
                said["review_on"],
            ),
        )

    def lines_left_out(self) -> list[str]:
        """What is known and stays behind, one a line."""
        return [text for line in self.cleaned_data.get("left_out", "").splitlines() if (text := line.strip())]


class LetterForm(NotForm):
    """The letter to oneself. The parts of the record are ticked one by one, and none is ticked before somebody has."""

    parts = forms.MultipleChoiceField(
        label="I want to share",
        help_text="Tick only what they need. What you do not tick, they do not see.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one part, or decide not to share."},
    )
    gateway = forms.ChoiceField(
        label="The law allows it …",
        help_text="Every one of these is to be confirmed by your partnership. Not sure? Ask the person named below.",
        choices=[(code, one.words) for code, one in GATEWAYS.items() if code != "school"],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what allows it."},
    )
    necessity = forms.CharField(
        label="It is needed, because …",
        help_text="What they could not do without it.",
        error_messages={"required": "Say why it is needed."},
        **LONG,
    )
    proportionality = forms.CharField(
        label="No more goes than that, because …",
        help_text="Why this much, and not less or more.",
        error_messages={"required": "Say why no more goes."},
        **LONG,
    )
    left_out = forms.CharField(
        label="I leave out …",
        help_text="What else you know and do not send. One thing a line. They do not see this. Optional.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    withheld_from = forms.CharField(
        label="It must not reach …",
        help_text="Whoever would be a danger if they learned of it. They read this with what you send. Optional.",
        max_length=500,
        required=False,
    )
    field_order = (
        "parts",
        "purpose",
        "gateway",
        "consent",
        "reason",
        "necessity",
        "proportionality",
        "left_out",
        "withheld_from",
        "advice_from",
        "review_on",
    )

    def __init__(self, data: Any = None, *, source: Shareable, on: date, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.source = source
        self.fields["purpose"].label = "so that …"
        self.fields["purpose"].error_messages["required"] = "Say what it is for."
        self.fields["reason"].label = "I asked, or did not ask, because …"
        self.fields["reason"].help_text = "And what you share it for, in a sentence. It is kept with your name."
        self.fields["reason"].error_messages["required"] = "Say in a sentence why."
        self.fields["gateway"].hints = {code: one.hint for code, one in GATEWAYS.items()}  # type: ignore[attr-defined]
        self.fields["parts"].choices = [(one.key, f"{one.label}: {_short(one.text)}") for one in source.parts]  # type: ignore[attr-defined]
        if source.is_case:
            del self.fields["parts"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        if held.get("gateway") == "consent" and held.get("consent") != "given":
            self.add_error("gateway", "Agreement is what allows it only where the answer below is yes. Choose another.")
        return held

    def chosen(self) -> list[Part]:
        """The parts that go."""
        ticked = set(self.cleaned_data.get("parts", ()))
        return [part for part in self.source.parts if part.key in ticked]


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 90 else f"{flat[:88]} …"


class AgainForm(GovukForm):
    """A second look at a share that stands, or at one that a withdrawal has ended."""

    outcome = forms.ChoiceField(
        label="What becomes of it?", widget=forms.RadioSelect, error_messages={"required": "Choose one."}
    )
    freely = forms.ChoiceField(
        label="Did the person take consent back freely?",
        help_text="Somebody may have made them. Ask only where it is safe; not being able to ask is an answer.",
        choices=[(code, words[0].upper() + words[1:]) for code, words in FREELY.items() if code],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was taken back freely, as far as can be told."},
    )
    reason = forms.CharField(
        label="Because …",
        help_text="It is kept with your name.",
        error_messages={"required": "Say in a sentence why."},
        **LONG,
    )
    next_on = Date(label="Look again on", help_text="Only where it goes on.", required=False)

    def __init__(self, data: Any = None, *, is_live: bool, withdrawn: bool, on: date) -> None:
        super().__init__(data)
        self.on = on
        live = [
            ("goes-on", "It goes on: there is still a reason to share it"),
            ("ended", "It ends now: their door closes at once"),
        ]
        self.fields["outcome"].choices = live if is_live else [("stays-ended", "It stays ended")]  # type: ignore[attr-defined]
        if not is_live:
            self.fields["outcome"].initial = "stays-ended"
            del self.fields["next_on"]
        if not withdrawn:
            del self.fields["freely"]

    def clean(self) -> dict[str, Any]:
        held = super().clean() or {}
        day = held.get("next_on")
        if held.get("outcome") == "goes-on" and (day is None or day <= self.on):
            self.add_error("next_on", "Say on which day to come you look at it again.")
        return held


class SaidForm(GovukForm):
    """What somebody says about sharing, now."""

    person = forms.ChoiceField(
        label="Who said it?", widget=forms.RadioSelect, error_messages={"required": "Say who said it."}
    )
    status = forms.ChoiceField(
        label="What about sharing with other agencies?",
        choices=[(code or NOT_KNOWN, words[0].upper() + words[1:]) for code, words in CONSENT.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what was said."},
    )

    def __init__(self, data: Any = None, *, people: Iterable[CaseMember]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [(str(one.person_id), one.person.initials) for one in people]  # type: ignore[attr-defined]

    def word(self) -> str:
        """What was said, "" for not known."""
        said: str = self.cleaned_data["status"]
        return "" if said == NOT_KNOWN else said
