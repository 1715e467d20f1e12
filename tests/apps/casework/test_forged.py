"""Forms that no page of ours would send: another team's call, another record's page, a case that is no longer one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseEvent
from alongside.casework.actions import acts
from alongside.casework.models import ActRecord, Referral
from alongside.duties.models import Task
from alongside.duties.queries import evaluation_of
from alongside.gate.actions import close_ground
from alongside.gate.models import Ground
from alongside.risk.models import Judgement
from tests.apps import partnership as invented
from tests.apps.browsing import form_on
from tests.apps.casework.test_referrals import CSC
from tests.apps.casework.test_sending import WORDS, kept
from tests.apps.partnership import NOW, Partnership

Desk = Callable[[str], Client]


def test_nobody_notes_the_call_of_another_team(case: Case, at_desk: Desk) -> None:
    """It would silence the alert to that team's deputy."""
    task = Task.objects.get(case=case, act="refer_to_childrens_social_care")
    for who in ("sergeant", "officer"):
        answer = at_desk(who).post(
            reverse("casework:telephoned", args=[case.reference, CSC]), {"spoken_to": "duty worker"}
        )
        assert answer.status_code == 302
        task.refresh_from_db()
        assert (task.spoken_at is not None) is (who == "officer"), who


def test_what_was_typed_is_not_sent_once_the_case_is_not_the_writers_any_more(
    case: Case, there: Partnership, at_desk: Desk
) -> None:
    officer = at_desk("officer")
    preview = kept(officer, case)
    for ground in Ground.objects.filter(subject_kind="case", subject_id=case.pk):
        close_ground(ground=ground, why="the case is another force's", by=there.users["officer"], at=NOW)
    for answer in (officer.get(preview), officer.post(preview)):
        assert answer.status_code == 404
        assert case.reference not in answer.content.decode() and WORDS not in answer.content.decode()
    assert not Referral.objects.exists()


def test_a_page_sent_under_the_id_of_another_record_is_refused(case: Case, there: Partnership) -> None:
    said = {"team": there.teams["response"], "what": "Rang her mother.", "done_on": NOW, "at": NOW}
    first = acts.record_act(case=case, act="one", by=there.users["officer"], **said)
    for other, act, who in (
        (invented.call(there, people=False), "one", "officer"),
        (case, "another", "officer"),
        (case, "one", "second"),
    ):
        with pytest.raises(Refused, match="belongs to another record"):
            acts.record_act(id=first.pk, case=other, act=act, by=there.users[who], **said)
    assert ActRecord.objects.get() == first


def test_a_judgement_sent_twice_is_one(case: Case, at_desk: Desk) -> None:
    officer, url = at_desk("officer"), reverse("risk:judge", args=[case.reference])
    values = form_on(officer.get(url).content.decode(), having="reason")
    for _ in range(2):
        officer.post(url, {**values, "what": "high-risk", "reason": "He was outside again."})
    assert Judgement.objects.count() == 1
    assert CaseEvent.objects.filter(what__contains="judgement").count() == 1


def test_what_a_clock_put_right_cannot_hide(
    case: Case, there: Partnership, at_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock was an hour fast while the call was recorded: its own officers still find it."""
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW - timedelta(hours=1))
    assert at_desk("officer").get(reverse("cases:case", args=[case.reference])).status_code == 200


def test_what_was_decided_last_is_the_latest_whatever_the_clock_said(case: Case, there: Partnership) -> None:
    cases.changed(case=case, by=there.users["officer"], at=NOW - timedelta(hours=1))
    latest = evaluation_of(case)
    assert latest is not None and latest.version == Case.objects.get(pk=case.pk).version
