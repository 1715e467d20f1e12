"""What is typed into a referral, into a decision not to refer, and at the telephone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from alongside.casework.actions.referrals import Content
from alongside.casework.queries.drafts import Draft
from alongside.design.dates import Date, Moment
from alongside.design.forms import Answer, GovukForm
from alongside.sharing.actions import Weighed
from alongside.sharing.codes import BASES, CONSENT

YES_NO = [("yes", "Yes"), ("no", "No"), ("not-known", "Not known")]
NOT_KNOWN = "not-known"
LAW = "Which law stands behind each is for your partnership’s agreement: to be confirmed by your partnership."
SO_THAT = {
    "childrens-social-care": "they can decide what the children need to be safe",
    "adult-social-care": "they can decide what the adult needs to be safe",
}
PROTECTS = {"childrens-social-care": "protect-child", "adult-social-care": "protect-adult"}
REQUIRED = {
    "account": "Say what happened and what worries you.",
    "people": "Tick who the referral is about.",
    "basis": "Choose what allows you to share this.",
    "basis_reason": "Say in a sentence why you share it.",
    "purpose": "Say what it is for.",
}


def consent_choices() -> list[tuple[str, str]]:
    """The six answers about consent, "not known" last."""
    return [(code or NOT_KNOWN, words[0].upper() + words[1:]) for code, words in CONSENT.items()]


def basis_choices() -> list[tuple[str, str]]:
    """The bases a worker may choose; the school's own arrangement is not one of them."""
    return [(code, words) for code, words in BASES.items() if code != "school-notice"]


def _still_there(data: Any, **choices: list[tuple[str, str]]) -> Any:
    """What was typed before, without the ticks of people and facts that are on record no more."""
    if data is None:
        return None
    held = data.copy()
    for name, there in choices.items():
        held.setlist(name, [value for value in held.getlist(name) if value in dict(there)])
    return held


