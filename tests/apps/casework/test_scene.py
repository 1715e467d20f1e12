"""The scene record, and the page for every act that has none of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.casework.models import ActRecord, SceneRecord
from alongside.duties.bars import MOMENTS
from alongside.duties.models import Duty, Evaluation, Task
from alongside.procedures.queries import library
from alongside.risk.actions import Filled, assess
from tests.apps import partnership as invented
from tests.apps.browsing import form_on
from tests.apps.partnership import NOW, Partnership

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
ANSWERS = {
    "children_in_household": "yes",
    "pregnant": "not-known",
    "exposure": "exposed",
    "safeguarding_done": "Taken to her sister.",
    "information": "given",
    "information_how": "spoken",
}


def scene(case: Case) -> str:
    return reverse("casework:scene", args=[case.reference])


def fact(case: Case, name: str) -> object:
    rows = Evaluation.objects.filter(case=case).order_by("-evaluated_at", "-version").first().facts  # type: ignore[union-attr]
    return next((row["value"] for row in rows if row["name"] == name and row["about"] is None), "not said")


def test_kept_answers_are_facts_at_once(case: Case, at_desk: Desk) -> None:
    client = at_desk("officer")
    assert client.post(scene(case), ANSWERS | {"pregnant": "yes", "do": "keep"}).status_code == 302
    assert fact(case, "victim_pregnant") is True and fact(case, "child_exposed_to_dva") is True
    shown = client.get(scene(case)).content.decode()
    assert form_on(shown, "safeguarding_done")["pregnant"] == ["yes"]
    assert "Still open: the risk assessment" in shown


def test_finishing_names_what_is_lacking_and_keeps_what_was_typed(case: Case, at_desk: Desk) -> None:
    answer = at_desk("officer").post(scene(case), {"safeguarding_done": "Taken to her sister.", "do": "finish"})
    shown = answer.content.decode()
    assert answer.status_code == 422 and "still needs whether children live in the household" in shown
    assert "Taken to her sister." in shown
    assert (
        SceneRecord.objects.get().safeguarding_done == "Taken to her sister."
        and not SceneRecord.objects.get().finished_at
    )


def test_finishing_closes_its_duties(case: Case, there: Partnership, at_desk: Desk) -> None:
    assess(case=case, filled=Filled("dash", {"injury": "not-asked"}), id=uuid4(), by=there.users["officer"], at=NOW)
    open_before = Duty.objects.filter(case=case, act="finish_scene_record", state="open").count()
    assert at_desk("officer").post(scene(case), ANSWERS | {"do": "finish"}).status_code == 302
    assert open_before and not Duty.objects.filter(case=case, act="finish_scene_record", state="open").exists()
    assert not Task.objects.filter(case=case, act="finish_scene_record", state="open").exists()


def test_a_finished_record_is_read_only(case: Case, there: Partnership, at_desk: Desk) -> None:
    client = at_desk("officer")
    assess(case=case, filled=Filled("dash", {"injury": "not-asked"}), id=uuid4(), by=there.users["officer"], at=NOW)
    client.post(scene(case), ANSWERS | {"do": "finish"})
    answer = client.post(scene(case), ANSWERS | {"pregnant": "no", "do": "keep"})
    assert answer.status_code == 422 and "This scene record is finished" in answer.content.decode()
    assert SceneRecord.objects.get().pregnant == "not-known"


def test_what_is_known_is_filled_in_and_says_who_said_it(case: Case, at_desk: Desk) -> None:
    shown = at_desk("officer").get(scene(case)).content.decode()
    assert form_on(shown, "safeguarding_done")["children_in_household"] == ["yes"]
    assert "Filled in from what is known (said by Police officer)" in shown


def test_bars_stand_beside_the_acts_they_forbid(case: Case, at_desk: Desk) -> None:
    assert "Give out where the victim or the children are" in at_desk("officer").get(scene(case)).content.decode()


@pytest.fixture
def in_staffordshire(there: Partnership) -> Case:
    there.area.code = "stoke-on-trent"
    there.area.name = "Stoke-on-Trent"
    there.area.save()
    return invented.call(there, area=there.area)


@pytest.mark.parametrize(
    ("how", "act"), [("leaflet", "leave_leaflet"), ("letter", "send_letter"), ("voicemail", "leave_voicemail")]
)
def test_a_leaflet_a_letter_or_a_message_is_refused_with_its_place(
    in_staffordshire: Case, at_desk: Desk, how: str, act: str
) -> None:
    client = at_desk("officer")
    assert library().acts[act].label in client.get(scene(in_staffordshire)).content.decode()
    answer = client.post(scene(in_staffordshire), ANSWERS | {"information_how": how, "do": "keep"})
    shown = answer.content.decode()
    assert (
        answer.status_code == 422 and "This is not allowed here" in shown and "Staffordshire procedures 2019" in shown
    )
    assert "Taken to her sister." in shown and not SceneRecord.objects.exists()


def test_telling_is_not_barred(in_staffordshire: Case, at_desk: Desk) -> None:
    assert at_desk("officer").post(scene(in_staffordshire), ANSWERS | {"do": "keep"}).status_code == 302
    assert set(MOMENTS) == {"leave_leaflet", "send_letter", "leave_voicemail"}


def test_not_given_drops_how(case: Case, at_desk: Desk) -> None:
    at_desk("officer").post(
        scene(case), ANSWERS | {"information": "not-safe", "information_how": "leaflet", "do": "keep"}
    )
    assert SceneRecord.objects.get().information_how == ""


@pytest.mark.parametrize(
    ("who", "status", "says"),
    [
        ("auditor", 403, "finish the scene record"),
        ("manager", 404, "Nothing we can show"),
        ("idva", 404, "Nothing we can show"),
    ],
)
def test_a_wrong_role_is_refused_and_another_agency_finds_nothing(
    case: Case, at_desk: Desk, who: str, status: int, says: str
) -> None:
    answer = at_desk(who).get(scene(case))
    assert answer.status_code == status and says in answer.content.decode()


@action("tests.task_given_to_act")
def give(*, case: Case, there: Partnership, by: object, at: object) -> Task:
    task = Task.objects.create(
        case=case, act="alert_appropriate_agency", owner_team=there.teams["response"], opened_at=at, opened_by=by
    )
    record(task, by=by, at=at)  # type: ignore[arg-type]
    return task


@pytest.fixture
def task(case: Case, there: Partnership) -> Task:
    return give(case=case, there=there, by=there.users["officer"], at=NOW)


def typed(**more: str) -> dict[str, str]:
    said = {
        "what": "Rang the duty desk.",
        "done_on_0": "2",
        "done_on_1": "3",
        "done_on_2": "2026",
        "done_on_3": "9:50pm",
        "id": str(uuid4()),
    }
    return said | more


def test_what_was_done_is_recorded_once(task: Task, at_desk: Desk) -> None:
    client, address, said = at_desk("officer"), reverse("casework:act", args=[task.pk]), typed()
    assert "Let the right agency know" in client.get(address).content.decode()
    for _ in range(2):
        assert client.post(address, said).status_code == 302
    row = ActRecord.objects.get()
    assert (row.act, row.what) == ("alert_appropriate_agency", "Rang the duty desk.")
    assert row.done_on == NOW - timedelta(minutes=30)


def test_the_future_is_refused_and_the_page_keeps_its_words(task: Task, at_desk: Desk) -> None:
    answer = at_desk("officer").post(reverse("casework:act", args=[task.pk]), typed(done_on_2="2027"))
    assert answer.status_code == 422 and "cannot lie in the future" in answer.content.decode()
    assert "Rang the duty desk." in answer.content.decode()


def test_another_teams_act_is_theirs(task: Task, at_desk: Desk) -> None:
    assert at_desk("sergeant").post(reverse("casework:act", args=[task.pk]), typed()).status_code == 403
    assert at_desk("idva").get(reverse("casework:act", args=[task.pk])).status_code == 404


def test_every_act_closed_by_such_a_record_leads_there(task: Task) -> None:
    from alongside.duties.pages.today import act_page

    acts = [act for act in library().acts.values() if "act.recorded" in act.evidence]
    assert acts
    for act in acts:
        task.act = act.code
        assert act_page(task) == reverse("casework:act", args=[task.pk])
