"""What has happened when the demonstration begins: done by the real acts, so that every screen has something true to show."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.verify import verify
from alongside.cases.models import Case
from alongside.casework.models import Referral, SupportOffer
from alongside.children.models import School, SchoolNotice, Term
from alongside.demo import queries
from alongside.demo.partnership import UNROUTED
from alongside.demo.prepare import prepare
from alongside.demo.schools import WITHOUT_KEY_ADULT, WITHOUT_TERMS
from alongside.duties.models import Duty, Question, Task
from alongside.gate.viewing import Viewer
from alongside.intake.models import Notification
from alongside.marac.models import AgendaItem, MaracReferral, Meeting
from alongside.people.models import Person

# A Sunday in the holidays, a school night, and the night the clocks go forward.
MOMENTS = [
    datetime(2026, 11, 22, 10, tzinfo=UTC),
    datetime(2026, 3, 5, 22, 20, tzinfo=UTC),
    datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
]


@pytest.fixture
def prepared(db: None) -> datetime:
    at = MOMENTS[0]
    assert prepare(at=at)
    return at


@pytest.mark.parametrize("at", MOMENTS[1:], ids=lambda at: at.isoformat())
def test_it_can_begin_at_any_hour(db: None, at: datetime) -> None:
    assert prepare(at=at)
    assert Case.objects.count() == 10


def test_every_story_is_told(prepared: datetime) -> None:
    areas = Counter(Case.objects.values_list("area_id", flat=True))
    assert areas == {"coventry": 7, "stoke-on-trent": 1, "dudley": 1, "walsall": 1}
    assert Notification.objects.count() == 8
    assert Referral.objects.get().state == "decided"
    assert SupportOffer.objects.get().answer == "accepted"
    assert AgendaItem.objects.get().referral.state == "listed"
    assert SchoolNotice.objects.get().opened_at is None


def test_there_is_something_to_do_for_the_listed_accounts(prepared: datetime) -> None:
    busy = set(Task.objects.filter(state="open").values_list("owner_team__people__email", flat=True))
    for role in ("police-officer", "police-supervisor", "housing", "health"):
        assert f"{role}@demo.example" in busy
    assert Question.objects.filter(state="open").exists()


def test_one_duty_reaches_nobody(prepared: datetime) -> None:
    open_duties = Duty.objects.filter(state="open", owner_team=None)
    assert {duty.case.area_id for duty in open_duties} == {UNROUTED[1]}


def test_no_duty_stands_outside_a_task(prepared: datetime) -> None:
    tasks = Task.objects.filter(state="open")
    assert Duty.objects.filter(state="open").exists()
    assert not Duty.objects.filter(state="open").exclude(task__in=tasks).exists()


def test_where_nothing_is_known_nothing_is_no(prepared: datetime) -> None:
    case = Notification.objects.get(their_id="DEMO-REPORT-5").case
    facts = {fact["name"]: fact["value"] for fact in case.evaluations.latest().facts}
    for name in ("victim_pregnant", "child_in_household", "child_in_family", "police_risk_high"):
        assert facts.get(name) is None


def test_a_coordinator_sees_what_was_referred_to_marac_and_nothing_else(prepared: datetime) -> None:
    coordinator = Viewer(User.objects.get(email="marac-coordinator@demo.example"), prepared)
    assert Case.objects.filter(area="coventry").count() > 1
    assert not Case.objects.visible_to(coordinator).exists()
    assert list(MaracReferral.objects.visible_to(coordinator)) == list(MaracReferral.objects.all())
    opened = {ground.subject_id: ground.opened_at for ground in coordinator.grounds()}
    assert {task.case_id for task in Task.objects.visible_to(coordinator)} <= {
        referral.case_id for referral in MaracReferral.objects.all()
    }
    assert all(opened[referral.pk] >= referral.sent_at for referral in MaracReferral.objects.all())


def test_schools_meetings_and_terms(prepared: datetime) -> None:
    assert School.objects.get(urn="000001").name == "Example Primary School"
    without = School.objects.filter(key_adult=None)
    assert [school.name for school in without] == [WITHOUT_KEY_ADULT]
    assert School.objects.count() == 29
    assert not Term.objects.filter(area=WITHOUT_TERMS).exists()
    assert Term.objects.values("area").distinct().count() == 8
    assert Meeting.objects.filter(held_on__gt=prepared).values("area").distinct().count() == 9


def test_the_families_of_the_examples_are_known_to_housing(prepared: datetime) -> None:
    held = Person.objects.filter(recorded_by_agency__code="coventry-housing").values_list("given_name", flat=True)
    assert {"Aisha", "Joana", "Zofia"} <= set(held)
    assert not Notification.objects.filter(their_id__startswith="EX-").exists()


def test_the_chains_hold(prepared: datetime) -> None:
    assert verify().whole


def test_a_second_start_keeps_everything(prepared: datetime) -> None:
    before = (Case.objects.count(), User.objects.count())
    assert not prepare(at=MOMENTS[2])
    assert (Case.objects.count(), User.objects.count()) == before


def test_it_refuses_a_database_of_real_people(partnership: Any) -> None:
    User.objects.create_user(
        "somebody@partnership.example",
        None,
        name="Some Body",
        agency=partnership.agencies["probation"],
        role="probation",
    )
    with pytest.raises(Refused, match="not invented"):
        prepare(at=MOMENTS[0])
    assert not School.objects.exists()
    assert queries.has_others()
