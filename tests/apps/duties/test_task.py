"""A task: what is asked, why, what must not be done beside it, what closes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.duties import actions
from alongside.duties.models import Duty, Task
from alongside.procedures.actions import adopt_choice
from alongside.procedures.queries import library
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, title, words
from tests.apps.statements import differing, statements

SignIn = Callable[[str], Client]


def task_of(act: str) -> Task:
    return Task.objects.get(act=act)


def test_it_says_what_is_asked_where_the_procedure_says_so_and_what_closes_it(case: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get(f"/tasks/{task_of('refer_to_childrens_social_care').pk}/"))
    assert "One incident is enough to refer to children's social care" in said
    assert "West Midlands procedures 2.24, “Response”, line 113" in said
    assert "a referral sent to children’s social care" in said
    assert "a named decision not to refer, with its reason" in said
    assert "The sentences themselves are not shown: your partnership has not added its copy" in said


def test_why_is_told_in_plain_words_with_who_said_so_and_when(case: Case, at_desk: SignIn) -> None:
    said = words(at_desk("officer").get(f"/tasks/{task_of('refer_to_childrens_social_care').pk}/"))
    assert (
        "The age of the youngest child of the family is under 12 months (asked only where there is a child in the family) "
        "11, said by police officer, Monday 2 March, 10:20pm" in said
    )
    assert "Cannot tell yet The victim is pregnant" in said


def test_no_code_stands_on_it(case: Case, at_desk: SignIn) -> None:
    client = at_desk("officer")
    for task in Task.objects.all():
        said = words(client.get(f"/tasks/{task.pk}/"))
        assert [name for name in (*library().vocabulary, *library().acts) if f" {name} " in said and "_" in name] == []


def test_the_bar_stands_beside_the_act(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/tasks/{task_of('finish_scene_record').pk}/").content.decode()
    assert page.index("Give out where the victim or the children are") < page.index("What the procedures ask")
    assert 'class="al-bar"' in page


def test_opening_it_tells_that_the_team_has_seen_it(case: Case, at_desk: SignIn) -> None:
    task = task_of("finish_scene_record")
    at_desk("sergeant").get(f"/tasks/{task.pk}/")
    task.refresh_from_db()
    assert task.seen_at is None, "a colleague of another team has not opened it for this one"
    at_desk("officer").get(f"/tasks/{task.pk}/")
    task.refresh_from_db()
    assert task.seen_at == NOW
    assert len(reads("duties.task")) == 2


def test_another_agency_finds_what_does_not_exist(case: Case, at_desk: SignIn) -> None:
    task = task_of("finish_scene_record")
    for path in (f"/tasks/{task.pk}/", f"/tasks/{task.pk}/otherwise/"):
        foreign = at_desk("manager").get(path)
        missing = at_desk("manager").get(path.replace(str(task.pk), "00000000-0000-4000-8000-000000000000"))
        assert foreign.status_code == missing.status_code == 404
        assert words(foreign) == words(missing)
    assert reads("duties.task") == []


def test_a_duty_meant_for_another_team_says_so(there: Partnership, at_desk: SignIn) -> None:
    facts = invented.CALL | {"victim_age_years": 29, "assessed_high_risk": True, "professional_serious_concern": True}
    invented.call(there, facts=facts)
    said = words(at_desk("officer").get(f"/tasks/{task_of('refer_to_marac').pk}/"))
    assert "Haven, Haven-Idva team will get this once you have sent it." in said


def test_deciding_otherwise_asks_a_reason_and_says_who_will_see_it(case: Case, at_desk: SignIn) -> None:
    task = task_of("refer_to_childrens_social_care")
    client = at_desk("officer")
    assert "Who will see it:" in words(client.get(f"/tasks/{task.pk}/otherwise/"))
    duty = Duty.objects.filter(task=task).order_by("rule").first()
    assert duty is not None
    bare = client.post(f"/tasks/{task.pk}/otherwise/", {"duties": [str(duty.pk)], "why": ""})
    assert bare.status_code == 422
    assert "a duty is never set aside without a reason" in words(bare)
    client.post(f"/tasks/{task.pk}/otherwise/", {"duties": [str(duty.pk)], "why": "The social worker sits beside me."})
    duty.refresh_from_db()
    assert (duty.state, duty.ended_why) == ("decided-otherwise", "The social worker sits beside me.")
    assert "Decided otherwise" in words(client.get(f"/tasks/{task.pk}/"))


def test_only_the_owning_team_decides_otherwise(case: Case, at_desk: SignIn) -> None:
    task = task_of("finish_scene_record")
    refused = at_desk("sergeant").post(f"/tasks/{task.pk}/otherwise/", {"duties": [], "why": "no"})
    assert refused.status_code == 403
    assert "This task is with another team" in words(refused)
    assert not Duty.objects.filter(state="decided-otherwise").exists()


def test_a_call_is_noted_with_whom_and_when(case: Case, at_desk: SignIn) -> None:
    task = task_of("refer_to_childrens_social_care")
    client = at_desk("officer")
    spoken = {"spoken_to": "the duty manager", "on_0": "2", "on_1": "3", "on_2": "2026", "on_3": "10:05pm"}
    assert client.post(f"/tasks/{task.pk}/spoken/", spoken).status_code == 302
    task.refresh_from_db()
    assert task.spoken_to == "the duty manager"
    said = words(client.get(f"/tasks/{task.pk}/"))
    assert "Spoken to the duty manager" in said
    assert "Monday 2 March, 10:05pm" in said


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"spoken_to": "", "on_3": "10:05pm"}, "Say to whom you have spoken."),
        ({"spoken_to": "the duty manager", "on_3": "11:59pm"}, "This is still to come."),
        ({"spoken_to": "the duty manager", "on_0": "1", "on_1": "1", "on_3": "10pm"}, "more than a week back"),
    ],
)
def test_a_call_that_cannot_be_is_refused(case: Case, at_desk: SignIn, typed: dict[str, str], fault: str) -> None:
    task = task_of("refer_to_childrens_social_care")
    moment = {"on_0": "2", "on_1": "3", "on_2": "2026"}
    page = at_desk("officer").post(f"/tasks/{task.pk}/spoken/", moment | typed)
    assert page.status_code == 422
    assert fault in words(page)
    task.refresh_from_db()
    assert task.spoken_at is None


def test_titles_and_addresses_hold_no_name(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/tasks/{task_of('finish_scene_record').pk}/")
    assert title(page) == f"Task {case.reference} – Alongside"


def test_statements_do_not_grow_with_the_duties(there: Partnership, at_desk: SignIn) -> None:
    small = invented.call(there, facts={"domestic_abuse_known_or_suspected": True})
    large = invented.call(there)
    client = at_desk("officer")

    def of(case: Case) -> list[str]:
        task = Task.objects.get(case=case, act="finish_scene_record")
        client.get(f"/tasks/{task.pk}/")
        return statements(lambda: client.get(f"/tasks/{task.pk}/"))

    many, few = of(large), of(small)
    assert len(many) == len(few), differing(few, many)


def test_a_role_without_the_permission_is_refused_in_words(case: Case, there: Partnership) -> None:
    duty = Duty.objects.first()
    assert duty is not None
    with pytest.raises(Refused, match="may not decide a duty otherwise"):
        actions.decide_otherwise(duty=duty, why="because", by=there.users["auditor"], at=NOW)


def test_the_number_adopted_stands_beside_the_gist_everywhere(case: Case, there: Partnership, at_desk: SignIn) -> None:
    officer = at_desk("officer")
    pages = (f"/cases/{case.reference}/", f"/marac/refer/{case.reference}/")
    adopted = "make the case one for MARAC. Your partnership has adopted 12 in place of 14."
    assert all("has adopted" not in words(officer.get(page)) for page in pages)
    lead = there.users["administrator"]
    lead.role = "policy-lead"
    adopt_choice(
        area=there.area, parameter="marac_ticks", value=12, reason="Room.", from_on=NOW.date(), by=lead, at=NOW
    )
    cases.changed(case=case, by=there.users["officer"], at=NOW)
    for page in pages:
        assert adopted in words(officer.get(page)), page
