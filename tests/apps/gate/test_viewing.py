"""The gate: an open ground, and nothing else, lets a viewer see; and it is read afresh at every question."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.apps import apps

from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.gate.models import Ground
from alongside.gate.viewing import Gated, TeamView, Viewer, _repeats
from alongside.people.models import Person, SafeContact
from tests.apps.partnership import NOW, Partnership

HOUR = timedelta(hours=1)


def ground(there: Partnership, case: Case, *, kind: str = "case", **more: object) -> Ground:
    """A ground on a case, and on nothing else that is there."""
    with writing():
        Ground.objects.all().delete()
        return Ground.objects.create(
            subject_kind=kind,
            subject_id=case.pk,
            ground="sent",
            purpose="test",
            opened_at=NOW,
            opened_by=there.users["officer"],
            **more,
        )


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, True),
        ({"ends_on": NOW + HOUR}, True),
        ({"ends_on": NOW}, False),
        ({"ends_on": NOW - HOUR}, False),
        ({"kind": "task"}, False),
        ({"kind": "record"}, False),
    ],
)
@pytest.mark.parametrize("holder", ["agency", "team", "user"])
def test_an_open_ground_and_nothing_else(
    there: Partnership, case: Case, holder: str, more: dict[str, object], is_open: bool
) -> None:
    holders = {"agency": there.agencies["haven"], "team": there.teams["haven-idva"], "user": there.users["idva"]}
    ground(there, case, **{holder: holders[holder], **more})  # type: ignore[arg-type]
    viewer, other = Viewer(there.users["idva"], NOW), Viewer(there.users["manager"], NOW)
    # An agency's ground is a reason for those alone whose role needs all that it holds (test_need_to_know).
    assert list(Case.objects.visible_to(viewer)) == ([case] if is_open and holder != "agency" else [])
    assert not Case.objects.visible_to(other).exists()
    team = TeamView(there.teams["haven-idva"], NOW)
    assert Case.objects.visible_to(team).exists() == (is_open and holder != "user")


def test_permission_is_read_at_every_question(there: Partnership, case: Case) -> None:
    viewer, manager = Viewer(there.users["idva"], NOW), there.users["manager"]
    held = ground(there, case, team=there.teams["haven-idva"])
    assert Case.objects.visible_to(viewer).exists()
    with writing():
        held.closed_at, held.closed_by = NOW, manager
        held.save()
    assert not Case.objects.visible_to(viewer).exists()
    ground(there, case, team=there.teams["haven-idva"])
    assert Case.objects.visible_to(viewer).exists()


def test_who_may_not_sign_in_any_more_sees_nothing(there: Partnership, case: Case) -> None:
    ground(there, case, user=there.users["idva"])
    there.users["idva"].is_active = False
    assert not Case.objects.visible_to(Viewer(there.users["idva"], NOW)).exists()


def test_a_person_of_two_cases_stands_there_once(there: Partnership, case: Case) -> None:
    people = list(Person.objects.filter(memberships__case=case))
    officer = there.users["officer"]
    viewer, moment = Viewer(officer, NOW), datetime(2026, 3, 1, tzinfo=NOW.tzinfo)
    with writing():
        second = Case.objects.get(pk=case.pk)
        second.pk, second.reference, second.opened_at, second._state.adding = uuid4(), "AL-9999-99", moment, True
        second.save()
        for person in people:
            CaseMember.objects.create(case=second, person=person, role="other")
        for one in (case, second):
            Ground.objects.create(
                subject_kind="case",
                subject_id=one.pk,
                user=officer,
                ground="sent",
                purpose="test",
                opened_at=NOW,
                opened_by=officer,
            )
    for rows in (Person.objects.visible_to(viewer), SafeContact.objects.visible_to(viewer)):
        found = [row.pk for row in rows]
        assert found
        assert len(found) == len(set(found)) == rows.count()


def test_only_a_path_through_many_rows_repeats_what_it_finds() -> None:
    paths = {
        (model, path)
        for model in apps.get_models()
        if issubclass(model, Gated)
        for _, path in model.gate_paths
        if "__" in path
    }
    repeating = {path for model, path in paths if _repeats(model, path)}
    assert {"memberships__case_id", "person__memberships__case_id"} <= repeating
    assert not {"assessment__case_id", "referral__case_id"} & repeating
    assert {path for _, path in paths} > repeating
