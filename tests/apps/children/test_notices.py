"""From the police desk to the school's key adult: one notice per child and school, and nothing else seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.agencies.access import Refused
from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.children import watching
from alongside.children.actions import notices as actions
from alongside.children.actions import register
from alongside.children.deadlines import call_time
from alongside.children.models import School, SchoolNotice, Term
from alongside.duties.models import Duty
from alongside.gate.models import Ground
from alongside.gate.viewing import Viewer
from alongside.outbox.models import Message, Timer
from tests.apps import partnership as invented
from tests.apps.browsing import form_on
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import everything, words
from tests.apps.sweeping import urls_about

Desk = Callable[[str], Client]
FACTS = {**invented.CALL, "child_of_school_age": True, "child_experienced_incident": True, "force_in_encompass": True}


@pytest.fixture
def school(there: Partnership) -> School:
    with writing():
        row = School.objects.create(
            urn="100001",
            name="Sample Primary School",
            area=there.area,
            team=there.teams["school"],
            key_adult=there.users["keyadult"],
            deputy=there.users["deputy"],
            phone="01632 960201",
        )
        Term.objects.create(area=there.area, first_on=date(2026, 2, 23), last_on=date(2026, 3, 27))
    return row


@pytest.fixture
def case(there: Partnership, school: School) -> Case:
    made = invented.call(there, facts=FACTS)
    with writing():
        made.members.filter(role="child").update(school_urn=school.urn, school_name=school.name)
    return made


def child_url(case: Case) -> str:
    return reverse("children:tell-child", args=[case.reference, case.members.get(role="child").person_id])


def send(client: Client, case: Case, **changes: object) -> SchoolNotice:
    values = dict(form_on(client.get(child_url(case)).content.decode(), having="what_to_know")) | changes
    answer = client.post(child_url(case), values)
    assert answer.status_code == 302, answer.content.decode()[3000:7000]
    return SchoolNotice.objects.latest("sent_at")


def test_there_is_a_duty_with_its_morning(case: Case, there: Partnership) -> None:
    assert (
        Duty.objects.get(case=case, rule="wm-encompass-notify").due_on is None
    )  # the school was not known when it arose
    cases.changed(case=case, by=there.users["officer"], at=NOW)
    duty = Duty.objects.get(case=case, rule="wm-encompass-notify")
    assert duty.owner_team == there.teams["desk"]
    assert duty.due_on == datetime(2026, 3, 3, 8, 40, tzinfo=UTC)


def test_from_the_desk_to_the_key_adult(case: Case, there: Partnership, at_desk: Desk) -> None:
    desk, key_adult = at_desk("sergeant"), at_desk("keyadult")
    assert "Lily Hartley" in desk.get(reverse("children:tell", args=[case.reference])).content.decode()
    page = desk.get(child_url(case)).content.decode()
    assert "Ash Keyadult or Ash Deputy can open it" in page and "What they will not see" in page
    assert "No pupil" not in page and not key_adult.get(reverse("children:inbox")).content.decode().count("L.H.")
    row = send(desk, case)
    assert Message.objects.filter(key=f"notice-{row.pk}-{there.users['keyadult'].pk}").exists()
    assert "L.H." in key_adult.get(reverse("children:inbox")).content.decode()
    closed = key_adult.get(reverse("children:school-notice", args=[row.pk])).content.decode()
    assert "Open the notice" in closed and "Lily" not in closed
    assert Duty.objects.get(case=case, rule="wm-encompass-notify").state == "open"
    opened = key_adult.post(reverse("children:open", args=[row.pk]), follow=True).content.decode()
    assert "Lily Hartley" in opened and "tired, upset or very quiet" in opened
    for hidden in ("Sample Street", "Dean", "Amina", case.reference):
        assert hidden not in opened
    duty = Duty.objects.get(case=case, rule="wm-encompass-notify")
    assert (duty.state, duty.evidence_kind) == ("done", "school.notice_opened")
    key_adult.post(reverse("children:support", args=[row.pk]), {"note": "A quiet start with her teaching assistant."})
    told = desk.get(reverse("children:notice", args=[row.pk])).content.decode()
    assert "A quiet start" in told and "Opened" in told


def test_a_waiting_notice_stands_on_today_without_a_name_until_it_is_opened(case: Case, at_desk: Desk) -> None:
    waits = "A notice about a pupil waits for you"
    assert waits not in words(at_desk("keyadult").get("/"))
    row = send(at_desk("sergeant"), case)
    page = at_desk("keyadult").get("/")
    assert waits in words(page)
    assert f'href="{reverse("children:school-notice", args=[row.pk])}" role="button"' in page.content.decode()
    assert [name for name in ("Lily", "L.H.", case.reference) if name in page.content.decode()] == []
    assert waits in words(at_desk("deputy").get("/"))
    for nobody in ("teacher", "officer", "sergeant"):
        assert waits not in words(at_desk(nobody).get("/")), nobody
    at_desk("keyadult").post(reverse("children:open", args=[row.pk]))
    assert waits not in words(at_desk("keyadult").get("/"))


def test_documents_of_the_case_list_a_notice_with_its_receipt(case: Case, at_desk: Desk) -> None:
    path = reverse("cases:tab", args=[case.reference, "documents"])
    assert "Sample Primary School" not in words(at_desk("officer").get(path))
    row = send(at_desk("sergeant"), case)
    assert "Sample Primary School Sent, not opened yet" in words(at_desk("officer").get(path))
    assert reverse("children:notice", args=[row.pk]) not in at_desk("officer").get(path).content.decode()
    assert reverse("children:notice", args=[row.pk]) in at_desk("sergeant").get(path).content.decode()
    at_desk("keyadult").post(reverse("children:open", args=[row.pk]))
    assert "Sample Primary School Opened" in words(at_desk("officer").get(path))
    assert at_desk("keyadult").get(path).status_code == 404


def test_the_key_adult_sees_nothing_else(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("sergeant"), case)
    key_adult = at_desk("keyadult")
    for url in urls_about(case):
        answer = key_adult.get(url)
        if answer.status_code != 200:
            continue
        text = everything(answer)
        assert case.reference not in text and "Hartley" not in text and "Marsh" not in text, url
    for name, status in (("teacher", 404), ("manager", 403), ("idva", 403), ("officer", 403)):
        assert at_desk(name).get(reverse("children:school-notice", args=[row.pk])).status_code == status
    assert at_desk("deputy").get(reverse("children:school-notice", args=[row.pk])).status_code == 200


def test_the_same_page_sent_twice_is_one_notice(case: Case, at_desk: Desk) -> None:
    desk = at_desk("sergeant")
    values = form_on(desk.get(child_url(case)).content.decode(), having="what_to_know")
    first, second = (desk.post(child_url(case), values) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert SchoolNotice.objects.count() == 1


def test_a_notice_carries_no_address(case: Case, at_desk: Desk) -> None:
    desk = at_desk("sergeant")
    values = form_on(desk.get(child_url(case)).content.decode(), having="what_to_know")
    answer = desk.post(child_url(case), values | {"what_to_know": "She now sleeps at 14 Sample Street, CV1 4AA."})
    assert "carries no address" in answer.content.decode()
    assert not SchoolNotice.objects.exists()


def test_a_school_with_no_key_adult_is_rung(case: Case, school: School, at_desk: Desk) -> None:
    with writing():
        School.objects.filter(pk=school.pk).update(key_adult=None, deputy=None)
    desk = at_desk("sergeant")
    page = desk.get(child_url(case)).content.decode()
    assert "nobody there can open a notice" in page and "01632 960201" in page
    row = send(desk, case)
    assert row.call_needed_on == NOW
    assert "01632 960201" in desk.get(reverse("children:notice", args=[row.pk])).content.decode()
    for _ in range(2):
        desk.post(reverse("children:told", args=[row.pk]), {"told_whom": "deputy head"})
    duty = Duty.objects.get(case=case, rule="wm-encompass-notify")
    assert (duty.state, duty.evidence_kind) == ("done", "school.told_by_telephone")


def test_not_opened_by_half_past_seven_becomes_a_call(case: Case, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("sergeant"), case)
    timer = Timer.objects.get(key=f"notice-unopened-{row.pk}")
    assert timer.due_on == datetime(2026, 3, 3, 7, 30, tzinfo=UTC)
    watching.ask_for_a_call(str(row.pk), by=there.users["sergeant"], at=timer.due_on)
    row.refresh_from_db()
    assert row.call_needed_on == timer.due_on
    assert "Telephone the school" in at_desk("sergeant").get(reverse("children:notice", args=[row.pk])).content.decode()


def test_when_a_call_is_due(school: School) -> None:
    friday = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
    assert call_time(school, friday) == datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
    late = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert call_time(school, late) == late + timedelta(minutes=15)
    with writing():
        Term.objects.all().delete()
    assert call_time(school, friday) == datetime(2026, 3, 7, 7, 30, tzinfo=UTC)


def test_a_school_that_is_not_on_the_register(case: Case, at_desk: Desk) -> None:
    with writing():
        case.members.filter(role="child").update(school_urn="999999", school_name="Far Away School")
    desk = at_desk("sergeant")
    page = desk.get(child_url(case)).content.decode()
    assert "not on the partnership’s register" in page
    found = desk.get(child_url(case), {"q": "sample"}).content.decode()
    assert "Sample Primary School" in found
    assert "outside the partnership" in desk.get(child_url(case), {"q": "nowhere"}).content.decode()
    url = reverse("children:tell-unlisted", args=[case.reference, case.members.get(role="child").person_id])
    assert "Say whom you spoke to" in desk.post(url, {"school_name": "Far Away School"}).content.decode()
    for _ in range(2):
        assert desk.post(url, {"school_name": "Far Away School", "told_whom": "head"}).status_code == 302
    assert SchoolNotice.objects.count() == 1
    assert Duty.objects.get(case=case, rule="wm-encompass-notify").evidence_kind == "school.told_by_telephone"


def test_who_is_key_adult_no_longer_sees_nothing(case: Case, school: School, there: Partnership, at_desk: Desk) -> None:
    row = send(at_desk("sergeant"), case)
    entry = register.Entry(
        school.urn, school.name, there.area, school.team, school.phone, time(8, 40), there.users["teacher"], None
    )
    register.keep_school(school=school, entry=entry, by=there.users["administrator"], at=NOW + timedelta(minutes=1))
    url = reverse("children:school-notice", args=[row.pk])
    assert at_desk("keyadult").get(url).status_code == 404
    assert not Ground.objects.filter(subject_id=row.pk, user=there.users["keyadult"], closed_at__isnull=True).exists()
    later = Viewer(there.users["teacher"], NOW + timedelta(minutes=2))
    assert SchoolNotice.objects.visible_to(later).filter(pk=row.pk).exists()


def test_who_may_not_tell_a_school_is_told(case: Case, at_desk: Desk) -> None:
    for name, status in (("officer", 403), ("keyadult", 403), ("manager", 403)):
        assert at_desk(name).get(child_url(case)).status_code == status
    assert at_desk("sergeant").get(child_url(case).replace(case.reference, "AL-0000-00")).status_code == 404


def test_the_action_itself_refuses_who_may_not(case: Case, school: School, there: Partnership) -> None:
    child = case.members.get(role="child").person
    with pytest.raises(Refused, match="may not send a notice"):
        actions.send_notice(
            case=case, child=child, school=school, child_name="L", what_to_know="x", by=there.users["officer"], at=NOW
        )