class SharingForm(GovukForm):
    """The part that every referral shares: who, what is known, on what basis, what stays behind."""

    people = forms.MultipleChoiceField(label="Who it is about", widget=forms.CheckboxSelectMultiple)
    with_addresses = forms.BooleanField(
        label="Send the current address of the people ticked",
        help_text="An address that is confidential, or leads to the door of somebody protected, is never sent from here. Tell it by telephone.",
        required=False,
    )
    facts = forms.MultipleChoiceField(
        label="Facts known now, with who said so",
        help_text="Untick what you leave out. The other side sees what you send now, and nothing newer.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    safe_contact = forms.CharField(
        label="How to contact the victim safely",
        help_text="From the record of safe contact. Say also which ways are not safe.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    consent = forms.ChoiceField(label="What did the victim say about sharing?", widget=forms.RadioSelect)
    basis = forms.ChoiceField(label="What allows you to share this?", help_text=LAW, widget=forms.RadioSelect)
    basis_reason = forms.CharField(
        label="I asked, or did not ask, because …",
        help_text="In a sentence: why you share this, and why you asked or did not ask first.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    left_out = forms.CharField(
        label="I leave out …",
        help_text="What you know and do not send, for example where a relative lives. One thing a line. Optional.",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    necessity = forms.CharField(
        label="It is needed because …",
        help_text="What they could not do without it. Optional here; it helps whoever looks at this again.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    proportionality = forms.CharField(
        label="No more goes than that, because …",
        help_text="Why this much, and not less or more. Optional here.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    withheld_from = forms.CharField(
        label="It must not reach …",
        help_text="Whoever would be a danger if they learned of it. The other side reads this. Optional.",
        max_length=500,
        required=False,
    )
    review_on = Date(
        label="I look at this again on", help_text="Left empty: the day your partnership has chosen.", required=False
    )

    def __init__(self, data: Any = None, *, draft: Draft, initial: Mapping[str, Any] | None = None) -> None:
        people = [(str(line.id), line.words) for line in draft.people]
        facts = [(line.key, line.words) for line in draft.facts]
        start = {
            "people": [value for value, _ in people],
            "with_addresses": True,
            "facts": [value for value, _ in facts],
            "safe_contact": draft.safe_contact,
            "consent": draft.consent or NOT_KNOWN,
            **(initial or {}),
        }
        super().__init__(_still_there(data, people=people, facts=facts), initial=start)
        self.draft = draft
        self.fields["people"].choices = people  # type: ignore[attr-defined]
        self.fields["facts"].choices = facts  # type: ignore[attr-defined]
        self.fields["consent"].choices = consent_choices()  # type: ignore[attr-defined]
        self.fields["basis"].choices = basis_choices()  # type: ignore[attr-defined]
        if draft.consent_when:
            self.fields["consent"].help_text = f"On record since {draft.consent_when}."
        if not facts:
            del self.fields["facts"]
        if not any(line.address for line in draft.people):
            del self.fields["with_addresses"]
        for name, sentence in REQUIRED.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = sentence

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("basis") == "consent" and found.get("consent") != "given":
            self.add_error(
                "basis", "“The person agreed” stands only where the answer above is “Given”. Choose another."
            )
        return found

    def weighed(self) -> Weighed:
        """Why it is needed, why no more goes, whom it must not reach, and when it is looked at again."""
        said = self.cleaned_data
        return Weighed(said["necessity"], said["proportionality"], said["withheld_from"], review_on=said["review_on"])

    def people_sent(self) -> list[dict[str, object]]:
        """The lines that go."""
        with_address = bool(self.cleaned_data.get("with_addresses"))
        ticked = set(self.cleaned_data["people"])
        return [line.sent(with_address=with_address) for line in self.draft.people if str(line.id) in ticked]

    def facts_sent(self) -> list[dict[str, str]]:
        """The facts that go."""
        ticked = set(self.cleaned_data.get("facts", ()))
        return [line.sent() for line in self.draft.facts if line.key in ticked]

    def checklist_sent(self) -> str:
        """The copy of the risk checklist that goes; empty where it stays behind."""
        return self.draft.checklist if self.cleaned_data.get("with_checklist") else ""

    def not_sent(self) -> list[str]:
        """What stays behind, in words: what was unticked and what was typed."""
        ticked = set(self.cleaned_data["people"]) | set(self.cleaned_data.get("facts", ()))
        left = [line.words for line in self.draft.people if str(line.id) not in ticked]
        left += [line.words for line in self.draft.facts if line.key not in ticked]
        if any(line.address for line in self.draft.people) and not self.cleaned_data.get("with_addresses"):
            left.append("addresses")
        if self.draft.checklist and not self.checklist_sent():
            left.append("the answers of the risk checklist")
        return left + [text for line in self.cleaned_data["left_out"].splitlines() if (text := line.strip())]

    def word(self, name: str) -> str:
        """A choice as it is kept: "not known" is empty."""
        value: str = self.cleaned_data[name]
        return "" if value == NOT_KNOWN else value


class ReferralForm(SharingForm):
    """A written referral to social care, prefilled from what is on record; every text may be changed."""

    account = forms.CharField(
        label="What happened, and what worries you",
        help_text="What you saw and heard, and what somebody told you: say which is which.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    history = forms.CharField(
        label="What is on record from before", widget=forms.Textarea(attrs={"rows": 4}), required=False
    )
    with_checklist = forms.BooleanField(
        label="Send a copy of the risk checklist",
        help_text="Each topic and its answer, as filled in. The number of yes answers goes with the facts.",
        required=False,
    )
    family_aware = Answer(label="Is the family aware of this referral?", choices=YES_NO, required=True)
    raises_risk = Answer(label="Does the referral itself raise the risk to anybody?", choices=YES_NO, required=True)
    spoken_to = forms.CharField(
        label="I have spoken to …",
        help_text="Their role, for example “duty worker”. Empty without a call.",
        max_length=200,
        required=False,
    )
    telephoned = Moment(label="… at", help_text="For example 2 3 2026 at 10:05pm.", required=False)
    purpose = forms.CharField(label="I share it so that …", max_length=200)

    field_order = (
        "people",
        "with_addresses",
        "account",
        "history",
        "facts",
        "with_checklist",
        "family_aware",
        "raises_risk",
        "safe_contact",
        "spoken_to",
        "telephoned",
        "consent",
        "basis",
        "basis_reason",
        "purpose",
        "left_out",
        "necessity",
        "proportionality",
        "withheld_from",
        "review_on",
    )

    def __init__(
        self, data: Any = None, *, draft: Draft, service: str, initial: Mapping[str, Any] | None = None
    ) -> None:
        start = {
            "account": draft.account,
            "history": draft.history,
            "family_aware": draft.family_aware or NOT_KNOWN,
            "raises_risk": draft.raises_risk or NOT_KNOWN,
            "with_checklist": service == "childrens-social-care",  # only there does a duty ask for the copy
            "purpose": SO_THAT[service],
            "basis": PROTECTS[service],
            **(initial or {}),
        }
        super().__init__(data, draft=draft, initial=start)
        if not draft.checklist:
            del self.fields["with_checklist"]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not found.get("spoken_to") and self.initial.get("spoken_to"):  # noted beside this page, after it was typed
            found |= {name: self.initial[name] for name in ("spoken_to", "telephoned")}
        if found.get("telephoned") and not found.get("spoken_to"):
            self.add_error("spoken_to", "Say whom you spoke to, by role.")
        return found

    def content(self) -> Content:
        """The typed referral as the action takes it."""
        said = self.cleaned_data
        return Content(
            account=said["account"],
            history=said["history"],
            people=self.people_sent(),
            purpose=said["purpose"],
            basis=said["basis"],
            basis_reason=said["basis_reason"],
            weighed=self.weighed(),
            family_aware=self.word("family_aware"),
            raises_risk=self.word("raises_risk"),
            consent=self.word("consent"),
            safe_contact=said["safe_contact"],
            checklist=self.checklist_sent(),
            follows_telephone_call=bool(said["spoken_to"]),
            telephoned_on=said["telephoned"],
            spoken_to=said["spoken_to"],
        )


class SpokenForm(GovukForm):
    """The telephone comes first: to whom somebody has spoken."""

    spoken_to = forms.CharField(
        label="I have spoken to …",
        help_text="Their role, for example “duty worker”.",
        max_length=200,
        error_messages={"required": "Say whom you spoke to, by role."},
    )


class NotReferredForm(GovukForm):
    """A named decision not to refer."""

    reason = forms.CharField(
        label="Why do you not refer?",
        help_text="Your name, your role and this reason go on record. Colleagues of your agency and the auditor can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence why you do not refer."},
    )
    advice_from = forms.CharField(
        label="Whose advice did you take?",
        help_text="By role, for example “named safeguarding lead”. Optional.",
        max_length=200,
        required=False,
    )
