"""A case is open to the teams of its agency that have something to do in it, in the transaction that gives or takes the work."""

from __future__ import annotations

from datetime import timedelta

from alongside.agencies.models import Membership, Team, User
from alongside.audit.api import SystemActor
from alongside.audit.testing import writing
from alongside.cases.models import Case
from alongside.duties.models import Task
from alongside.gate.models import Ground
from alongside.gate.viewing import Viewer, kept_open
from alongside.people.actions.reaching import ask_colleague, close_task
from tests.apps.partnership import NOW, Partnership, call

WORKER = SystemActor("worker")


def sees(user: User, case: Case, at: timedelta = timedelta()) -> bool:
    return Case.objects.visible_to(Viewer(user, NOW + at)).filter(pk=case.pk).exists()


def test_every_team_of_the_agency_with_a_task_finds_the_case(there: Partnership, case: Case) -> None:
    own = Task.objects.filter(case=case, state="open", owner_team__agency=case.opened_by_agency)
    busy = set(own.values_list("owner_team", flat=True))
    assert busy
    held = kept_open(case.pk, "at-work", NOW)
    assert busy == {team for team, door in held.items() if door.ends_on is None}


def test_a_task_opens_nothing_to_a_team_of_another_agency(there: Partnership, case: Case) -> None:
    elsewhere = Ground.objects.filter(subject_kind="case", subject_id=case.pk)
    assert not elsewhere.exclude(agency=case.opened_by_agency).filter(agency__isnull=False).exists()
    assert set(elsewhere.filter(team__isnull=False).values_list("team__agency", flat=True)) == {
        case.opened_by_agency_id
    }


def test_a_team_without_work_sees_it_a_while_longer(there: Partnership) -> None:
    case = call(there, facts={"abuse_incident": False}, people=False)
    held = kept_open(case.pk, "at-work", NOW)
    own = Task.objects.filter(case=case, state="open", owner_team=there.teams["response"])
    assert not own.exists() and held[there.teams["response"].pk].ends_on == NOW + timedelta(days=28)
    second, officer = there.users["second"], there.users["officer"]
    assert sees(second, case, timedelta(days=28, seconds=-1)) and not sees(second, case, timedelta(days=28))
    assert sees(officer, case, timedelta(days=400)), "who recorded it can still answer for it"


def test_a_team_asked_about_reaching_somebody_finds_the_case_until_it_has_answered(
    there: Partnership, case: Case
) -> None:
    """Their door had closed: what is asked of a team must not be hidden from it."""
    response, person = there.teams["response"], case.members.get(role="victim").person
    new = User.objects.create(email="new@alongside.example", name="New", agency=response.agency, role="police-officer")
    Membership.objects.create(user=new, team=response, from_on=NOW.date())
    with writing():
        Ground.objects.filter(subject_id=case.pk, ground="at-work").update(ends_on=NOW)
    assert not sees(new, case)
    task = ask_colleague(person=person, act="letter", reasons=["no-way"], by=WORKER, at=NOW)
    assert task is not None and task.team == response and sees(new, case, timedelta(days=99))
    close_task(task=task, closing="otherwise", why="Not safe.", by=there.users["officer"], at=NOW)
    assert sees(new, case, timedelta(days=27)) and not sees(new, case, timedelta(days=28))
    ask_colleague(person=person, act="letter", reasons=["no-way"], by=WORKER, at=NOW + timedelta(days=1))
    assert sees(new, case, timedelta(days=99))


def test_a_deputy_stands_in(there: Partnership, case: Case) -> None:
    alone = User.objects.create(
        email="dep@alongside.example", name="Dep", agency=there.teams["response"].agency, role="police-officer"
    )
    assert not sees(alone, case)
    Team.objects.filter(code="response").update(deputy=alone)
    assert sees(alone, case)
