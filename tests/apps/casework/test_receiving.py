"""What a receiver may do hangs on what was sent and on what is known; what they read hangs on what was sent alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.actions import deciding
from alongside.casework.models import Referral, ReferralDecision
from alongside.duties.actions import state_fact
from alongside.duties.models import Duty, ObservedFact
from alongside.sharing.models import Disclosure
from tests.apps.casework.test_deciding import REASON, decide_url
from tests.apps.casework.test_referrals import send
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]
INFORMATION = {
    "outcome": "information-and-advice",
    "ask_incident_minor": "yes",
    "ask_other_risk_indicator": "no",
    "ask_high_risk_indicator_police": "no",
    **REASON,
}
HELD_BACK = "has on record and has not sent you stops this. Ring them before you do it: 0121 496 0101."
GIST = "A report may not be kept as mere information"


@pytest.fixture
def row(case: Case, at_desk: Desk) -> Referral:
    return send(at_desk("officer"), case)


def learns(there: Partnership, case: Case, **facts: object) -> None:
    """What the sender's agency comes to know after sending, and sends nobody."""
    by, later = there.users["officer"], NOW
    for name, value in facts.items():
        state_fact(case=case, name=name, value=value, about=None, manner="answered", by=by, at=later)
    cases.changed(case=case, by=by, at=later)


def answers(manager: Client, row: Referral) -> None:
    """The three answers on the page, with another outcome that waits for more."""
    wait = {"outcome": "further-information", "look_again_on_0": 4, "look_again_on_1": 3, "look_again_on_2": 2026}
    for _ in range(2):  # some questions come once others are answered
        assert manager.post(decide_url(row), INFORMATION | wait).status_code == 302


