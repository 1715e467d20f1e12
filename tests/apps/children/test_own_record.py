"""What one school records, another school of the same council never sees; its own deputy does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.models import User
from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.children.models import School
from alongside.duties.models import Task
from alongside.gate.viewing import Viewer
from tests.apps.partnership import NOW, Partnership

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def school(there: Partnership) -> School:
    """A school with a key adult and a deputy; the teacher works for another school of the same council."""
    with writing():
        return School.objects.create(
            urn="900001",
            name="Sample Primary",
            area=there.area,
            team=there.teams["school"],
            key_adult=there.users["keyadult"],
            deputy=there.users["deputy"],
        )


def told_by(there: Partnership, by: User) -> Case:
    """A case recorded by somebody of a school."""
    return cases.open_case(
        area=there.area,
        local_authority=there.area.code,
        agency=by.agency,
        team=there.teams["school"],
        received_on=NOW,
        occurred_on=None,
        by=by,
        at=NOW,
    )


def sees(case: Case, user: User) -> bool:
    return Case.objects.visible_to(Viewer(user, NOW)).filter(pk=case.pk).exists()


def test_another_school_sees_nothing(there: Partnership, at_desk: SignIn) -> None:
    case = told_by(there, there.users["keyadult"])
    assert there.users["teacher"].agency == there.users["keyadult"].agency
    assert sees(case, there.users["keyadult"]) and sees(case, there.users["deputy"])
    assert not sees(case, there.users["teacher"])
    assert at_desk("teacher").get(f"/cases/{case.reference}/").status_code in (403, 404)


@pytest.mark.parametrize("act", ["/", "/cases/"])
def test_its_tasks_are_not_on_another_schools_pages(there: Partnership, at_desk: SignIn, act: str) -> None:
    case = told_by(there, there.users["keyadult"])
    cases.changed(case=case, by=there.users["keyadult"], at=NOW)
    assert not Task.objects.visible_to(Viewer(there.users["teacher"], NOW)).filter(case=case).exists()
    assert case.reference not in at_desk("teacher").get(act).content.decode()


def test_what_a_connected_system_recorded_is_the_teams(there: Partnership) -> None:
    system = User.objects.create_user(
        "system@schools.example", "x", name="", agency=there.users["teacher"].agency, role="service"
    )
    case = told_by(there, system)
    assert sees(case, there.users["teacher"]) and not sees(case, there.users["manager"])
