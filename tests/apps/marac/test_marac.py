"""From the police to the MARAC coordinator and the IDVA, and her answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.agencies.models import Membership, Team, TeamRole
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.casework.models import OfferAttempt, SupportOffer
from alongside.duties.models import Duty, Task
from alongside.marac import actions, queries
from alongside.marac.models import AgendaItem, MaracReferral, Meeting, NotReferredToMarac
from alongside.outbox.models import Message
from alongside.sharing.models import Disclosure
from tests.apps import partnership as invented
from tests.apps.browsing import form_on, sends
from tests.apps.partnership import NOW, Partnership
from tests.apps.sweeping import urls_about

Desk = Callable[[str], Client]
FACTS = {
    **invented.CALL,
    "professional_serious_concern": True,
    "assessed_high_risk": True,
    "victim_age_years": 29,
    "victim_pregnant": True,
}


@pytest.fixture
def case(there: Partnership) -> Case:
    return invented.call(there, facts=FACTS)


def url(case: Case) -> str:
    return reverse("marac:refer", args=[case.reference])


def typed(client: Client, case: Case, **changes: object) -> dict[str, object]:
    values: dict[str, object] = dict(form_on(client.get(url(case)).content.decode(), having="reason"))
    values |= {
        "safe_to_discuss": "no",
        "criterion": "professional-judgement",
        "reason": "He waited outside her work with a knife.",
        "basis_reason": "She may be killed.",
    }
    return values | changes


def send(client: Client, case: Case, **changes: object) -> MaracReferral:
    answer = sends(client, url(case), typed(client, case, **changes))
    assert answer.status_code == 302, answer.content.decode()[3000:8000]
    return MaracReferral.objects.latest("sent_at")


def plan(client: Client) -> Meeting:
    when = NOW + timedelta(days=10)
    values = {
        "area": "coventry",
        "held_on_0": when.day,
        "held_on_1": when.month,
        "held_on_2": when.year,
        "held_on_3": "9:30am",
    }
    assert client.post(reverse("marac:coordinator"), values).status_code == 302
    return Meeting.objects.get()


def test_the_grounds_are_shown_and_safety_is_asked_first(case: Case, at_desk: Desk) -> None:
    page = at_desk("officer").get(url(case)).content.decode()
    assert "Met" in page and "Cannot tell yet" in page
    assert page.index("Is it safe to talk with the victim") < page.index("On which ground?")
    assert "Dean Marsh" in page and "Haven-Idva team" in page


def test_nothing_is_seen_before_it_is_sent(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    assert "What they will see" in officer.post(url(case), typed(officer, case), follow=True).content.decode()
    assert not MaracReferral.objects.exists()
    assert case.reference not in at_desk("coordinator").get(reverse("marac:coordinator")).content.decode()
    assert not Task.objects.filter(case=case, owner_team__code="haven-idva").exists()


def test_from_the_police_to_the_list_with_its_copies(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    assert {duty.state for duty in Duty.objects.filter(case=case, act="refer_to_marac")} == {"done"}
    coordinator = at_desk("coordinator")
    page = coordinator.get(reverse("marac:coordinator")).content.decode()
    assert "A.H." in page and case.reference in page and "Hartley" not in page
    task = Task.objects.get(case=case, act="list_and_copy_marac")
    record = reverse("marac:referral", args=[row.pk])
    assert coordinator.get(reverse("marac:list-task", args=[task.pk])).headers["Location"] == record
    assert "No meeting is planned" in coordinator.get(record).content.decode()
    meeting = plan(coordinator)
    page = coordinator.get(record).content.decode()
    assert "Coventry MASH" in page and "Csc team" in page
    values = form_on(page, having="copies") | {"meeting": str(meeting.pk)}
    for _ in range(2):
        assert coordinator.post(reverse("marac:list", args=[row.pk]), values).status_code == 302
    item = AgendaItem.objects.get()
    assert {copy["to"] for copy in item.copies} == {"mash", "csc"}
    shared = Disclosure.objects.filter(record_id=row.pk, purpose="MARAC list and copy")
    assert {one.to_team.code for one in shared} == {"mash", "csc"}
    assert {duty.state for duty in Duty.objects.filter(case=case, act="list_and_copy_marac")} == {"done"}
    assert at_desk("manager").get(record).status_code == 200
    assert "Listed for" in at_desk("officer").get(record).content.decode()


def test_what_the_procedure_asks_for_cannot_be_unticked(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    coordinator = at_desk("coordinator")
    meeting = plan(coordinator)
    coordinator.post(reverse("marac:list", args=[row.pk]), {"meeting": str(meeting.pk)})
    assert {copy["to"] for copy in AgendaItem.objects.get().copies} == {"mash"}


def test_a_copy_that_tells_what_was_not_sent_is_not_shown(case: Case, there: Partnership, at_desk: Desk) -> None:
    """That the MASH must have a copy would tell the coordinator of a pregnancy the sender kept back."""
    officer = at_desk("officer")
    kept = [key for key in typed(officer, case)["facts"] if not key.startswith("victim_pregnant")]  # type: ignore[attr-defined]
    row = send(officer, case, facts=kept)
    assert Duty.objects.get(case=case, rule="wm-marac-unborn-copy-mash").told_in_id is None
    assert "mash" not in {team.code for team in queries.owed_copies(row).must}
    page = at_desk("coordinator").get(reverse("marac:referral", args=[row.pk])).content.decode()
    assert "unborn" not in page and "pregnan" not in page


def test_not_to_refer_is_a_named_decision(case: Case, at_desk: Desk, there: Partnership) -> None:
    officer = at_desk("officer")
    where = reverse("marac:do-not-refer", args=[case.reference])
    assert "These rules ask for a referral" in officer.get(where).content.decode()
    for _ in range(2):
        assert officer.post(where, {"reason": "She moved abroad this morning."}).status_code == 302
    assert NotReferredToMarac.objects.get().decided_by == there.users["officer"]
    duty = Duty.objects.get(case=case, rule="wm-marac-professional-judgement")
    assert (duty.state, duty.evidence_kind) == ("done", "marac.decided_not_to_refer")
    assert "Not referred to MARAC" in officer.get(reverse("cases:tab", args=[case.reference, "now"])).content.decode()


def test_it_is_talked_over_only_where_that_is_safe(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    answer = sends(officer, url(case), typed(officer, case, discussed="yes")).content.decode()
    assert "Talk it over with her only where that is safe" in answer
    assert not MaracReferral.objects.exists()


def test_the_same_page_sent_twice_is_one_referral(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = officer.post(url(case), typed(officer, case)).headers["Location"]
    first, second = (officer.post(preview) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert MaracReferral.objects.count() == 1 and Disclosure.objects.count() == 2


def test_where_nobody_runs_it(there: Partnership, at_desk: Desk) -> None:
    TeamRole.objects.create(team=there.teams["office"], role="partnership-administration", area=there.other_area)
    case = invented.call(there, facts=FACTS, area=there.other_area)
    page = at_desk("officer").get(url(case)).content.decode()
    assert "Nobody runs the MARAC of Walsall" in page and "administrator has been told" in page
    assert Message.objects.filter(key__startswith="no-team-marac-walsall").count() == 1


def test_who_may_and_who_sees(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    record = reverse("marac:referral", args=[row.pk])
    for name in ("manager", "adult", "keyadult", "auditor", "administrator", "walsall"):
        assert at_desk(name).get(record).status_code == 404, name
    for name in ("coordinator", "idva", "officer"):
        assert at_desk(name).get(record).status_code == 200, name
    assert at_desk("idva").post(reverse("marac:list", args=[row.pk]), {}).status_code == 403
    assert at_desk("idva").get(url(case)).status_code == 404
    assert at_desk("keyadult").get(url(case)).status_code in (403, 404)
    for who in ("coordinator", "idva"):
        client = at_desk(who)
        for one in urls_about(case):
            if one.startswith(("/cases/", "/refer/", "/tell-school/", "/people/")):
                assert (
                    client.get(one).status_code in (403, 404) or case.reference not in client.get(one).content.decode()
                ), one


def test_contact_rules_are_opened_to_act_and_logged(case: Case, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    coordinator = at_desk("coordinator")
    assert "07700 900123" not in coordinator.get(reverse("marac:referral", args=[row.pk])).content.decode()
    assert "07700 900123" in coordinator.post(reverse("marac:contact", args=[row.pk])).content.decode()
    assert Event.objects.filter(name="marac.safe_contact").count() == 1


def test_the_idva_reaches_her_safely(case: Case, there: Partnership, at_desk: Desk) -> None:
    send(at_desk("officer"), case)
    idva = at_desk("idva")
    task = Task.objects.get(case=case, act="offer_idva_support")
    assert task.owner_team == there.teams["haven-idva"]
    page = idva.get(reverse("casework:offer", args=[task.pk])).content.decode()
    assert "He waited outside her work with a knife." in page and "text message" in page
    assert "it is not safe to talk with her about the referral" in page and "Sample Street" not in page
    assert "07700 900123" not in page and not SupportOffer.objects.exists()
    opened = idva.post(reverse("casework:offer-contact", args=[task.pk])).content.decode()
    assert "07700 900123" in opened and Event.objects.filter(name="casework.safe_contact").count() == 1
    attempt, answer = (reverse(f"casework:offer-{what}", args=[task.pk]) for what in ("attempt", "answer"))
    assert (
        "does not say that this way is safe"
        in idva.post(attempt, {"channel": "phone", "outcome": "reached"}).content.decode()
    )
    assert not OfferAttempt.objects.exists()
    early = idva.post(answer, {"answer": "accepted"})
    assert early.status_code == 403 and "Record first how she was reached" in early.content.decode()
    assert idva.post(attempt, {"channel": "text", "outcome": "reached"}).status_code == 302
    assert idva.post(answer, {"answer": "not-now", "note": "Not while he has the car."}).status_code == 302
    assert idva.post(answer, {"answer": "accepted"}).status_code == 403
    assert {duty.state for duty in Duty.objects.filter(case=case, act="offer_idva_support")} == {"done"}
    page = idva.get(reverse("casework:offer", args=[task.pk])).content.decode()
    assert "Did not want this now" in page and "Not while he has the car." in page
    plans = at_desk("officer").get(reverse("cases:tab", args=[case.reference, "plans"])).content.decode()
    assert "The victim did not want this now." in plans
    assert "Not while he has the car." not in plans, "her words stay with the service"
    documents = at_desk("officer").get(reverse("cases:tab", args=[case.reference, "documents"])).content.decode()
    assert reverse("marac:referral", args=[MaracReferral.objects.get().pk]) in documents


def test_not_reached_safely_is_an_answer_once_it_was_tried(case: Case, at_desk: Desk) -> None:
    send(at_desk("officer"), case)
    idva = at_desk("idva")
    task = Task.objects.get(case=case, act="offer_idva_support")
    attempt, answer = (reverse(f"casework:offer-{what}", args=[task.pk]) for what in ("attempt", "answer"))
    assert idva.post(answer, {"answer": "not-reached-safely"}).status_code == 403
    assert idva.post(attempt, {"channel": "none", "outcome": "reached"}).status_code == 200
    assert idva.post(attempt, {"channel": "none", "outcome": "left-alone"}).status_code == 302
    assert idva.post(answer, {"answer": "not-reached-safely"}).status_code == 302
    assert Duty.objects.filter(case=case, act="offer_idva_support", state="open").count() == 0


def test_the_offer_is_nobody_elses(case: Case, at_desk: Desk) -> None:
    send(at_desk("officer"), case)
    task = Task.objects.get(case=case, act="offer_idva_support")
    offer = reverse("casework:offer", args=[task.pk])
    for name, status in (("officer", 403), ("coordinator", 403), ("manager", 403), ("keyadult", 403)):
        assert at_desk(name).get(offer).status_code == status
    other = Task.objects.exclude(act="offer_idva_support").first()
    assert other is not None
    assert at_desk("idva").get(reverse("casework:offer", args=[other.pk])).status_code == 404


def test_a_meeting_lies_ahead_and_is_ones_own(case: Case, there: Partnership, at_desk: Desk) -> None:
    by = there.users["coordinator"]
    with pytest.raises(Refused, match="time to come"):
        actions.plan_meeting(area=there.area, team=there.teams["marac"], held_on=NOW, by=by, at=NOW)
    row = send(at_desk("officer"), case)
    other = actions.plan_meeting(
        area=there.area, team=there.teams["office"], held_on=NOW + timedelta(days=1), by=by, at=NOW
    )
    with pytest.raises(Refused, match="another coordinator"):
        actions.list_case(referral=row, meeting=other, copies_to=[], by=by, at=NOW)


def test_the_service_finds_what_it_was_sent_and_by_when_to_try(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(there, facts={**invented.CALL, "professional_serious_concern": True})
    row = send(at_desk("officer"), case)
    task = Task.objects.get(case=case, act="offer_idva_support", owner_team=there.teams["haven-idva"])
    assert task.due_on == row.sent_at + timedelta(hours=48)
    idva = at_desk("idva")
    page = idva.get(reverse("marac:sent-to-us")).content.decode()
    assert case.reference in page and "Hartley" not in page
    assert "Offer support" in idva.get(reverse("marac:referral", args=[row.pk])).content.decode()
    first, second = (idva.post(reverse("marac:offer", args=[row.pk])) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"] == reverse("casework:offer", args=[task.pk])
    attempt = reverse("casework:offer-attempt", args=[task.pk])
    assert idva.post(attempt, {"channel": "text", "outcome": "reached"}).status_code == 302
    offer = SupportOffer.objects.get()
    assert idva.post(reverse("casework:offer-answer", args=[offer.pk]), {"answer": "accepted"}).status_code == 302
    offer.refresh_from_db()
    assert offer.answer == "accepted"
    again = idva.post(reverse("marac:offer", args=[row.pk]))
    assert again.headers["Location"] == reverse("casework:offer", args=[offer.pk]), (
        "no duty is open, and the offer is there"
    )
    assert at_desk("coordinator").post(reverse("marac:offer", args=[row.pk])).status_code == 403
    assert case.reference in at_desk("coordinator").get(reverse("marac:sent-to-us")).content.decode()
    assert case.reference not in at_desk("manager").get(reverse("marac:sent-to-us")).content.decode()


def test_what_two_texts_owe_the_victim_is_one_task_of_the_service(
    case: Case, there: Partnership, at_desk: Desk
) -> None:
    row = send(at_desk("officer"), case, safe_to_discuss="yes")
    task = Task.objects.get(case=case, act="offer_idva_support")
    rules = {duty.rule for duty in Duty.objects.filter(case=case, act="offer_idva_support", task=task)}
    assert rules == {"england-idva-contact", "wm-idva-eligibility", "wm-marac-discuss-with-victim"}
    assert task.due_on == row.sent_at + timedelta(hours=48)
    page = at_desk("idva").get(reverse("duties:task", args=[task.pk])).content.decode()
    assert "Default, to be confirmed by your partnership" in page
    assert "not verified" in page and "Independent Domestic Violence Advisors" in page


def test_a_service_offers_without_a_duty_of_its_own(case: Case, there: Partnership, at_desk: Desk) -> None:
    """She lives in Walsall: its service is sent the referral, while the duty is with Coventry's."""
    walsall = Team.objects.create(agency=there.agencies["haven"], code="walsall-idva", name="Walsall service")
    Membership.objects.create(user=there.users["worker"], team=walsall, from_on=NOW.date())
    for team, role in ((there.teams["marac"], "marac-coordinator"), (walsall, "idva")):
        TeamRole.objects.create(team=team, role=role, area=there.other_area)
    there.users["worker"].role = "specialist-worker"
    there.users["worker"].save()
    row = send(at_desk("officer"), case, area="walsall")
    assert row.idva_team == walsall and not Task.objects.filter(case=case, owner_team=walsall).exists()
    worker = at_desk("worker")
    first, second = (worker.post(reverse("marac:offer", args=[row.pk])) for _ in range(2))
    offer = SupportOffer.objects.get()
    begun = reverse("casework:offer", args=[offer.pk])
    assert first.headers["Location"] == second.headers["Location"] == begun
    attempt, answer = (reverse(f"casework:offer-{what}", args=[offer.pk]) for what in ("attempt", "answer"))
    assert worker.post(attempt, {"channel": "text", "outcome": "reached"}).status_code == 302
    assert worker.post(answer, {"answer": "accepted"}).status_code == 302
    offer.refresh_from_db()
    assert offer.answer == "accepted"
