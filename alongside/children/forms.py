"""What is typed about a notice to a school, and into the register of schools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.agencies.models import Area, Team, User
from alongside.children.actions.register import Entry
from alongside.children.models import School
from alongside.design.dates import Date
from alongside.design.forms import GovukForm


class NoticeForm(GovukForm):
    """One notice about one child."""

    school = forms.UUIDField(widget=forms.HiddenInput)
    child_name = forms.CharField(
        label="The child’s name, as the school knows it",
        max_length=200,
        error_messages={"required": "Give the child’s name as the school knows it."},
    )
    what_to_know = forms.CharField(
        label="What helps the school support the child today",
        help_text="No address, no account of an adult, nothing about the police’s work. Two or three sentences.",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say in a sentence what helps the school support the child."},
    )


class ToldForm(GovukForm):
    """The school was told by telephone."""

    told_whom = forms.CharField(
        label="I have spoken to …",
        help_text="Their role, for example “deputy head”.",
        max_length=200,
        error_messages={"required": "Say whom you spoke to, by role."},
    )


class UnlistedForm(ToldForm):
    """A school that is not on the register."""

    school_name = forms.CharField(
        label="Which school?", max_length=200, error_messages={"required": "Say which school you rang."}
    )
    field_order = ["school_name", "told_whom"]


class SupportForm(GovukForm):
    """What the school did for the child."""

    note = forms.CharField(
        label="How the child was supported",
        help_text="A sentence or two. The police desk that sent the notice can read it.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say in a sentence how the child was supported."},
    )


class Arrival(forms.TimeField):
    """When the children come, on a clock of 24 hours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%H:%M"],
            widget=forms.TimeInput(attrs={"classes": "govuk-input--width-5"}, format="%H:%M"),
            **kwargs,
        )


class SchoolForm(GovukForm):
    """A school of the register."""

    urn = forms.RegexField(
        r"^\d{6}$",
        label="Unique reference number",
        help_text="Six digits.",
        error_messages={"invalid": "The number has six digits.", "required": "Give the school’s number: six digits."},
    )
    name = forms.CharField(label="Name", max_length=200)
    area = forms.ChoiceField(label="Area")
    team = forms.ChoiceField(label="Its team on Alongside", required=False)
    phone = forms.CharField(
        label="Telephone", help_text="Rung when nobody can open a notice in time.", max_length=30, required=False
    )
    arrival = Arrival(label="When the children come", help_text="For example 08:40.", initial="08:40")
    key_adult = forms.ChoiceField(
        label="Key adult", help_text="Opens notices. Without one the school is told by telephone.", required=False
    )
    deputy = forms.ChoiceField(label="Deputy", help_text="Opens notices when the key adult is away.", required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        areas: Iterable[Area],
        teams: Iterable[Team],
        people: Iterable[User],
        school: School | None = None,
    ) -> None:
        self.areas = {area.pk: area for area in areas}
        self.teams = {str(team.pk): team for team in teams}
        self.people = {str(person.pk): person for person in people}
        start: dict[str, Any] = {}
        if school is not None:
            start = {name: getattr(school, name) for name in ("urn", "name", "phone")}
            start["arrival"] = f"{school.arrival:%H:%M}"
            start |= {"area": school.area_id, "team": str(school.team_id or "")}
            start |= {"key_adult": str(school.key_adult_id or ""), "deputy": str(school.deputy_id or "")}
        super().__init__(data, initial=start)
        nobody = [("", "Nobody yet")]
        self._choices("area", [("", "Choose an area"), *((pk, area.name) for pk, area in self.areas.items())])
        self._choices(
            "team", [("", "None"), *((pk, f"{team.name}, {team.agency.name}") for pk, team in self.teams.items())]
        )
        who = [(pk, f"{person.name}, {person.agency.name}") for pk, person in self.people.items()]
        self._choices("key_adult", nobody + who)
        self._choices("deputy", nobody + who)

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def entry(self) -> Entry:
        """The school as the action takes it."""
        said = self.cleaned_data
        return Entry(
            urn=said["urn"],
            name=said["name"],
            area=self.areas[said["area"]],
            team=self.teams.get(said["team"]),
            phone=said["phone"],
            arrival=said["arrival"],
            key_adult=self.people.get(said["key_adult"]),
            deputy=self.people.get(said["deputy"]),
        )


class TermForm(GovukForm):
    """A term: both days are school days."""

    first_on = Date(label="First day", error_messages={"required": "Give the first day of the term."})
    last_on = Date(label="Last day", error_messages={"required": "Give the last day of the term."})


class ClosedForm(GovukForm):
    """A day the school is closed within a term."""

    closed_on = Date(label="Closed on", error_messages={"required": "Give the day."})
