"""The duty manager's decision: what only they can answer, what is barred, and whom the family's reports belong to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.actions import deciding, referrals
from alongside.casework.models import Referral, ReferralDecision
from alongside.casework.pages import referrals as pages
from alongside.duties import conduct
from alongside.duties.actions import state_fact
from alongside.duties.bars import check_not_barred, stops
from alongside.duties.models import Bar, Duty, ObservedFact
from alongside.gate.viewing import Viewer
from alongside.people.models import LinkDecision
from tests.apps import partnership as invented
from tests.apps.casework.test_referrals import CSC, send
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]
REASON = {"reason": "A baby was in the room.", "share_reason": "They may call again tonight."}


def decide_url(row: Referral) -> str:
    return reverse("casework:decide", args=[row.pk])


@pytest.fixture
def row(case: Case, at_desk: Desk) -> Referral:
    return send(at_desk("officer"), case)


def test_information_only_waits_until_it_can_be_told(case: Case, row: Referral, at_desk: Desk) -> None:
    manager = at_desk("manager")
    page = manager.get(decide_url(row)).content.decode()
    assert "Does the report describe something minor?" in page and "Cannot tell yet" in page
    answer = manager.post(decide_url(row), {"outcome": "information-and-advice", **REASON})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "This cannot be told yet, so it waits" in text and "West Midlands procedures 2.24" in text
    assert "A baby was in the room." in text  # what was typed stands
    assert not ReferralDecision.objects.exists()


def test_information_only_is_refused_with_its_place_where_it_is_forbidden(
    case: Case, row: Referral, at_desk: Desk
) -> None:
    manager = at_desk("manager")
    values = {"outcome": "information-and-advice", "ask_incident_minor": "no", **REASON}
    answer = manager.post(decide_url(row), values)
    assert answer.status_code == 403 and "This is not allowed here" in answer.content.decode()
    assert Bar.objects.get(case=case, rule="wm-csc-info-advice-forbidden", lifted_on=None).outcome == "fires"
    said = ObservedFact.objects.get(case=case, name="incident_minor")
    assert (said.value, said.said_by) == (False, "Social care manager")
    assert not ReferralDecision.objects.exists()


def test_information_only_where_the_answers_allow_it(case: Case, row: Referral, at_desk: Desk) -> None:
    manager = at_desk("manager")
    values = {
        "outcome": "information-and-advice",
        "ask_incident_minor": "yes",
        "ask_other_risk_indicator": "no",
        **REASON,
    }
    page = manager.get(decide_url(row)).content.decode()
    assert "ask_high_risk_indicator_police" in page
    assert manager.post(decide_url(row), values | {"ask_high_risk_indicator_police": "no"}).status_code == 302
    assert ReferralDecision.objects.get().outcome == "information-and-advice"


def test_a_reason_and_an_outcome_are_needed(row: Referral, at_desk: Desk) -> None:
    text = at_desk("manager").post(decide_url(row), {}).content.decode()
    assert "Choose one of the decisions." in text and "Say in a sentence why you decide so." in text


def test_more_information_keeps_it_open_until_a_day(case: Case, row: Referral, at_desk: Desk) -> None:
    manager = at_desk("manager")
    values = {"outcome": "further-information", **REASON}
    assert "Say by which day you will look again." in manager.post(decide_url(row), values).content.decode()
    past = values | {"look_again_on_0": 1, "look_again_on_1": 3, "look_again_on_2": 2026}
    assert "has passed" in manager.post(decide_url(row), past).content.decode()
    day = values | {"look_again_on_0": 4, "look_again_on_1": 3, "look_again_on_2": 2026}
    assert manager.post(decide_url(row), day).status_code == 302
    row.refresh_from_db()
    assert row.state == "waiting"
    assert Duty.objects.filter(case=case, act="decide_csc_response", state="open").exists()
    inbox = manager.get(reverse("casework:reports-children")).content.decode()
    assert "More information asked for, by Wednesday 4 March" in inbox
    assert (
        "look again on Wednesday 4 March"
        in at_desk("officer").get(reverse("casework:referral", args=[row.pk])).content.decode()
    )
    assert manager.post(decide_url(row), {"outcome": "early-help", **REASON}).status_code == 302
    assert not Duty.objects.filter(case=case, act="decide_csc_response", state="open").exists()
    assert ReferralDecision.objects.count() == 2


def test_it_is_decided_once(row: Referral, at_desk: Desk, there: Partnership) -> None:
    manager = at_desk("manager")
    for _ in range(2):
        assert manager.post(decide_url(row), {"outcome": "early-help", **REASON}).status_code == 302
    assert ReferralDecision.objects.count() == 1


def test_contact_with_the_family_asks_its_question_first(case: Case, row: Referral, at_desk: Desk) -> None:
    manager = at_desk("manager")
    page = manager.get(decide_url(row)).content.decode()
    assert (
        "Does anything point to abuse in the name of honour, a forced marriage, or female genital mutilation?" in page
    )
    values = {"outcome": "early-help", "contact_family": "yes", **REASON}
    answer = manager.post(decide_url(row), values)
    assert answer.status_code == 403 and "This cannot be told yet" in answer.content.decode()
    assert not ReferralDecision.objects.exists()
    barred = manager.post(decide_url(row), values | {"conduct": ["forced_marriage"]})
    assert barred.status_code == 403 and "Specialist advice comes first" in barred.content.decode()
    assert ObservedFact.objects.get(case=case, name="forced_marriage", superseded_by=None).value is True
    without = manager.post(decide_url(row), values | {"contact_family": "no"})
    assert without.status_code == 302


def test_contact_with_the_family_where_nothing_points_to_it(case: Case, row: Referral, at_desk: Desk) -> None:
    values = {"outcome": "early-help", "contact_family": "yes", "conduct": ["none"], **REASON}
    assert at_desk("manager").post(decide_url(row), values).status_code == 302
    assert ObservedFact.objects.get(case=case, name="csc_contact_with_family_planned").value is True


def test_none_of_these_stands_alone(row: Referral, at_desk: Desk) -> None:
    values = {"outcome": "early-help", "contact_family": "yes", "conduct": ["none", "fgm"], **REASON}
    assert "stands alone" in at_desk("manager").post(decide_url(row), values).content.decode()


@pytest.mark.parametrize("name", ["officer", "adult", "walsall", "keyadult", "idva", "auditor"])
def test_nobody_else_decides(row: Referral, at_desk: Desk, name: str) -> None:
    answer = at_desk(name).post(decide_url(row), {"outcome": "early-help", **REASON})
    assert answer.status_code in (403, 404)
    assert not ReferralDecision.objects.exists()


def test_a_referral_that_is_none_is_not_there(at_desk: Desk) -> None:
    assert at_desk("manager").get(reverse("casework:decide", args=[uuid4()])).status_code == 404


def test_the_action_itself_refuses(row: Referral, there: Partnership) -> None:
    with pytest.raises(Refused, match="may not decide"):
        deciding.decide(referral=row, outcome="early-help", reason="x", by=there.users["officer"], at=NOW)
    with pytest.raises(Refused, match="Choose one of the decisions"):
        deciding.decide(referral=row, outcome="arrest", reason="x", by=there.users["manager"], at=NOW)


def another(there: Partnership, at_desk: Desk) -> Referral:
    """A second call about the same family, recorded anew."""
    case = invented.call(there, at=NOW)
    return send(at_desk("officer"), case)


def test_reports_of_one_family_stand_together_once_somebody_said_so(
    row: Referral, there: Partnership, at_desk: Desk
) -> None:
    second = another(there, at_desk)
    viewer = Viewer(there.users["manager"], NOW)
    assert len(pages.inbox(viewer, CSC)) == 2
    one, other = (r.case.members.get(role="victim").person for r in (row, second))
    with writing():
        LinkDecision.objects.create(
            person=other, candidate=one, answer="same", weight=20, decided_at=NOW, decided_by=there.users["officer"]
        )
    families = pages.inbox(viewer, CSC)
    assert len(families) == 1 and len(families[0].open) == 2
    at_desk("manager").post(decide_url(row), {"outcome": "child-and-family-assessment", **REASON})
    family = pages.inbox(viewer, CSC)[0]
    assert (len(family.open), len(family.earlier)) == (1, 1) and "a worker may be allocated" in family.worker
    assert "Child and family assessment" in at_desk("manager").get(decide_url(second)).content.decode()
    with writing():
        LinkDecision.objects.update(undone_at=NOW, undone_by=there.users["officer"])
    assert len(pages.inbox(viewer, CSC)) == 2


def test_a_person_causing_harm_alone_joins_no_families(row: Referral, there: Partnership, at_desk: Desk) -> None:
    second = another(there, at_desk)
    one, other = (r.case.members.get(role="person-causing-harm").person for r in (row, second))
    with writing():
        LinkDecision.objects.create(
            person=other, candidate=one, answer="same", weight=20, decided_at=NOW, decided_by=there.users["officer"]
        )
    assert len(pages.inbox(Viewer(there.users["manager"], NOW), CSC)) == 2


def test_a_letter_is_barred_by_the_moment_of_sending_it(there: Partnership, case: Case) -> None:
    assert stops(case, "send_letter") == []
    with writing():
        there.area.__class__.objects.create(code="stoke-on-trent", name="Stoke-on-Trent", police="staffordshire-police")
        Case.objects.filter(pk=case.pk).update(area_id="stoke-on-trent")
    case.refresh_from_db()
    with pytest.raises(Refused, match="not allowed here"):
        check_not_barred(case, "send_letter")
    assert stops(case, "leave_voicemail")[0].rule == "staffs-no-voicemail"


def test_conduct_follows_what_is_known(case: Case, there: Partnership) -> None:
    bar = conduct.standing(case)
    assert bar is not None and bar.outcome == "cannot-decide"
    by = there.users["officer"]
    for number, name in enumerate(conduct.FACTS, 1):
        at = NOW + timedelta(minutes=number)
        state_fact(case=case, name=name, value=False, about=None, manner="answered", by=by, at=at)
        cases.changed(case=case, by=by, at=at)
    assert conduct.standing(case) is None
    at = NOW + timedelta(hours=1)
    state_fact(case=case, name="fgm", value=True, about=None, manner="answered", by=by, at=at)
    cases.changed(case=case, by=by, at=at)
    with pytest.raises(Refused, match="Specialist advice comes first"):
        conduct.check_conduct(case, "contact_family")
    conduct.check_conduct(case, "call_999")


def test_an_empty_referral_is_refused(case: Case, there: Partnership) -> None:
    content = referrals.Content(account="", basis="protect-child", basis_reason="x")
    with pytest.raises(Refused, match="what happened"):
        referrals.send_referral(
            key=uuid4(),
            case=case,
            service=CSC,
            area=there.area,
            from_team=there.teams["response"],
            to_team=there.teams["csc"],
            about=[],
            content=content,
            facts=[],
            by=there.users["officer"],
            at=NOW,
        )


def test_a_second_decision_is_told_that_it_was_not_kept(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    """Two managers have the page open. The later one must not believe that theirs stands; pressing twice is no second one."""
    there.users["worker"].memberships.update(team=there.teams["csc"])
    manager, worker = at_desk("manager"), at_desk("worker")
    first = {"outcome": "child-and-family-assessment", **REASON}
    for _ in range(2):
        answer = manager.post(decide_url(row), first)
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("casework:referral", args=[row.pk]))
    second = {"outcome": "strategy-discussion", "reason": "He is on his way there.", "share_reason": "They may call."}
    said = worker.post(decide_url(row), second | {"ask_incident_minor": "no"})
    text = said.content.decode()
    assert said.status_code == 403
    assert "Ash Manager decided this already" in text and "Yours was not kept" in text
    assert "He is on his way there." in text  # what was typed stands
    assert worker.get(decide_url(row)).status_code == 302
    assert ReferralDecision.objects.get().outcome == "child-and-family-assessment"
    assert not ObservedFact.objects.filter(name="incident_minor", agency=there.users["worker"].agency).exists()
