"""From the police to children's social care and back: nothing is seen before it is sent, and the decision closes the duty."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.agencies.models import TeamRole
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.actions import referrals as actions
from alongside.casework.models import NotReferred, Referral
from alongside.casework.pages import referrals as pages
from alongside.casework.queries import receiving
from alongside.duties.actions import state_fact
from alongside.duties.models import Duty, Task
from alongside.gate.viewing import Viewer
from alongside.outbox.models import Message
from alongside.policy import Outcome
from alongside.sharing.models import ConsentRecord, Disclosure
from tests.apps import partnership as invented
from tests.apps.browsing import form_on, sends
from tests.apps.partnership import NOW, Partnership
from tests.apps.sweeping import urls_about

Desk = Callable[[str], Client]
CSC = "childrens-social-care"


def refer_url(case: Case, service: str = CSC) -> str:
    return reverse("casework:refer", args=[case.reference, service])


def typed(client: Client, case: Case, service: str = CSC, **changes: object) -> dict[str, object]:
    """The prefilled form as a browser would send it, with what a person adds."""
    values: dict[str, object] = dict(form_on(client.get(refer_url(case, service)).content.decode(), having="account"))
    values |= {
        "account": "Shouting, a broken door. The baby was in the room.",
        "basis_reason": "Waiting would leave the baby unsafe.",
    }
    return values | changes


def send(client: Client, case: Case, **changes: object) -> Referral:
    answer = sends(client, refer_url(case), typed(client, case, **changes))
    assert answer.status_code == 302, answer.content.decode()[:4000]
    return Referral.objects.get(pk=answer.headers["Location"].split("/")[-2])


def test_the_page_is_prefilled_and_telephone_comes_first(case: Case, at_desk: Desk) -> None:
    page = at_desk("officer").get(refer_url(case)).content.decode()
    assert page.index("0121 496 0101") < page.index("What happened, and what worries you")
    assert "0121 496 0909" in page
    for words in ("Lily Hartley, child", "Dean Marsh, person reported as causing harm", "Text message 07700 900123"):
        assert words in page
    assert "Share without consent" not in page
    assert "<title>Write a referral – Alongside</title>" in page


def test_nothing_is_seen_before_it_is_sent(case: Case, there: Partnership, at_desk: Desk) -> None:
    officer, manager = at_desk("officer"), at_desk("manager")
    preview = officer.post(refer_url(case), typed(officer, case), follow=True)
    assert preview.status_code == 200
    text = preview.content.decode()
    assert "What they will see" in text and "What they will not see" in text
    assert "I want to share" in text and "Csc team" in text
    assert not Referral.objects.exists()
    inbox = manager.get(reverse("casework:reports-children")).content.decode()
    assert "not a nil return" in inbox and case.reference not in inbox
    for url in (
        reverse("casework:referral", args=[uuid4()]),
        reverse("cases:case", args=[case.reference]),
        refer_url(case),
    ):
        assert manager.get(url).status_code == 404
    assert not Message.objects.filter(recipient=f"team:{there.teams['csc'].pk}").exists()


def test_the_whole_way_to_a_decision(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(
        there, facts={**invented.CALL, "youngest_child_in_household_months": 11, "child_involved": True}
    )
    officer, manager = at_desk("officer"), at_desk("manager")
    row = send(officer, case)
    assert row.to_team == there.teams["csc"] and row.area_id == "coventry"
    receipt = officer.get(reverse("casework:referral", args=[row.pk])).content.decode()
    assert "Received and acknowledged" in receipt
    still = Duty.objects.filter(case=case, act="refer_to_childrens_social_care", state="open")
    assert {duty.rule for duty in still} == {"wm-dash-copy-to-mash"}  # no checklist was filled in: no copy went
    task = Task.objects.get(case=case, act="decide_csc_response", state="open")
    assert task.owner_team == there.teams["csc"]
    assert Message.objects.filter(key=f"referral-{row.pk}").exists()

    inbox = manager.get(reverse("casework:reports-children")).content.decode()
    assert "Youngest child: 11 months" in inbox and "A.H." in inbox and "Hartley" not in inbox
    decide = manager.get(reverse("casework:decide-task", args=[task.pk]))
    assert decide.headers["Location"] == reverse("casework:decide", args=[row.pk])
    page = manager.get(decide.headers["Location"]).content.decode()
    assert "The procedure lists this among circumstances for a section 47 enquiry. You decide, and record why." in page
    assert "broken door" in page
    done = manager.post(
        decide.headers["Location"], {"outcome": "child-and-family-assessment", "reason": "A baby was in the room."}
    )
    assert done.status_code == 302
    duties = Duty.objects.filter(case=case, act="decide_csc_response")
    assert {duty.state for duty in duties} == {"done"}
    assert {duty.evidence_kind for duty in duties} == {"csc.decided"}
    told = officer.get(reverse("casework:referral", args=[row.pk])).content.decode()
    assert "Child and family assessment" in told and "A baby was in the room." in told
    message = Message.objects.get(recipient=f"team:{there.teams['response'].pk}", key__startswith="decision-")
    assert message.template == "something_new"


def test_the_receiver_sees_the_record_and_nothing_else(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    manager = at_desk("manager")
    assert manager.get(reverse("casework:referral", args=[row.pk])).status_code == 200
    seen = {url for url in urls_about(case) if manager.get(url).status_code == 200}
    assert case.reference not in " ".join(seen)
    for name in ("idva", "coordinator", "adult", "walsall", "keyadult", "auditor"):
        assert at_desk(name).get(reverse("casework:referral", args=[row.pk])).status_code == 404


def test_nothing_newer_reaches_the_receiver(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    later = NOW + timedelta(minutes=5)
    state_fact(
        case=case,
        name="victim_pregnant",
        value=True,
        about=None,
        manner="answered",
        by=there.users["officer"],
        at=later,
    )
    state_fact(
        case=case, name="sexual_assault", value=True, about=None, manner="answered", by=there.users["officer"], at=later
    )
    cases.changed(case=case, by=there.users["officer"], at=later)
    manager = at_desk("manager")
    before = [fact["label"] for fact in row.facts]
    page = manager.get(reverse("casework:decide", args=[row.pk])).content.decode()
    sent = receiving.as_sent(row, NOW)
    shown = {one["rule"]: one["undecided"] for choice in pages.choices(row, sent) for one in choice.thresholds}
    assert shown["wm-s47-grave-violence"] is True
    assert not any("pregnant" in label for label in before)
    assert "pregnant? yes" not in re.sub(r"<[^>]+>", "", page).lower()


def test_the_same_page_sent_twice_is_one_referral(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    preview = officer.post(refer_url(case), typed(officer, case)).headers["Location"]
    first, second = (officer.post(preview) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert Referral.objects.count() == 1 and Disclosure.objects.count() == 1


def test_what_is_left_out_is_left_out(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    values = typed(officer, case, left_out="where her sister lives")
    dean = str(case.members.get(role="person-causing-harm").person_id)
    values["people"] = [one for one in values["people"] if one != dean]  # type: ignore[attr-defined]
    values.pop("with_addresses")
    sends(officer, refer_url(case), values)
    row, shared = Referral.objects.get(), Disclosure.objects.get()
    assert "Dean" not in row.people.open() and "Sample Street" not in row.people.open()
    assert "where her sister lives" in shared.left_out and any("Dean" in line for line in shared.left_out)
    assert "addresses" in shared.left_out


def test_the_rules_tell_the_receiver_nothing_that_was_left_out(case: Case, there: Partnership, at_desk: Desk) -> None:
    """What a rule says of a fact is that fact: unticked, it takes no part in what the receiver is shown."""
    viewer = Viewer(there.users["manager"], NOW + timedelta(hours=1))
    row = send(at_desk("officer"), case, facts=[])
    shown = receiving.as_sent(row, viewer.at)
    told = {
        rule
        for rule, finding in shown.findings.items()
        if finding.outcome is Outcome.FIRES and finding.rule.reaches_as in ("threshold", "bar", "duty")
    }
    assert told, "the referral itself is known"
    for rule in told:
        hangs_on = {name for name in shown.pack.facts_of(rule) if finding_knows(shown.findings[rule].frame.get(name))}
        assert hangs_on <= receiving.SAID_BY_SENDING, (rule, hangs_on)


def finding_knows(value: object) -> bool:
    """Whether a frame holds more of a fact than that no such event is on record."""
    return value not in (None, False)


def test_the_address_goes_only_when_ticked(case: Case, at_desk: Desk) -> None:
    assert "14 Sample Street" in send(at_desk("officer"), case).people.open()


def test_consent_is_no_basis_where_it_was_not_given(case: Case, at_desk: Desk) -> None:
    officer = at_desk("officer")
    answer = sends(officer, refer_url(case), typed(officer, case, basis="consent", consent="refused"))
    assert answer.status_code == 200 and "There is a problem" in answer.content.decode()
    assert not Referral.objects.exists()
    send(officer, case, consent="refused", basis="protect-child")
    assert ConsentRecord.objects.get().status == "refused"


def test_a_call_is_noted_and_counts_with_the_written_referral(case: Case, at_desk: Desk, there: Partnership) -> None:
    officer = at_desk("officer")
    officer.post(reverse("casework:telephoned", args=[case.reference, CSC]), {"spoken_to": "duty worker"})
    task = Task.objects.get(case=case, act="refer_to_childrens_social_care")
    assert task.spoken_to == "duty worker" and task.spoken_by == there.users["officer"]
    row = send(officer, case)
    assert row.follows_telephone_call and row.spoken_to == "duty worker" and row.telephoned_on == NOW
    page = at_desk("manager").get(reverse("casework:referral", args=[row.pk])).content.decode()
    assert "Spoke to duty worker on Monday 2 March, 10:20pm" in page


def test_not_to_refer_is_a_named_decision(case: Case, at_desk: Desk, there: Partnership) -> None:
    officer = at_desk("officer")
    url = reverse("casework:do-not-refer", args=[case.reference, CSC])
    assert "Say in a sentence why you do not refer." in officer.post(url, {"reason": " "}).content.decode()
    values = {"reason": "The children live with their grandmother.", "advice_from": "named safeguarding lead"}
    for _ in range(2):
        assert officer.post(url, values).status_code == 302
    row = NotReferred.objects.get()
    assert row.decided_by == there.users["officer"]
    done = Duty.objects.filter(case=case, task__act="refer_to_childrens_social_care", state="done")
    assert done and {duty.evidence_kind for duty in done} == {"referral.decided_not_to_refer"}
    page = officer.get(reverse("cases:tab", args=[case.reference, "now"])).content.decode()
    assert "Not referred to children" in page and "grandmother" in page


def test_where_nobody_receives_it_that_is_said_and_the_administrator_told(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(there, area=there.other_area)
    officer = at_desk("officer")
    TeamRole.objects.create(team=there.teams["office"], role="partnership-administration", area=there.other_area)
    for _ in range(2):
        page = officer.get(refer_url(case)).content.decode()
    assert "No team of children" in page and "administrator has been told" in page and "999" in page
    assert Message.objects.filter(recipient=f"team:{there.teams['office'].pk}", key__startswith="no-team-").count() == 1
    assert "No team of children" in officer.post(refer_url(case), {}, follow=True).content.decode()
    assert not Referral.objects.exists()


def test_the_area_can_be_corrected(case: Case, there: Partnership, at_desk: Desk) -> None:
    TeamRole.objects.create(team=there.teams["walsall-csc"], role="csc-duty", area=there.other_area)
    officer = at_desk("officer")
    assert "Walsall duty team" in officer.get(refer_url(case), {"area": "walsall"}).content.decode()
    row = send(officer, case, area="walsall")
    assert row.to_team == there.teams["walsall-csc"]
    assert at_desk("walsall").get(reverse("casework:referral", args=[row.pk])).status_code == 200
    assert at_desk("manager").get(reverse("casework:referral", args=[row.pk])).status_code == 404


@pytest.mark.parametrize("name", ["administrator", "auditor", "governance"])
def test_who_may_not_refer_is_told(case: Case, at_desk: Desk, name: str) -> None:
    assert at_desk(name).get(refer_url(case)).status_code == 403


def test_a_case_of_others_or_a_service_that_is_none_is_not_there(case: Case, at_desk: Desk) -> None:
    assert at_desk("idva").get(refer_url(case)).status_code == 404
    assert at_desk("officer").get(refer_url(case, "probation")).status_code == 404
    assert at_desk("officer").get(refer_url(case).replace(case.reference, "AL-0000-00")).status_code == 404


def test_the_action_itself_refuses_who_may_not(case: Case, there: Partnership) -> None:
    with pytest.raises(Refused, match="may not send a referral"):
        actions.decide_not_to_refer(case=case, service=CSC, reason="x", by=there.users["auditor"], at=NOW)


def test_adult_social_care_receives_its_own(there: Partnership, at_desk: Desk) -> None:
    case = invented.call(
        there,
        facts={**invented.CALL, "adult_care_and_support_needs": True, "adult_experiencing_or_at_risk_of_abuse": True},
    )
    officer, adult = at_desk("officer"), at_desk("adult")
    service = "adult-social-care"
    answer = sends(officer, refer_url(case, service), typed(officer, case, service))
    assert answer.status_code == 302
    row = Referral.objects.get()
    assert row.to_team == there.teams["asc"]
    assert at_desk("manager").get(reverse("casework:referral", args=[row.pk])).status_code == 404
    assert case.reference in adult.get(reverse("casework:reports-adults")).content.decode()
    done = adult.post(
        reverse("casework:decide", args=[row.pk]), {"outcome": "section-42", "reason": "She cannot protect herself."}
    )
    assert done.status_code == 302
    assert Duty.objects.get(case=case, act="decide_asc_response").evidence_kind == "asc.decided"


def test_an_id_of_one_case_sends_nothing_about_another(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("officer"), case)
    other = invented.call(there)
    with pytest.raises(Refused, match="was sent already, about somebody else"):
        actions.send_referral(
            key=row.pk,
            case=other,
            service=CSC,
            area=other.area,
            from_team=there.teams["response"],
            to_team=there.teams["csc"],
            about=[member.person for member in other.members.all()],
            content=actions.Content(account="x", basis="protect-child", basis_reason="y"),
            facts=[],
            by=there.users["officer"],
            at=NOW,
        )
    assert Referral.objects.count() == 1
