"""What the duty manager answers and decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from alongside.casework.actions.deciding import Answered
from alongside.casework.codes import OUTCOMES
from alongside.casework.forms.referrals import LAW, PROTECTS, basis_choices
from alongside.casework.models import Referral
from alongside.casework.queries import receiving
from alongside.design.dates import Date
from alongside.design.forms import NOT_KNOWN, YES_NO, Answer, GovukForm
from alongside.duties.conduct import FACTS as CONDUCT

CONDUCT_WORDS = {
    "honour_based_abuse": "Abuse in the name of honour",
    "forced_marriage": "A forced marriage",
    "fgm": "Female genital mutilation, or a risk of it",
}
NONE = "none"
VALUES = {"yes": True, "no": False}


class DecisionForm(GovukForm):
    """The decision with its reason, and the few answers that decide which outcomes are open.

    `asks` are (fact, child's id or "", question); an answer left empty says nothing.
    """

    outcome = forms.ChoiceField(
        label="Your decision",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the decisions."},
    )
    reason = forms.CharField(
        label="Why you decide so",
        help_text="The sender reads this. Do not write what they should not know.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence why you decide so."},
    )
    look_again_on = Date(
        label="Look again on", help_text="Only when you ask for more information first.", required=False
    )
    services_considered = forms.CharField(
        label="Services considered",
        help_text="Which other help you considered for the child or the family. Optional.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    contact_family = Answer(
        label="Will you contact the family about this report?", choices=[("yes", "Yes"), ("no", "No, not now")]
    )
    conduct = forms.MultipleChoiceField(
        label="Before you contact the family: does anything point to …",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    share_basis = forms.ChoiceField(
        label="What allows you to share your answers?", help_text=LAW, widget=forms.RadioSelect, required=False
    )
    share_reason = forms.CharField(
        label="I share them because …",
        help_text="In a sentence. Needed only where you have answered something above.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        service: str,
        asks: Sequence[tuple[str, str, str]] = (),
        answered: Mapping[tuple[str, str], Any] | None = None,
        conduct: Mapping[str, bool] | None = None,
    ) -> None:
        known = conduct or {}
        ticked = [name for name in CONDUCT if known.get(name)]
        basis = PROTECTS[service]
        start: dict[str, Any] = {
            "share_basis": basis,
            "conduct": ticked or ([NONE] if all(known.get(n) is False for n in CONDUCT) else []),
        }
        super().__init__(data, initial=start)
        self.fields["share_basis"].choices = [pair for pair in basis_choices() if pair[0] != "consent"]  # type: ignore[attr-defined]
        self.fields["outcome"].choices = list(OUTCOMES[service].items())  # type: ignore[attr-defined]
        self.fields["conduct"].choices = [*CONDUCT_WORDS.items(), (NONE, "None of these")]  # type: ignore[attr-defined]
        self.asks: dict[str, tuple[str, str]] = {}
        self.held = held = answered or {}
        for name, about, question in asks:
            field = f"ask_{name}_{about}".rstrip("_")
            self.asks[field] = (name, about)
            given = held.get((name, about))
            value = "yes" if given is True else "no" if given is False else None
            self.fields[field] = Answer(label=question, initial=value, choices=[*YES_NO, NOT_KNOWN])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["share_basis"] = found.get("share_basis") or self.initial["share_basis"]
        if (
            found.get("outcome") == "further-information"
            and not found.get("look_again_on")
            and "look_again_on" not in self.errors
        ):
            self.add_error("look_again_on", "Say by which day you will look again.")
        said = found.get("conduct") or []
        if NONE in said and len(said) > 1:
            self.add_error("conduct", "“None of these” stands alone. Untick it, or the others.")
        if self._said() and not (found.get("share_reason") or "").strip():
            self.add_error("share_reason", "Say in a sentence why you share your answers with the sender.")
        return found

    def has_answers(self) -> bool:
        """Whether anything was answered on this page that is not on record already."""
        return bool(self._said())

    def answers(self, referral: Referral) -> list[Answered]:
        """What was answered on this page and is not on record already."""
        return [
            Answered(name, value, receiving.child_of(referral, about) if about else None)
            for name, about, value in self._said()
        ]

    def _said(self) -> list[tuple[str, str, bool]]:
        typed = {asked: self.cleaned_data.get(field) for field, asked in self.asks.items()}
        found = [(*asked, VALUES[said]) for asked, said in typed.items() if said in VALUES] + self._conduct()
        return [one for one in found if self.held.get(one[:2]) is not one[2]]

    def _conduct(self) -> list[tuple[str, str, bool]]:
        said = self.cleaned_data.get("conduct") or []
        if not said or self.cleaned_data.get("contact_family") != "yes":
            return []
        wanted = {name: name in said for name in CONDUCT} if NONE in said else dict.fromkeys(said, True)
        return [(name, "", value) for name, value in wanted.items()]