def test_a_bar_only_the_sender_knows_of_stops_the_act_and_tells_nothing(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    manager = at_desk("manager")
    answers(manager, row)
    assert HELD_BACK not in manager.get(decide_url(row)).content.decode()
    learns(there, case, other_risk_indicator=True, weapon_used=True)
    page = manager.get(decide_url(row)).content.decode()
    assert HELD_BACK in page and GIST not in page  # said before anybody presses
    refused = manager.post(decide_url(row), INFORMATION)
    words = refused.content.decode()
    assert refused.status_code == 403 and HELD_BACK in words and GIST not in words
    assert ReferralDecision.objects.filter(outcome="information-and-advice").count() == 0
    with pytest.raises(Refused) as raised:
        deciding.decide(referral=row, outcome="information-and-advice", reason="x", by=there.users["manager"], at=NOW)
    assert raised.value.cite is None and GIST not in str(raised.value)


def test_a_bar_on_what_was_sent_stops_the_act_whatever_the_sender_learnt(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    learns(there, case, incident_minor=True, other_risk_indicator=False, high_risk_indicator_police=False)
    manager = at_desk("manager")
    assert "Cannot tell yet" in manager.get(decide_url(row)).content.decode()
    refused = manager.post(decide_url(row), {"outcome": "information-and-advice", **REASON})
    assert refused.status_code == 403 and GIST in refused.content.decode()


def test_contact_with_the_family_is_stopped_by_what_only_the_sender_knows(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    learns(there, case, forced_marriage=True)
    values = {"outcome": "early-help", "contact_family": "yes", "conduct": ["none"], **REASON}
    refused = at_desk("manager").post(decide_url(row), values)
    words = refused.content.decode()
    assert refused.status_code == 403 and HELD_BACK in words and "Specialist advice comes first" not in words
    assert not ReferralDecision.objects.exists()


def test_to_answer_is_to_share_by_a_recorded_decision(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    manager = at_desk("manager")
    page = manager.get(decide_url(row)).content.decode()
    assert "To answer is to share" in page and "West Midlands Police sees your answers" in page
    without = {**INFORMATION, "share_reason": " "}
    assert "Say in a sentence why you share your answers" in manager.post(decide_url(row), without).content.decode()
    assert not ObservedFact.objects.filter(case=case, agency=row.to_team.agency).exists()
    manager.post(decide_url(row), {**INFORMATION, "share_basis": "prevent-crime"})
    shared = Disclosure.objects.get(to_team=row.from_team)
    assert (shared.basis, shared.reason, shared.decided_by) == (
        "prevent-crime",
        "They may call again tonight.",
        there.users["manager"],
    )
    assert shared.record_id == row.pk and any("something minor" in one for one in shared.what)
    told = at_desk("officer").get(reverse("cases:tab", args=[case.reference, "sharing"])).content.decode()
    assert "They may call again tonight." in told and "something minor" in told


def test_a_decision_without_answers_shares_no_answers(row: Referral, at_desk: Desk) -> None:
    values = {"outcome": "early-help", "reason": "A baby was in the room."}
    assert at_desk("manager").post(decide_url(row), values).status_code == 302
    assert not Disclosure.objects.filter(to_team=row.from_team).exists()


def test_what_an_answer_sets_going_reaches_people_at_once(
    case: Case, row: Referral, there: Partnership, at_desk: Desk
) -> None:
    """The receiver learns of a forced marriage: the sender must not ring the family a minute later."""
    values = {"outcome": "early-help", "contact_family": "yes", "conduct": ["forced_marriage"], **REASON}
    refused = at_desk("manager").post(decide_url(row), values).content.decode()
    assert "Your answers were shared with the sender and stand on record." in refused
    page = at_desk("officer").get(reverse("casework:refer", args=[case.reference, row.service])).content.decode()
    assert "Specialist advice comes first" in page


def test_the_action_shares_nothing_without_a_reason(case: Case, row: Referral, there: Partnership) -> None:
    with pytest.raises(Refused, match="why you share your answers"):
        deciding.answer(
            referral=row,
            answers=[deciding.Answered("incident_minor", True)],
            basis="protect-child",
            reason=" ",
            by=there.users["manager"],
            at=NOW + timedelta(minutes=1),
        )
    assert not ObservedFact.objects.filter(case=case, name="incident_minor").exists()


NEW = "wm-duty-manager-consider"
NEW_GIST = "For a lesser incident too"


@pytest.fixture
def joined(case: Case, row: Referral, there: Partnership) -> Duty:
    """After sending, the sender learns what makes one more duty of the receiver."""
    learns(there, case, lesser_incident=True, police_risk_high=True)
    return Duty.objects.get(case=case, rule=NEW)


def test_a_duty_on_what_was_not_sent_is_counted_and_not_told(
    case: Case, row: Referral, joined: Duty, at_desk: Desk
) -> None:
    assert joined.task.owner_team == row.to_team and joined.state == "open"
    manager = at_desk("manager")
    pages = {
        "task": reverse("duties:task", args=[joined.task_id]),
        "decision": decide_url(row),
        "today": reverse("duties:today"),
        "otherwise": reverse("duties:otherwise", args=[joined.task_id]),
    }
    shown = {name: manager.get(url).content.decode() for name, url in pages.items()}
    assert all(NEW_GIST not in page and NEW not in page for page in shown.values())
    for name in ("task", "decision"):
        assert "One more duty has joined since, on something West Midlands Police has not sent you." in shown[name]
        assert "0121 496 0101" in shown[name]
    assert "Children&#39;s social care decides" in shown["task"]  # what was sent is told as before


def test_the_sender_reads_it_and_what_to_do(case: Case, joined: Duty, at_desk: Desk) -> None:
    page = at_desk("officer").get(reverse("duties:task", args=[joined.task_id])).content.decode()
    assert NEW_GIST in page and "They cannot read this yet" in page


def test_a_decision_made_without_it_does_not_close_it_and_one_made_with_it_does(
    case: Case, row: Referral, joined: Duty, at_desk: Desk
) -> None:
    manager, reason = at_desk("manager"), {"reason": "A baby was in the room."}
    manager.post(decide_url(row), {"outcome": "early-help", **reason})
    joined.refresh_from_db()
    assert joined.state == "open" and joined.task.state == "open"
    assert "whom to ring" in manager.get(reverse("duties:today")).content.decode()
    second = send(at_desk("officer"), case)
    joined.refresh_from_db()
    assert joined.told_in_id == joined.task_id
    assert NEW_GIST in manager.get(reverse("duties:task", args=[joined.task_id])).content.decode()
    manager.post(decide_url(second), {"outcome": "child-and-family-assessment", **reason})
    joined.refresh_from_db()
    assert (joined.state, joined.evidence_kind) == ("done", "csc.decided")


def test_a_duty_on_the_receivers_own_decision_is_told(case: Case, row: Referral, at_desk: Desk) -> None:
    manager = at_desk("manager")
    manager.post(decide_url(row), {"outcome": "child-and-family-assessment", "reason": "A baby was in the room."})
    duty = Duty.objects.get(case=case, rule="wm-liaise-all-agencies")
    assert duty.owner_team == row.to_team and duty.told_in_id == duty.task_id


def test_a_fact_that_changed_after_it_was_sent_tells_no_more(case: Case, there: Partnership, at_desk: Desk) -> None:
    learns(there, case, lesser_incident=True, police_risk_high=False)
    row = send(at_desk("officer"), case)
    learns(there, case, police_risk_high=True)
    duty = Duty.objects.get(case=case, rule=NEW)
    assert duty.owner_team == row.to_team and duty.told_in is None
