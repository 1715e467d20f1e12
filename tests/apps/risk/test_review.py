"""The supervisor's and the MASH's review of a police log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.duties.models import Task
from alongside.gate.actions import open_ground
from alongside.risk.actions import Filled, assess
from alongside.risk.models import Assessment, Review
from tests.apps.partnership import NOW, Partnership

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]


@action("tests.task_given")
def give(*, case: Case, act: str, there: Partnership, desk: str, by: object, at: object) -> Task:
    task = Task.objects.create(case=case, act=act, owner_team=there.teams[desk], opened_at=at, opened_by=by)
    open_ground(
        subject_kind="task",
        subject_id=task.pk,
        viewer=there.teams[desk],
        ground="routed-duty",
        purpose="test",
        by=by,
        at=at,
    )  # type: ignore[arg-type]
    record(task, by=by, at=at)  # type: ignore[arg-type]
    return task


@pytest.fixture
def log(case: Case, there: Partnership) -> Assessment:
    filled = Filled("dial", {"separation": "yes", "stalking": "not-known"}, grade="medium")
    return assess(case=case, filled=filled, id=uuid4(), by=there.users["officer"], at=NOW)


@pytest.fixture
def task(case: Case, there: Partnership, log: Assessment) -> Task:
    return give(case=case, act="review_dial", there=there, desk="desk", by=there.users["officer"], at=NOW)


def test_a_supervisor_reviews_from_the_task(task: Task, log: Assessment, at_desk: Desk) -> None:
    client, address = at_desk("sergeant"), reverse("risk:review", args=[task.pk])
    shown = client.get(address).content.decode()
    assert "Followed, watched" in shown and "Not known" in shown and "Graded medium" in shown
    typed = {
        "agreed": "no",
        "grade": "high",
        "note": "Third call in a week.",
        "safeguarding_concern": "yes",
        "id": str(log.pk),
    }
    assert client.post(address, typed).status_code == 302
    review = Review.objects.get()
    assert (review.grade, review.agreed, review.safeguarding_concern, review.place) == (
        "high",
        False,
        True,
        "supervisor",
    )


def test_only_a_higher_grade_is_offered(task: Task, log: Assessment, at_desk: Desk) -> None:
    client, address = at_desk("sergeant"), reverse("risk:review", args=[task.pk])
    typed = {"agreed": "no", "grade": "standard", "note": "Lower.", "id": str(log.pk)}
    assert client.post(address, typed).status_code == 422
    assert not Review.objects.exists()


def test_agreeing_drops_a_grade_no_longer_asked(task: Task, log: Assessment, at_desk: Desk) -> None:
    typed = {"agreed": "yes", "grade": "high", "note": "Right.", "id": str(log.pk)}
    at_desk("sergeant").post(reverse("risk:review", args=[task.pk]), typed)
    assert Review.objects.get().grade == ""


def test_a_newer_log_must_be_read_first(
    task: Task, log: Assessment, case: Case, there: Partnership, at_desk: Desk
) -> None:
    later = NOW + timedelta(minutes=1)
    assess(case=case, filled=Filled("dial", {"separation": "no"}), id=uuid4(), by=there.users["second"], at=later)
    typed = {"agreed": "yes", "note": "Right.", "id": str(log.pk)}
    answer = at_desk("sergeant").post(reverse("risk:review", args=[task.pk]), typed)
    assert answer.status_code == 422 and "A newer log has come in" in answer.content.decode()


def test_nobody_reviews_their_own(case: Case, there: Partnership, at_desk: Desk) -> None:
    own = assess(
        case=case, filled=Filled("dial", {"separation": "yes"}), id=uuid4(), by=there.users["sergeant"], at=NOW
    )
    task = give(case=case, act="review_dial", there=there, desk="desk", by=there.users["officer"], at=NOW)
    answer = at_desk("sergeant").post(
        reverse("risk:review", args=[task.pk]), {"agreed": "yes", "note": "Mine.", "id": str(own.pk)}
    )
    assert answer.status_code == 403 and "a colleague reviews it" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("auditor", 403), ("manager", 403)])
def test_who_may_not_review(task: Task, at_desk: Desk, who: str, status: int) -> None:
    assert at_desk(who).get(reverse("risk:review", args=[task.pk])).status_code == status


def test_the_page_is_for_reviews_only(case: Case, there: Partnership, at_desk: Desk) -> None:
    task = give(case=case, act="tell_school", there=there, desk="desk", by=there.users["officer"], at=NOW)
    assert at_desk("sergeant").get(reverse("risk:review", args=[task.pk])).status_code == 404
