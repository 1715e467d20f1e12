"""Consent, and the recorded decisions by which content moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.agencies.access import Refused
from alongside.audit.api import SideDoor
from alongside.cases.models import Case
from alongside.casework.actions.acts import record_act
from alongside.casework.models import ActRecord
from alongside.duties.facts import CaseFile
from alongside.gate.viewing import Viewer
from alongside.sharing import providers
from alongside.sharing.actions import disclose, keep_back, record_consent
from alongside.sharing.models import ConsentRecord, Disclosure
from tests.apps.partnership import NOW, Partnership


@pytest.fixture
def act(case: Case, there: Partnership) -> ActRecord:
    by = there.users["officer"]
    return record_act(
        case=case, act="inform_police", team=there.teams["response"], what="Rang the desk.", done_on=NOW, by=by, at=NOW
    )


def facts(case: Case) -> dict[str, object]:
    file = CaseFile(case, tuple(case.members.select_related("person")), NOW)
    return {
        fact.name: fact.value
        for fact in (*providers.consent(file), *providers.sharing_events(file))
        if fact.about is None
    }


def test_the_latest_word_on_consent_stands(case: Case, there: Partnership) -> None:
    victim, by = case.members.get(role="victim").person, there.users["officer"]
    assert "consent_status" not in facts(case)
    record_consent(case=case, person=victim, purpose="referral", status="refused", by=by, at=NOW)
    record_consent(case=case, person=victim, purpose="referral", status="given", by=by, at=NOW + timedelta(minutes=1))
    assert facts(case)["consent_status"] == "given"
    record_consent(case=case, person=victim, purpose="referral", status=None, by=by, at=NOW + timedelta(minutes=2))
    assert facts(case)["consent_status"] is None  # not known now, and never a no
    assert ConsentRecord.objects.count() == 3


def test_consent_to_another_purpose_is_another_matter(case: Case, there: Partnership) -> None:
    victim = case.members.get(role="victim").person
    record_consent(case=case, person=victim, purpose="research", status="given", by=there.users["officer"], at=NOW)
    assert "consent_status" not in facts(case)


def test_a_decision_to_share_opens_one_record_to_one_team(case: Case, act: ActRecord, there: Partnership) -> None:
    manager = Viewer(there.users["manager"], NOW)
    assert not ActRecord.objects.visible_to(manager).exists()
    row = disclose(
        case=case,
        subject=act,
        to_team=there.teams["csc"],
        purpose="so that they know",
        basis="protect-child",
        consent="not-sought",
        reason="The baby is not safe.",
        what=["what was done"],
        by=there.users["officer"],
        at=NOW,
    )
    assert list(ActRecord.objects.visible_to(manager)) == [act] and list(Disclosure.objects.visible_to(manager)) == [
        row
    ]
    assert not Case.objects.visible_to(manager).exists()
    assert not ActRecord.objects.visible_to(Viewer(there.users["idva"], NOW)).exists()
    assert facts(case)["share_decision_made"] is True


def test_a_decision_needs_its_reason_and_its_basis(case: Case, act: ActRecord, there: Partnership) -> None:
    given = {
        "case": case,
        "subject": act,
        "to_team": there.teams["csc"],
        "purpose": "x",
        "by": there.users["officer"],
        "at": NOW,
    }
    with pytest.raises(Refused, match="why this is shared"):
        disclose(basis="protect-child", consent="", reason=" ", what=[], **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        disclose(basis="", consent="", reason="x", what=[], **given)
    with pytest.raises(Refused, match="why this is not shared"):
        keep_back(reason="", **given)
    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("consent", ["", "refused", "not-sought", "not-safe-to-seek", "withdrawn"])
def test_the_act_itself_takes_no_consent_that_was_not_given(
    case: Case, act: ActRecord, there: Partnership, consent: str
) -> None:
    with pytest.raises(Refused, match="only where consent was given"):
        disclose(
            case=case,
            subject=act,
            to_team=there.teams["csc"],
            purpose="x",
            basis="consent",
            consent=consent,
            reason="x",
            what=[],
            by=there.users["officer"],
            at=NOW,
        )
    assert not Disclosure.objects.exists()


def test_a_decision_not_to_share_is_the_same_record_and_opens_nothing(
    case: Case, act: ActRecord, there: Partnership
) -> None:
    row = keep_back(
        case=case,
        subject=act,
        to_team=there.teams["csc"],
        purpose="x",
        reason="It would tell him where she is.",
        by=there.users["officer"],
        at=NOW,
    )
    assert row.shared is False
    manager = Viewer(there.users["manager"], NOW)
    assert not ActRecord.objects.visible_to(manager).exists() and not Disclosure.objects.visible_to(manager).exists()


def test_nothing_is_written_past_the_actions(case: Case, there: Partnership) -> None:
    with pytest.raises(SideDoor):
        ConsentRecord.objects.create(
            case=case,
            person=case.members.get(role="victim").person,
            purpose="referral",
            stated_at=NOW,
            stated_by=there.users["officer"],
        )
    assert not ConsentRecord.objects.exists()
