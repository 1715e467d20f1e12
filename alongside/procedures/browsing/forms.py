"""Search, an area, and two areas or days to lay beside each other."""

from typing import Any

from django import forms

from alongside.design.dates import Date
from alongside.design.forms import GovukForm
from alongside.procedures.browsing.comparing import SHOWN
from alongside.procedures.words import REACHES

Choices = list[tuple[str, str]]


class AreaForm(GovukForm):
    """One area, or every one."""

    area = forms.ChoiceField(label="Area", required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "Every area"), *areas]  # type: ignore[attr-defined]


class SearchForm(AreaForm):
    """Words, an area, who must act, the act, the section, and how a rule reaches people; empty means all."""

    words = forms.CharField(
        label="Search the rules",
        help_text="Any words: of the rule, who it is about, what it is about, or part of its name",
        required=False,
        max_length=100,
    )
    actor = forms.ChoiceField(label="Who must act", required=False)
    act = forms.ChoiceField(label="Act", required=False)
    section = forms.ChoiceField(label="Section", required=False)
    reaches = forms.ChoiceField(
        label="How it reaches people", required=False, choices=[("", "Every way"), *REACHES.items()]
    )
    field_order = ("words", "area", "actor", "act", "section", "reaches")

    def __init__(self, *args: Any, actors: Choices, acts: Choices, sections: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"actor": ("Anybody", actors), "act": ("Every act", acts), "section": ("Every section", sections)}
        for name, (every, choices) in said.items():
            self.fields[name].choices = [("", every), *choices]  # type: ignore[attr-defined]


class CompareForm(GovukForm):
    """Two areas, each on a day; no day is today."""

    area = forms.ChoiceField(label="One area")
    on = Date(label="The first, on this day", required=False, help_text="Leave empty for today")
    other = forms.ChoiceField(label="Another area, or the same")
    other_on = Date(label="The second, on this day", required=False, help_text="Leave empty for today")
    show = forms.ChoiceField(label="Show", required=False, choices=[("", "Every difference"), *SHOWN.items()])
    reaches = forms.ChoiceField(
        label="How it reaches people", required=False, choices=[("", "Every way"), *REACHES.items()]
    )

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = self.fields["other"].choices = areas  # type: ignore[attr-defined]
