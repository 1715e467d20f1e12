"""Inside an agency a case is open to those who need it for their work. What is expected stands here in a table of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from alongside.agencies.models import Agency, Membership, Team, TeamRole, User
from alongside.agencies.roles import NEEDS_ALL, ROLES
from alongside.audit.api import unit_of_work
from alongside.cases.models import Case
from alongside.gate import wall
from alongside.gate.actions import keep_apart, open_ground
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from tests.apps.partnership import NOW, Partnership

# Who sees every case of their agency. Written by hand: a role that is added to the product's table is added here by a person too.
SEES_ALL = {
    "mash-worker",
    "social-care-manager",
    "marac-coordinator",
    "safeguarding-lead",
    "information-governance-lead",
}
# How somebody stands to a case of the response team, and whether that alone opens it, whatever their role.
RELATIONS = {
    "works in the team": True,
    "worked in the team until yesterday": False,
    "works in the team from tomorrow": False,
    "stands in for the team": True,
    "stands in for another team": False,
    "reviews the front line of the area": True,
    "reviews the front line of another area": False,
    "works in another team of the agency": False,
    "works in no team": False,
    "recorded it, and has moved to another team": True,
    "works in a team of another agency": False,
}
DAY = timedelta(days=1)


@pytest.fixture
def colleague(there: Partnership) -> User:
    """Somebody of the police who has no team yet, and two more teams of theirs."""
    police = there.agencies["west-midlands-police"]
    for code, role, area in (
        ("other", "front-line", there.other_area),
        ("review", "supervisor", there.area),
        ("review-elsewhere", "supervisor", there.other_area),
    ):
        there.teams[code] = Team.objects.create(agency=police, code=code, name=code)
        TeamRole.objects.create(team=there.teams[code], role=role, area=area)
    return User.objects.create(email="col@alongside.example", name="Col", agency=police, role="police-officer")


def join(there: Partnership, user: User, team: str, *, first: int = -30, last: int | None = None) -> None:
    day = NOW.date()
    until = None if last is None else day + last * DAY
    Membership.objects.create(user=user, team=there.teams[team], from_on=day + first * DAY, until_on=until)


def relate(there: Partnership, case: Case, user: User, relation: str) -> None:
    """Bring somebody into a relation to the case, and into no other."""
    if relation == "works in the team":
        join(there, user, "response")
    elif relation == "worked in the team until yesterday":
        join(there, user, "response", last=-1)
    elif relation == "works in the team from tomorrow":
        join(there, user, "response", first=1)
    elif relation.startswith("stands in"):
        Team.objects.filter(code="other" if "another" in relation else "response").update(deputy=user)
    elif relation.startswith("reviews"):
        join(there, user, "review-elsewhere" if "another" in relation else "review")
    elif relation == "works in another team of the agency":
        join(there, user, "other")
    elif relation.startswith("recorded it"):
        _records(case, user)
        join(there, user, "other")
    elif relation == "works in a team of another agency":
        User.objects.filter(pk=user.pk).update(agency=there.agencies["haven"])
        join(there, user, "haven-idva")


def _records(case: Case, user: User) -> None:
    what = {"subject_kind": "case", "subject_id": case.pk, "ground": "recorded", "purpose": "recorded this"}
    open_ground(**what, viewer=user, by=user, at=NOW)  # type: ignore[arg-type]


def sees(user: User, case: Case) -> bool:
    viewer = Viewer(User.objects.get(pk=user.pk), NOW)
    found = Case.objects.visible_to(viewer).filter(pk=case.pk).exists()
    assert Person.objects.visible_to(viewer).exists() == found
    return found


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_reason_in_the_work_opens_a_case_and_the_agency_alone_does_not(
    there: Partnership, case: Case, colleague: User, relation: str
) -> None:
    relate(there, case, colleague, relation)
    for role in ROLES:
        User.objects.filter(pk=colleague.pk).update(role=role)
        ours = relation != "works in a team of another agency"
        assert sees(colleague, case) == (RELATIONS[relation] or (ours and role in SEES_ALL)), role


def test_every_role_that_needs_all_says_why() -> None:
    assert set(NEEDS_ALL) == SEES_ALL
    assert all(len(why.split()) > 5 for why in NEEDS_ALL.values())


def test_a_deputy_of_a_team_elsewhere_is_none_of_it(there: Partnership, case: Case, colleague: User) -> None:
    relate(there, case, colleague, "stands in for the team")
    User.objects.filter(pk=colleague.pk).update(agency=Agency.objects.get(code="haven"))
    assert not sees(colleague, case)


def test_who_is_kept_apart_sees_nothing_whatever_their_role(there: Partnership, case: Case, colleague: User) -> None:
    relate(there, case, colleague, "works in the team")
    User.objects.filter(pk=colleague.pk).update(role="safeguarding-lead")
    assert sees(colleague, case)
    keep_apart(user=colleague, subject_kind="case", subject_id=case.pk, by=there.users["officer"], at=NOW)
    assert not sees(colleague, case)


def test_a_viewer_made_before_an_act_knows_what_it_changed(there: Partnership, case: Case, colleague: User) -> None:
    relate(there, case, colleague, "works in another team of the agency")
    with unit_of_work():
        viewer = Viewer(colleague, NOW)
        assert not Case.objects.visible_to(viewer).exists()
        _records(case, colleague)
        assert Case.objects.visible_to(viewer).exists()
        keep_apart(user=colleague, subject_kind="case", subject_id=case.pk, by=there.users["officer"], at=NOW)
        assert not Case.objects.visible_to(viewer).exists()
        assert viewer.kept_from == {"case": {case.pk}}


@pytest.fixture
def walled(db: None) -> None:
    """Before anything is written: PostgreSQL alters no table in whose transaction something waits to be checked."""
    wall.install(connection)


@pytest.mark.usefixtures("walled")
@pytest.mark.parametrize("relation", RELATIONS)
def test_the_second_wall_asks_for_the_same_reason(
    there: Partnership, case: Case, colleague: User, relation: str
) -> None:
    relate(there, case, colleague, relation)
    for role in ("police-officer", "safeguarding-lead"):
        User.objects.filter(pk=colleague.pk).update(role=role)
        with wall.looking(colleague.pk, NOW):
            there_for = Case.objects.filter(pk=case.pk).exists()
        assert there_for == (sees(colleague, case) or connection.vendor != "postgresql"), role
