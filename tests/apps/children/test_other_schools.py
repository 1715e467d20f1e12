"""Doors that only the schools of one council share: none of them shows one school what another one recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.actions import acts, deciding
from alongside.casework.actions.referrals import Content, send_referral
from alongside.casework.models import ActRecord, Referral
from alongside.children.actions.register import Entry, keep_school
from alongside.children.models import School
from alongside.gate.viewing import Viewer
from alongside.intake.drafts import actions as drafts
from alongside.intake.drafts.models import UnsentCall
from alongside.outbox import worker
from alongside.outbox.models import Message
from tests.apps import partnership as invented
from tests.apps.children.test_own_record import school, sees, told_by
from tests.apps.partnership import NOW, Partnership

__all__ = ["school"]
SignIn = Callable[[str], Client]
SECRET = "he waits at the gate"


def a_report(**changes: Any) -> str:
    """What a school might drop in as a file, under an id of its own."""
    told = json.loads(Path("examples/police-incident-baby.json").read_text("utf-8"))
    told = {key: told[key] for key in ("schema", "people", "area") if key in told}
    held = {"id": "1", "kind": "professional-referral", "received_at": "2026-03-02T21:00:00Z", "summary": SECRET}
    return json.dumps(told | held | {"source": {"agency": "coventry-schools"}} | changes)


@pytest.mark.parametrize("changes", [{}, {"summary": "something else"}])
def test_an_id_another_school_used_shows_nothing_of_its_report(at_desk: SignIn, changes: dict[str, str]) -> None:
    """The schools of a council are one agency, and two of them may well count their reports from one."""
    first = at_desk("keyadult").post(reverse("intake:file"), {"text": a_report()})
    assert first.status_code == 302, first.content.decode()
    own = at_desk("deputy").post(reverse("intake:file"), {"text": a_report(summary="another account")})
    assert own.status_code == 409 and SECRET in own.content.decode()
    answer = at_desk("teacher").post(reverse("intake:file"), {"text": a_report(**changes)})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "give it a new id" in page and Case.objects.get().reference not in page
    assert (SECRET in page) is (not changes)  # what was typed stands; nothing else


def test_a_call_begun_at_one_school_is_not_told_to_another(
    there: Partnership, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = there.users["keyadult"]
    draft = drafts.begin(kind="professional-referral", by=by, at=NOW)
    drafts.keep(draft=draft, page="first", typed={"area": "coventry"}, by=by, at=NOW)
    late = NOW + timedelta(hours=2)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: late)
    assert by.name in at_desk("deputy").get("/").content.decode()
    assert by.name not in at_desk("teacher").get("/").content.decode()
    assert not UnsentCall.objects.visible_to(Viewer(there.users["teacher"], late)).exists()
    worker.ring_due(lambda: late, worker.Round())
    told = set(Message.objects.filter(key__startswith="unsent-call-").values_list("recipient", flat=True))
    assert told == {f"user:{there.users['deputy'].pk}"}


def referral_of(there: Partnership, by_name: str = "keyadult") -> Referral:
    by = there.users[by_name]
    case = told_by(there, by)
    invented.add_family(there, case)
    return send_referral(
        key=uuid4(),
        case=case,
        service="childrens-social-care",
        area=there.area,
        from_team=there.teams["school"],
        to_team=there.teams["csc"],
        about=[member.person for member in case.members.all()],
        content=Content(account=SECRET, basis="protect-child", basis_reason="A child is at risk."),
        facts=[],
        by=by,
        at=NOW,
    )


def test_an_answer_to_one_school_opens_its_referral_to_no_other(there: Partnership, at_desk: SignIn) -> None:
    row, manager = referral_of(there), there.users["manager"]
    said = deciding.Answered("incident_minor", False)
    deciding.answer(referral=row, answers=[said], basis="protect-child", reason="They ask.", by=manager, at=NOW)
    address = reverse("casework:referral", args=[row.pk])
    assert at_desk("deputy").get(address).status_code == 200
    assert at_desk("teacher").get(address).status_code == 404
    assert not Referral.objects.visible_to(Viewer(there.users["teacher"], NOW)).exists()


def test_an_act_of_one_school_is_seen_by_no_other(there: Partnership) -> None:
    by = there.users["keyadult"]
    acts.record_act(
        case=told_by(there, by),
        act="support_child",
        team=there.teams["school"],
        what=SECRET,
        done_on=NOW,
        by=by,
        at=NOW,
    )
    assert ActRecord.objects.visible_to(Viewer(there.users["deputy"], NOW)).exists()
    assert not ActRecord.objects.visible_to(Viewer(there.users["teacher"], NOW)).exists()


def hand_over(there: Partnership, school: School, key_adult: str | None, deputy: str | None) -> None:
    people = {name: there.users[who] if who else None for name, who in (("key_adult", key_adult), ("deputy", deputy))}
    kept = {name: getattr(school, name) for name in ("urn", "name", "area", "team", "phone", "arrival")}
    keep_school(school=school, entry=Entry(**kept, **people), by=there.users["administrator"], at=NOW)  # type: ignore[arg-type]


def test_who_leaves_a_school_leaves_its_records_to_who_comes(there: Partnership, school: School) -> None:
    case = told_by(there, there.users["keyadult"])
    hand_over(there, school, "teacher", "deputy")
    assert sees(case, there.users["teacher"]) and sees(case, there.users["deputy"])
    assert not sees(case, there.users["keyadult"])


def test_records_stay_with_who_leaves_while_nobody_has_come(there: Partnership, school: School) -> None:
    """A duty is never left to nobody."""
    case = told_by(there, there.users["keyadult"])
    hand_over(there, school, None, None)
    assert sees(case, there.users["keyadult"])


def test_who_answers_for_two_schools_takes_neither_record_to_the_other(there: Partnership, school: School) -> None:
    """Somebody else comes to the one school: the records of the other are not opened to them."""
    with writing():
        School.objects.create(urn="900002", name="Sample High", area=there.area, key_adult=there.users["teacher"])
    other = told_by(there, there.users["teacher"])
    hand_over(there, school, "teacher", "deputy")
    hand_over(there, school, "keyadult", "deputy")
    assert not sees(other, there.users["keyadult"]) and sees(other, there.users["teacher"])
    cases.changed(case=other, by=there.users["teacher"], at=NOW)
