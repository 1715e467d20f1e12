"""A repeat at MARAC: any further abuse between the same two within twelve months of the last referral, whichever agency sent it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.testing import writing
from alongside.cases.actions import changed
from alongside.cases.models import Case
from alongside.duties.models import Duty
from alongside.duties.queries import evaluation_of
from alongside.marac.models import MaracReferral
from tests.apps import partnership as invented
from tests.apps.intake.linking import same_person
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]
INCIDENT = NOW - timedelta(minutes=50)
ARGUMENT = {"abuse_incident": True, "crime_recorded": False}


def referred(there: Partnership, *, at: datetime, by: str = "officer", team: str = "response") -> Case:
    """A case of the same family with a referral to MARAC at a moment, by somebody of any agency."""
    case = invented.call(there, at=at)
    with writing():
        MaracReferral.objects.create(
            case=case,
            from_team=there.teams[team],
            to_team=there.teams["marac"],
            people="[]",
            criterion="ticks",
            reason="Fourteen answers.",
            basis="protect-adult",
            sent_at=at,
            sent_by=there.users[by],
        )
    return case


def again(there: Partnership, before: Case, *, same: tuple[str, ...] = ("victim", "person-causing-harm")) -> Case:
    """Something new, no crime, in a case of its own; records of the roles in `same` were said to be the same people."""
    case = invented.call(there, facts=ARGUMENT)
    by = there.users["officer"]
    for role in same:
        new, old = (one.members.get(role=role).person for one in (case, before))
        same_person(person=new, candidate=old, by=by, at=NOW)
    changed(case=case, by=by, at=NOW)
    return case


def outcome(case: Case) -> str:
    found = evaluation_of(case)
    assert found is not None
    return str(found.outcomes.get("england-marac-repeat", ["does-not-fire"])[0])


@pytest.mark.parametrize(
    ("last_sent", "expected"),
    [
        (INCIDENT.replace(year=2025) + timedelta(days=1), "fires"),  # a year is not over until tomorrow
        (INCIDENT.replace(year=2025), "fires"),  # the same day a year later is within twelve months
        (INCIDENT.replace(year=2025) - timedelta(days=1), "does-not-fire"),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), "does-not-fire"),
        (INCIDENT - timedelta(minutes=1), "fires"),
    ],
)
def test_it_counts_from_the_day_of_the_last_referral(there: Partnership, last_sent: datetime, expected: str) -> None:
    assert outcome(again(there, referred(there, at=last_sent))) == expected


def test_the_last_of_several_referrals_counts(there: Partnership) -> None:
    first = referred(there, at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    last = referred(there, at=datetime(2025, 9, 1, 12, tzinfo=UTC), by="manager", team="csc")
    case = again(there, first)
    assert outcome(case) == "does-not-fire"
    for role in ("victim", "person-causing-harm"):
        people = (one.members.get(role=role).person for one in (last, first))
        same_person(person=next(people), candidate=next(people), by=there.users["officer"], at=NOW)
    changed(case=case, by=there.users["officer"], at=NOW)
    assert outcome(case) == "fires", "whichever agency sent it"


def test_it_is_owed_though_no_crime_is_recorded_and_the_checklist_is_low(there: Partnership) -> None:
    case = again(there, referred(there, at=NOW - timedelta(days=90)))
    owed = Duty.objects.get(case=case, rule="england-marac-repeat-refer")
    assert (owed.act, owed.state) == ("refer_to_marac", "open")


@pytest.mark.parametrize("same", [(), ("victim",), ("person-causing-harm",)])
def test_where_nobody_said_that_both_are_the_same_a_person_is_asked(there: Partnership, same: tuple[str, ...]) -> None:
    case = again(there, referred(there, at=NOW - timedelta(days=90)), same=same)
    assert outcome(case) == "cannot-decide"
    assert case.questions.filter(fact="marac_referred_before", state="open").exists()


def test_a_referral_after_the_incident_is_no_earlier_one(there: Partnership) -> None:
    case = again(there, referred(there, at=NOW - timedelta(minutes=5)))
    assert outcome(case) == "cannot-decide"


def test_the_form_shows_the_ground_and_the_referral_on_record(there: Partnership, at_desk: Desk) -> None:
    case = again(there, referred(there, at=datetime(2025, 9, 1, 12, tzinfo=UTC), by="manager", team="csc"))
    page = at_desk("officer").get(reverse("marac:refer", args=[case.reference])).content.decode()
    assert "Repeat: further abuse by the same person within twelve months of the last referral" in page
    said = "the last referral was on Monday 1 September 2025, 1:00pm, by Coventry Childrens Social Care."
    assert page.count(said) == 1
    assert "SafeLives: what a repeat is at MARAC" in page[page.index("What the procedure says of this case") :]


def test_an_answer_says_so_on_the_form(there: Partnership, at_desk: Desk) -> None:
    facts = {**ARGUMENT, "marac_referred_before": True, "marac_referral_months": 1}
    case = invented.call(there, facts=facts)
    page = at_desk("officer").get(reverse("marac:refer", args=[case.reference])).content.decode()
    assert "the last referral was in the last 1 month, says" in page
