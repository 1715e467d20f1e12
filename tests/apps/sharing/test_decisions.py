"""A door stands as long as the decision that opened it; consent taken back closes what rested on it and asks about the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.agencies.access import Refused
from alongside.audit.api import StateRefused
from alongside.cases.models import Case
from alongside.casework.models import ActRecord
from alongside.gate.actions import open_ground
from alongside.gate.viewing import Viewer
from alongside.outbox.models import Message
from alongside.sharing.actions import Weighed, keep_back, record_consent
from alongside.sharing.agreements.queries import reviews_late
from alongside.sharing.codes import BASES
from alongside.sharing.days import today
from alongside.sharing.decisions import pages, queries
from alongside.sharing.decisions.actions import end_share, review_share
from alongside.sharing.gateways import GATEWAYS, OF_BASIS
from alongside.sharing.models import Disclosure, ShareReview
from tests.apps.partnership import NOW, Partnership
from tests.apps.sharing.deciding import act_of, sees, shares

DAY = timedelta(days=1)


@pytest.fixture
def act(case: Case, there: Partnership) -> ActRecord:
    return act_of(there, case)


def withdraws(there: Partnership, case: Case, status: str = "withdrawn", *, after: timedelta = DAY) -> None:
    victim = case.members.get(role="victim").person
    by = there.users["second"]
    record_consent(case=case, person=victim, purpose="referral", status=status, by=by, at=NOW + after)


def test_every_basis_has_a_gateway_and_every_gateway_its_source() -> None:
    assert OF_BASIS.keys() == BASES.keys()
    for gateway in GATEWAYS.values():
        assert gateway.basis in BASES and gateway.source and "To be confirmed" in gateway.hint


def test_the_whole_record(case: Case, act: ActRecord, there: Partnership) -> None:
    weighed = Weighed(
        "They visit tomorrow.", "One act, no history.", "the grandfather", review_on=today(NOW + 10 * DAY)
    )
    row = shares(there, case, act, left_out=["her address"], gateway="life", basis="protect-adult", weighed=weighed)
    row.refresh_from_db()
    assert (row.gateway, row.necessity, row.proportionality) == ("life", "They visit tomorrow.", "One act, no history.")
    assert (row.withheld_from, row.review_on, row.state) == ("the grandfather", today(NOW + 10 * DAY), "live")
    assert row.person == case.members.get(role="victim").person and row.agency == there.agencies["west-midlands-police"]


def test_without_a_day_the_partnerships_number_of_days_counts(case: Case, act: ActRecord, there: Partnership) -> None:
    assert shares(there, case, act).review_on == today(NOW + 90 * DAY)
    assert queries.awaits(case, ["share_review_days", "share_ends_at_review"], NOW)


def test_ending_closes_the_door_at_once_and_not_before(case: Case, act: ActRecord, there: Partnership) -> None:
    row = shares(there, case, act)
    assert sees(there, "manager", act)
    end_share(decision=row, why="They have what they need.", by=there.users["officer"], at=NOW + DAY)
    assert not sees(there, "manager", act, NOW + DAY)
    row.refresh_from_db()
    assert (row.state, row.ended_by) == ("ended", there.users["officer"])
    with pytest.raises(StateRefused):
        end_share(decision=row, why="Again.", by=there.users["officer"], at=NOW + DAY)


def test_two_decisions_rest_one_door_which_closes_with_the_last(case: Case, act: ActRecord, there: Partnership) -> None:
    first, second = shares(there, case, act), shares(there, case, act, reason="The health visitor asked too.")
    end_share(decision=first, why="One is enough.", by=there.users["officer"], at=NOW)
    assert sees(there, "manager", act)
    end_share(decision=second, why="No longer needed.", by=there.users["officer"], at=NOW)
    assert not sees(there, "manager", act)
    shares(there, case, act, at=NOW + DAY)
    assert sees(there, "manager", act, NOW + DAY), "decided anew"


def test_somebodys_hour_in_the_case_does_not_keep_the_door_shut(case: Case, act: ActRecord, there: Partnership) -> None:
    """A passing ground of a colleague is no ground of the team: it would take the referral with it when it ends."""
    by = there.users["manager"]
    open_ground(
        subject_kind="case",
        subject_id=case.pk,
        viewer=by,
        ground="case-team",
        purpose="x",
        by=by,
        at=NOW,
        ends_on=NOW + DAY,
    )
    shares(there, case, act)
    assert sees(there, "manager", act, NOW + 2 * DAY)


def test_consent_taken_back_ends_what_rested_on_it_in_the_same_breath(
    case: Case, act: ActRecord, there: Partnership
) -> None:
    on_consent = shares(there, case, act, "haven-idva", basis="consent", consent="given")
    other = shares(there, case, act)
    assert sees(there, "idva", act) and sees(there, "manager", act)
    withdraws(there, case)
    assert not sees(there, "idva", act, NOW + DAY)
    assert sees(there, "manager", act, NOW + DAY), "it does not rest on consent, and stands until its decider answers"
    asked = {row.disclosure_id: row for row in ShareReview.objects.all()}
    assert asked.keys() == {on_consent.pk, other.pk}
    assert {row.due_on for row in asked.values()} == {today(NOW + DAY)}, "the same day"
    assert Message.objects.filter(recipient=f"user:{there.users['officer'].pk}").count() == 2


def test_no_after_yes_is_taking_it_back_and_no_alone_is_not(case: Case, act: ActRecord, there: Partnership) -> None:
    shares(there, case, act, "haven-idva", basis="consent", consent="given")
    withdraws(there, case, "refused")
    assert sees(there, "idva", act, NOW + DAY), "nobody had recorded a yes that was taken back"
    withdraws(there, case, "given", after=2 * DAY)
    withdraws(there, case, "refused", after=3 * DAY)
    assert not sees(there, "idva", act, NOW + 3 * DAY)


@pytest.mark.parametrize("status", ["not-sought", "not-safe-to-seek", "", "given"])
def test_anything_else_that_is_said_ends_nothing(case: Case, act: ActRecord, there: Partnership, status: str) -> None:
    shares(there, case, act, "haven-idva", basis="consent", consent="given")
    withdraws(there, case, status)
    assert sees(there, "idva", act, NOW + DAY) and not ShareReview.objects.exists()


def test_another_purpose_is_another_matter(case: Case, act: ActRecord, there: Partnership) -> None:
    shares(there, case, act, "haven-idva", basis="consent", consent="given")
    victim = case.members.get(role="victim").person
    record_consent(case=case, person=victim, purpose="research", status="withdrawn", by=there.users["officer"], at=NOW)
    assert sees(there, "idva", act)


def test_the_other_side_cannot_end_anything_by_taking_back(case: Case, act: ActRecord, there: Partnership) -> None:
    """What the person reported as causing harm says about sharing ends no share about the victim, and asks nobody about one."""
    shares(there, case, act, "haven-idva", basis="consent", consent="given")
    him = case.members.get(role="person-causing-harm").person
    record_consent(case=case, person=him, purpose="referral", status="withdrawn", by=there.users["officer"], at=NOW)
    assert sees(there, "idva", act) and not ShareReview.objects.exists()


def test_the_review_is_answered_once_with_whether_it_was_free(case: Case, act: ActRecord, there: Partnership) -> None:
    row = shares(there, case, act)
    withdraws(there, case)
    by, at, to_come = there.users["officer"], NOW + DAY, today(NOW + 9 * DAY)
    given = {"decision": row, "reason": "The baby is still there.", "by": by, "at": at}
    with pytest.raises(Refused, match="freely"):
        review_share(outcome="goes-on", next_on=to_come, **given)
    with pytest.raises(Refused, match="which day"):
        review_share(outcome="goes-on", freely="no", next_on=today(at), **given)
    with pytest.raises(Refused, match="in a sentence why"):
        review_share(**{**given, "reason": " "}, outcome="ended", freely="yes")
    done = review_share(outcome="goes-on", freely="no", next_on=to_come, **given)
    assert (done.why, done.freely, done.outcome) == ("withdrawn", "no", "goes-on")
    row.refresh_from_db()
    assert row.review_on == to_come and sees(there, "manager", act, at)
    review_share(outcome="ended", **{**given, "reason": "Her sister took the baby."})
    assert not sees(there, "manager", act, at)
    assert ShareReview.objects.filter(disclosure=row).count() == 2


def test_what_ended_stays_ended_until_somebody_decides_anew(case: Case, act: ActRecord, there: Partnership) -> None:
    row = shares(there, case, act, "haven-idva", basis="consent", consent="given")
    withdraws(there, case)
    given = {"decision": row, "freely": "not-safe-to-ask", "by": there.users["officer"], "at": NOW + DAY}
    with pytest.raises(Refused, match="stay ended"):
        review_share(outcome="goes-on", reason="x", next_on=today(NOW + 5 * DAY), **given)
    review_share(outcome="stays-ended", reason="He stood beside her; decided anew below.", **given)
    assert not sees(there, "idva", act, NOW + DAY)
    shares(
        there,
        case,
        act,
        "haven-idva",
        at=NOW + DAY,
        basis="protect-adult",
        consent="withdrawn",
        reason="She is in danger.",
    )
    assert sees(there, "idva", act, NOW + DAY)


def test_only_the_agency_that_decided_looks_again(case: Case, act: ActRecord, there: Partnership) -> None:
    row = shares(there, case, act)
    with pytest.raises(Refused, match="only West Midlands Police"):
        review_share(decision=row, outcome="ended", reason="x", by=there.users["manager"], at=NOW)
    with pytest.raises(Refused, match="may not"):
        review_share(decision=row, outcome="ended", reason="x", by=there.users["auditor"], at=NOW)


def test_who_is_asked_today(case: Case, act: ActRecord, there: Partnership) -> None:
    shares(there, case, act)
    withdraws(there, case)

    def asks(who: str, after: timedelta) -> list[str]:
        return [one.text for one in pages.waiting(Viewer(there.users[who], NOW + after))]

    assert [text for text in asks("officer", DAY) if "today" in text and "consent was withdrawn" in text]
    assert not asks("second", DAY), "the decider first"
    assert asks("second", 2 * DAY), "whoever of the agency is there, once it is late"
    assert not asks("manager", 2 * DAY) and not asks("auditor", 2 * DAY)


def test_a_decider_who_left_is_stood_in_for_at_once(case: Case, act: ActRecord, there: Partnership) -> None:
    shares(there, case, act)
    withdraws(there, case)
    officer = there.users["officer"]
    officer.is_active = False
    officer.save()
    assert pages.waiting(Viewer(there.users["second"], NOW + DAY))


def test_the_day_to_look_again_asks_and_by_itself_ends_nothing(case: Case, act: ActRecord, there: Partnership) -> None:
    row = shares(there, case, act, weighed=Weighed(review_on=today(NOW + 3 * DAY)))
    officer = there.users["officer"]
    assert not pages.waiting(Viewer(officer, NOW + 3 * DAY))
    assert [one.about for one in pages.waiting(Viewer(officer, NOW + 4 * DAY)) if "has passed" in one.about]
    assert sees(there, "manager", act, NOW + 40 * DAY)
    review_share(
        decision=row, outcome="goes-on", reason="Still so.", next_on=today(NOW + 30 * DAY), by=officer, at=NOW + 4 * DAY
    )
    assert not pages.waiting(Viewer(officer, NOW + 4 * DAY)) and pages.waiting(Viewer(officer, NOW + 31 * DAY))
    second, lead = there.users["second"], there.users["governance"]
    assert not pages.waiting(Viewer(second, NOW + 33 * DAY)) and pages.waiting(Viewer(second, NOW + 40 * DAY))
    assert reviews_late(lead, NOW + 31 * DAY) == [("West Midlands Police", 1)]
    assert not reviews_late(lead, NOW + 29 * DAY)


def test_where_the_partnership_says_so_it_ends_at_midnight_after_that_day(
    case: Case, act: ActRecord, there: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "ends_at_review", lambda case, at: True)
    row = shares(there, case, act, weighed=Weighed(review_on=today(NOW)))
    midnight = NOW.replace(day=3, hour=0, minute=0)
    assert sees(there, "manager", act, midnight - timedelta(seconds=1))
    assert not sees(there, "manager", act, midnight)
    by = there.users["officer"]
    review_share(decision=row, outcome="goes-on", reason="x", next_on=today(NOW + 5 * DAY), by=by, at=midnight + DAY)
    assert sees(there, "manager", act, midnight + DAY)


def test_keeping_back_opens_nothing_closes_nothing_and_is_a_decision(
    case: Case, act: ActRecord, there: Partnership
) -> None:
    shares(there, case, act)
    row = keep_back(
        case=case,
        subject=act,
        to_team=there.teams["csc"],
        purpose="x",
        reason="It would tell him.",
        by=there.users["second"],
        at=NOW,
    )
    assert row.state == "kept-back" and sees(there, "manager", act)
    assert Disclosure.objects.filter(shared=False).get().reason == "It would tell him."


def test_a_team_hears_that_what_it_was_sent_has_ended_and_nothing_more(
    case: Case, act: ActRecord, there: Partnership
) -> None:
    row = shares(there, case, act)
    viewer = Viewer(there.users["manager"], NOW)
    assert not queries.recalled(viewer)
    end_share(decision=row, why="Over.", by=there.users["officer"], at=NOW)
    assert queries.recalled(viewer) == [row]
    assert not queries.recalled(Viewer(there.users["idva"], NOW))
    shares(there, case, act, reason="Needed again.")
    assert not queries.recalled(viewer), "they have it again"
