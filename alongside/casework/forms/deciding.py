"""What the duty manager answers and decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from alongside.casework.actions.deciding import Answered
from alongside.casework.codes import OUTCOMES
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
        start: dict[str, Any] = {"conduct": ticked or ([NONE] if all(known.get(n) is False for n in CONDUCT) else [])}
        super().__init__(data, initial=start)
        self.fields["outcome"].choices = list(OUTCOMES[service].items())  # type: ignore[attr-defined]
        self.fields["conduct"].choices = [*CONDUCT_WORDS.items(), (NONE, "None of these")]  # type: ignore[attr-defined]
        self.asks: dict[str, tuple[str, str]] = {}
        held = answered or {}
        for name, about, question in asks:
            field = f"ask_{name}_{about}".rstrip("_")
            self.asks[field] = (name, about)
            given = held.get((name, about))
            value = "yes" if given is True else "no" if given is False else None
            self.fields[field] = Answer(label=question, initial=value, choices=[*YES_NO, NOT_KNOWN])

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if (
            found.get("outcome") == "further-information"
            and not found.get("look_again_on")
            and "look_again_on" not in self.errors
        ):
            self.add_error("look_again_on", "Say by which day you will look again.")
        said = found.get("conduct") or []
        if NONE in said and len(said) > 1:
            self.add_error("conduct", "“None of these” stands alone. Untick it, or the others.")
        return found

    def answers(self, referral: Referral) -> list[Answered]:
        """What was answered on this page and is not on record already."""
        held = receiving.own_answers(referral)
        found = []
        for field, (name, about) in self.asks.items():
            said = self.cleaned_data.get(field)
            if said in VALUES and held.get((name, about)) is not VALUES[said]:
                person = receiving.child_of(referral, about) if about else None
                found.append(Answered(name, VALUES[said], person))
        return [*found, *self._conduct(held)]

    def _conduct(self, held: Mapping[tuple[str, str], Any]) -> Iterable[Answered]:
        said = self.cleaned_data.get("conduct") or []
        if not said or self.cleaned_data.get("contact_family") != "yes":
            return []
        wanted = {name: name in said for name in CONDUCT} if NONE in said else dict.fromkeys(said, True)
        return [Answered(name, value) for name, value in wanted.items() if held.get((name, "")) is not value]
