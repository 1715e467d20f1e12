"""What is typed into a referral to MARAC, a decision not to refer, a meeting and a listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from alongside.agencies.models import Area, Team
from alongside.casework.forms.referrals import NOT_KNOWN, YES_NO, SharingForm
from alongside.casework.queries.drafts import Draft
from alongside.design.dates import Moment
from alongside.design.forms import Answer, GovukForm
from alongside.design.moments import when
from alongside.marac.actions import Content
from alongside.marac.models import CRITERIA, Meeting


class MaracForm(SharingForm):
    """A referral to MARAC. Whether it is safe to talk to her is asked first."""

    safe_to_discuss = Answer(
        label="Is it safe to talk with the victim about this referral?",
        help_text="Asked first: a call or a visit about it may put her in danger.",
        choices=YES_NO,
        required=True,
    )
    discussed = Answer(label="Did you talk it over with her?", choices=YES_NO[:2], required=True)
    criterion = forms.ChoiceField(
        label="On which ground?",
        widget=forms.RadioSelect,
        choices=list(CRITERIA.items()),
        error_messages={"required": "Say on which ground the case is referred."},
    )
    reason = forms.CharField(
        label="Why should this victim be heard?",
        help_text="In your own words. What she said, as she said it.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Say in your own words why this victim should be heard."},
    )
    who_she_fears = forms.CharField(
        label="Whom does she fear, and what for?",
        help_text="Everyone, one a line: relatives and others too.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    field_order = (
        "safe_to_discuss",
        "discussed",
        "criterion",
        "reason",
        "who_she_fears",
        "people",
        "with_addresses",
        "facts",
        "safe_contact",
        "consent",
        "basis",
        "basis_reason",
        "left_out",
        "necessity",
        "proportionality",
        "withheld_from",
        "review_on",
    )

    def __init__(self, data: Any = None, *, draft: Draft, initial: Mapping[str, Any] | None = None) -> None:
        start = {
            "discussed": "no",
            "with_addresses": False,
            "who_she_fears": draft.who_she_fears,
            "basis": "protect-adult",
            **(initial or {}),
        }
        super().__init__(data, draft=draft, initial=start)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("discussed") == "yes" and found.get("safe_to_discuss") != "yes":
            self.add_error("discussed", "Talk it over with her only where that is safe: say first that it was.")
        return found

    def content(self) -> Content:
        """The typed referral as the action takes it."""
        said = self.cleaned_data
        return Content(
            criterion=said["criterion"],
            reason=said["reason"],
            basis=said["basis"],
            basis_reason=said["basis_reason"],
            people=self.people_sent(),
            channels=list(self.draft.channels),
            safe_to_discuss="" if said["safe_to_discuss"] == NOT_KNOWN else said["safe_to_discuss"],
            discussed=said["discussed"] == "yes",
            who_she_fears=said["who_she_fears"],
            safe_contact=said["safe_contact"],
            weighed=self.weighed(),
        )


class NotToMaracForm(GovukForm):
    """A named decision not to refer to MARAC."""

    reason = forms.CharField(
        label="Why do you not refer?",
        help_text="Your name, your role and this reason go on record. Colleagues of your agency and the auditor can read it.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say in a sentence why you do not refer to MARAC."},
    )


class MeetingForm(GovukForm):
    """A meeting to come."""

    area = forms.ChoiceField(label="Area")
    held_on = Moment(
        label="When",
        help_text="For example 17 3 2026 at 9:30am.",
        error_messages={"required": "Give the day and the time."},
    )

    def __init__(self, data: Any = None, *, areas: Iterable[Area]) -> None:
        self.areas = {area.pk: area for area in areas}
        super().__init__(data)
        self.fields["area"].choices = [(pk, area.name) for pk, area in self.areas.items()]  # type: ignore[attr-defined]


class ListForm(GovukForm):
    """Listing a case: the meeting, and copies beyond those owed."""

    meeting = forms.ChoiceField(
        label="Which meeting?", widget=forms.RadioSelect, error_messages={"required": "Choose the meeting."}
    )
    copies = forms.MultipleChoiceField(
        label="Copies proposed, because children are named",
        help_text="Untick what you do not send. Each copy is recorded.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, meetings: Iterable[Meeting], proposed: Iterable[Team]) -> None:
        self.teams = {str(team.pk): team for team in proposed}
        super().__init__(data, initial={"copies": list(self.teams)})
        dates = [(str(one.pk), f"{one.area.name}, {when(one.held_on, year=True)}") for one in meetings]
        self.fields["meeting"].choices = dates  # type: ignore[attr-defined]
        self.fields["copies"].choices = [(pk, f"{team.name}, {team.agency.name}") for pk, team in self.teams.items()]  # type: ignore[attr-defined]
        if not self.teams:
            del self.fields["copies"]

    def teams_ticked(self) -> list[Team]:
        """The proposed copies that go."""
        return [self.teams[pk] for pk in self.cleaned_data.get("copies", ())]
