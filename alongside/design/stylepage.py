"""Every component on one page, with invented content: for designers, and for the browser tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.design.dates import Moment, PartialDate
from alongside.design.forms import Answer, GovukForm

CITE = {
    "document": "west-midlands-2.24",
    "section": "Response",
    "line": 113,
    "gist": "A baby under one year in a home with domestic abuse is always told to children's social care.",
    "quote": None,
}
WHY = {
    "text": "domestic abuse is known or suspected, and the youngest child is under 12 months",
    "is": None,
    "parts": [
        {"text": "domestic abuse is known or suspected", "is": True, "saw_words": "yes, said by the caller, 9:30pm"},
        {
            "text": "the youngest child in the family is under 12 months",
            "is": None,
            "parts": [
                {"text": "there is a child in the family", "is": True, "saw_words": "yes, seen by the officer, 9:52pm"},
                {
                    "text": "age of the youngest child in months is less than 12",
                    "is": None,
                    "saw_words": "9 to 13 months",
                },
            ],
        },
        {"text": "the child is already in care", "is": False, "saw_words": "no, from the register, 2 March"},
    ],
}


PLACES = [("home", "At the home"), ("elsewhere", "Elsewhere"), ("not-known", "Not known")]
TYPES = [("physical", "Physical"), ("control", "Control")]
AREAS = [("", "Choose an area"), ("coventry", "Coventry"), ("walsall", "Walsall")]


class Example(GovukForm):
    """One field of each kind."""

    given_name = forms.CharField(label="Given name", help_text="As the person says it.")
    born = PartialDate(label="Date of birth", help_text="Give what is known. Only the year is fine.", required=False)
    happened = Moment(label="When did it happen?", help_text="For example 2 3 2026 at 9:30pm.")
    where = forms.ChoiceField(label="Where is he now?", widget=forms.RadioSelect, choices=PLACES)
    types = forms.MultipleChoiceField(
        label="What is it about?", widget=forms.CheckboxSelectMultiple, choices=TYPES, required=False
    )
    area = forms.ChoiceField(label="Area", choices=AREAS)
    note = forms.CharField(label="What was seen and heard", widget=forms.Textarea, required=False)
    weapon = Answer(label="Was a weapon used?", help_text="Would decide 2 rules.")
    safe = forms.BooleanField(label="She is out of his hearing", required=False)


@login_not_required
def show(request: HttpRequest) -> HttpResponse:
    """Served only in the demonstration and while developing; it holds nobody's data."""
    at = request.at  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "cite": CITE,
        "quoted": CITE
        | {"quote": "An invented sentence stands here, as it would once the partnership has added its copy."},
        "why": WHY,
        "soon": at + timedelta(hours=3),
        "past": at - timedelta(minutes=50),
        "minutes_ago": at - timedelta(minutes=4),
        "form": Example(),
        "faulty": Example({"given_name": "", "born_0": "31", "born_1": "2", "born_2": "1990", "happened_3": "late"}),
        "events": [
            {"title": "Referral sent to children's social care", "at": at, "by": "A. Officer"},
            {
                "title": "Call recorded",
                "at": at - timedelta(hours=2),
                "by": "A. Officer",
                "text": "Three people named.",
            },
        ],
    }
    return render(request, "design/stylepage.html", context)
