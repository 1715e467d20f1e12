"""A call in Coventry about a child of Stoke-on-Trent: the police owe what the text of the place says, a child what its home says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.models import Agency, Area, Team, TeamRole
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.duties.models import Duty, Evaluation
from alongside.policy import Places
from alongside.procedures.queries import pack_at
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

SignIn = Callable[[str], Client]
FACTS = invented.CALL | {"child_of_school_age": True, "child_experienced_incident": True}


@pytest.fixture
def stoke(there: Partnership) -> Area:
    """Another area, with social care of its own and another text."""
    area = Area.objects.create(code="stoke-on-trent", name="Stoke-on-Trent", police="staffordshire-police")
    care = Agency.objects.create(code="stoke-csc", name="Stoke Social Care", kind="childrens-social-care")
    team = Team.objects.create(agency=care, code="stoke-csc", name="Stoke duty team")
    TeamRole.objects.create(team=team, role="csc-duty", area=area)
    return area


@pytest.fixture
def across(there: Partnership, stoke: Area) -> Case:
    """It happened in Coventry; the child and the victim live in Stoke-on-Trent."""
    return invented.call(there, area=stoke, incident_area=there.area, facts=FACTS)


def test_police_duties_follow_the_place_and_child_duties_the_home(across: Case) -> None:
    outcomes = Evaluation.objects.filter(case=across).latest().outcomes
    fires = {rule for rule, (outcome, _) in outcomes.items() if outcome == "fires"}
    assert {"wm-dash-at-all-calls", "wm-dash-copy-to-mash"} <= fires
    assert "wm-under-12-months-refer" not in outcomes and "staffs-dial-complete" not in outcomes
    assert any(rule.startswith("staffs-") for rule in fires)


def test_a_police_duty_is_owed_by_the_police_of_the_place(across: Case, there: Partnership) -> None:
    owners = dict(Duty.objects.filter(case=across, state="open").values_list("rule", "owner_team__code"))
    assert owners["wm-dash-at-all-calls"] == there.teams["response"].code
    assert "wm-encompass-notify" not in owners or owners["wm-encompass-notify"] == there.teams["desk"].code


def test_what_was_decided_can_be_decided_again(across: Case) -> None:
    evaluation = Evaluation.objects.filter(case=across).latest()
    assert evaluation.places == Places("stoke-on-trent", "coventry", "stoke-on-trent")
    book = pack_at(evaluation.places, evaluation.in_force_on)
    assert book.hash == evaluation.pack_hash
    assert {one["id"] for one in evaluation.packs} >= {"west-midlands", "staffordshire"}


def test_the_case_says_which_text_stands_for_what(across: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get(f"/cases/{across.reference}/"))
    assert "Duties of the police Coventry, because it happened there" in said
    assert "Duties to the children and the family Stoke-on-Trent, because it was reported there" in said


def test_every_duty_of_both_texts_explains_itself(across: Case, at_desk: SignIn) -> None:
    client = at_desk("officer")
    tasks = {duty.task_id for duty in Duty.objects.filter(case=across, state="open", task__owner_team__code="response")}
    assert tasks
    for task in tasks:
        said = words(client.get(f"/tasks/{task}/"))
        assert "Why" in said


def test_the_place_corrected_is_decided_anew(across: Case, there: Partnership, stoke: Area) -> None:
    by = there.users["officer"]
    cases.correct_area(case=across, place="incident", area=stoke, reason="It was in Hanley.", by=by, at=NOW)
    outcomes = Evaluation.objects.filter(case=across).latest().outcomes
    assert "wm-dash-at-all-calls" not in outcomes and "staffs-dial-complete" in outcomes
