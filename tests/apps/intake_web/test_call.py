"""Recording a call in the browser, from the first press to the case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from alongside.cases.models import Case, CaseMember
from alongside.duties.models import Bar, Duty, ObservedFact
from alongside.gate.viewing import Viewer
from alongside.intake.drafts import queries
from alongside.intake.drafts.models import Draft
from alongside.intake.drafts.notification import content_of
from alongside.intake.drafts.preview import preview
from alongside.intake.models import Notification
from alongside.people.models import Person, SafeContact
from alongside.procedures.queries import library
from tests.apps.browsing import form_on
from tests.apps.intake_web.conftest import FIRST
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

AUTOMATIC = ("consult_records", "acknowledge_referral")
pytestmark = pytest.mark.django_db
Begun = tuple[Client, str]


def page(draft: str, name: str) -> str:
    return reverse("intake:page", args=[draft, name])


def send(client: Client, draft: str) -> Case:
    answer = client.post(reverse("intake:check", args=[draft]))
    assert answer.status_code == 302, answer.content.decode()
    case = Case.objects.latest("opened_at")
    assert answer.url == reverse("cases:who", args=[case.reference])
    return case


def test_the_first_two_minutes_show_bars_and_numbers_before_anything_is_sent(begun: Begun) -> None:
    client, draft = begun
    shown = client.get(reverse("intake:now", args=[draft])).content.decode()
    assert "Give out where the victim or the children are" in shown
    assert "Not everybody is known to be safe" in shown
    assert "children" in shown.lower() and "tel:" in shown
    assert "Send to children&#39;s social care" in shown
    assert not Case.objects.exists() and not Notification.objects.exists()


def test_what_is_shown_is_what_the_case_will_say(begun: Begun, there: Partnership) -> None:
    client, draft = begun
    officer = there.users["officer"]
    row, told = queries.open_draft(Viewer(officer, NOW), UUID(draft))
    content = content_of(draft=row, told=told, by=officer)
    shown = preview(content, areas={"coventry": there.area, "walsall": there.other_area}, by=officer, at=NOW)
    case = send(client, draft)
    certain = {rule.id for rule, is_certain in shown.bars if is_certain}
    assert certain and certain == set(Bar.objects.filter(case=case, outcome="fires").values_list("rule", flat=True))
    owed = {rule.id for rules in shown.duties.values() for rule in rules}
    kept = Duty.objects.filter(case=case).exclude(act__in=AUTOMATIC).values_list("rule", flat=True)
    assert owed and owed == set(kept)
    assert {task.act for task in shown.tasks} == set(
        case.tasks.exclude(act__in=AUTOMATIC).values_list("act", flat=True)
    )


def test_the_whole_call_becomes_one_case(begun: Begun, schools: None) -> None:
    client, draft = begun
    child = client.post(reverse("intake:add", args=[draft]), {"what": "child"}).url
    typed = {
        "given_name": "Lily",
        "family_name": "Hartley",
        "date_of_birth_2": "2017",
        "lives_in_household": "yes",
        "parents": ["v1"],
    }
    typed |= {"experienced_incident": "yes", "spoken_to_alone": "yes", "own_words": "I hid", "school": "000001"}
    assert client.post(child, typed).status_code == 302
    client.post(
        page(draft, "incident"),
        {"types": ["physical"], "police_attended": "yes", "arrest_made": "no", "weapons_used": "not-known"},
    )
    client.post(page(draft, "consent"), {"status": "not-safe-to-seek"})
    checked = client.get(reverse("intake:check", args=[draft])).content.decode()
    assert "Lily Hartley (child)" in checked and "Example Primary School" in checked
    case = send(client, draft)
    lily = CaseMember.objects.get(case=case, role="child")
    assert (lily.school_urn, lily.lives_in_household, lily.present) == ("000001", True, None)
    assert lily.own_words.open() == "I hid"
    assert SafeContact.objects.get().value.open() == "07700 900123"
    sent = Notification.objects.get()
    assert sent.incident.weapons_used is None and sent.incident.arrest_made is False
    assert (
        CaseMember.objects.get(case=case, role="person-causing-harm").whereabouts.open()
        == "Not far, and may come back: seen at the corner shop"
    )


def test_a_killed_browser_loses_nothing(begun: Begun, at_desk: Callable[[str], Client]) -> None:
    _, draft = begun
    again = at_desk("officer")
    start = again.get(reverse("intake:start")).content.decode()
    assert "Continue the call you began at 10:20pm" in start
    typed = form_on(again.get(page(draft, "first")).content.decode(), "area")
    assert typed["v_given_name"] == ["Amina"] and typed["where"] == ["near"] and typed["area"] == ["coventry"]


def test_another_colleague_sees_nothing_of_it(begun: Begun, at_desk: Callable[[str], Client]) -> None:
    _, draft = begun
    other = at_desk("second")
    assert other.get(reverse("intake:now", args=[draft])).status_code == 404
    assert "Continue" not in other.get(reverse("intake:start")).content.decode()


def test_sending_twice_gives_one_case(begun: Begun) -> None:
    client, draft = begun
    case = send(client, draft)
    again = client.post(reverse("intake:check", args=[draft]))
    assert again.status_code == 302 and again.url == reverse("cases:case", args=[case.reference])
    assert Case.objects.count() == 1 and not Draft.objects.get().content


def test_what_may_be_asked_too_is_said_with_the_question_that_would_tell(begun: Begun) -> None:
    client, draft = begun
    shown = words(client.get(reverse("intake:now", args=[draft])))
    waits = shown.split("Cannot be told yet: ")[1]
    assert "Cannot tell yet" in waits and "?" in waits
    assert waits.count("Cannot tell yet") <= 4


def test_nothing_is_asked_at_the_scene_that_only_others_can_know(begun: Begun) -> None:
    client, draft = begun
    names = {name: FIRST[name] for name in ("area", "v_given_name", "v_family_name")}
    assert client.post(page(draft, "first"), names).status_code == 302
    waits = words(client.get(reverse("intake:now", args=[draft]))).split("Cannot be told yet: ")[1]
    others = [fact.question for fact in library().vocabulary.values() if "police-officer" not in fact.who]
    assert others and not [question for question in others if question and question in waits]


def test_pressing_begin_twice_begins_once(at_desk: Callable[[str], Client]) -> None:
    client = at_desk("officer")
    urls = {client.post(reverse("intake:begin"), {"kind": "disclosure"}).url for _ in range(2)}
    assert len(urls) == 1


def test_an_answer_no_longer_asked_is_dropped(begun: Begun) -> None:
    client, draft = begun
    client.post(page(draft, "first"), FIRST | {"children": "no"})
    typed = form_on(client.get(page(draft, "first")).content.decode(), "area")
    assert typed["children"] == ["no"] and "youngest" not in typed
    case = send(client, draft)
    assert not ObservedFact.objects.filter(case=case, name="youngest_child_age_months").exists()


def test_not_known_is_sent_and_not_asked_is_left_out(begun: Begun) -> None:
    client, draft = begun
    case = send(client, draft)
    victim = CaseMember.objects.get(case=case, role="victim")
    assert victim.pregnant is None
    assert '"pregnant":null' in Notification.objects.get().content.open()
    assert "interpreter_needed" not in Notification.objects.get().content.open()


def test_not_safe_to_ask_is_kept_with_the_case(begun: Begun) -> None:
    client, draft = begun
    client.post(page(draft, "first"), FIRST | {"pregnant": "not-safe-to-ask"})
    case = send(client, draft)
    assert ObservedFact.objects.get(case=case, name="victim_pregnant").manner == "not-safe"
    assert "pregnant" not in Notification.objects.get().content.open()


def test_several_schools_that_fit_are_asked_about(begun: Begun, schools: None) -> None:
    client, draft = begun
    child = client.post(reverse("intake:add", args=[draft]), {"what": "child"}).url
    asked = client.post(child, {"given_name": "Lily", "school": "Example"})
    assert asked.status_code == 422
    assert "Example Infant School" in asked.content.decode() and "Lily" in asked.content.decode()
    assert client.post(child, {"given_name": "Lily", "school": "Example", "school_urn": "000002"}).status_code == 302
    case = send(client, draft)
    assert CaseMember.objects.get(case=case, role="child").school_name == "Example Infant School"


def test_a_school_outside_the_register_is_kept_as_typed(begun: Begun, schools: None) -> None:
    client, draft = begun
    child = client.post(reverse("intake:add", args=[draft]), {"what": "child"}).url
    assert client.post(child, {"school": "Far Away Academy"}).status_code == 302
    case = send(client, draft)
    assert CaseMember.objects.get(case=case, role="child").school_name == "Far Away Academy"


def test_a_fault_keeps_what_was_typed_and_names_the_page(begun: Begun) -> None:
    client, draft = begun
    child = client.post(reverse("intake:add", args=[draft]), {"what": "child"}).url
    client.post(child, {"given_name": "Lily", "date_of_birth_2": "2099"})
    refused = client.post(reverse("intake:check", args=[draft]))
    assert refused.status_code == 422 and child in refused.content.decode()
    assert "Lily" in refused.content.decode()
    assert not Case.objects.exists() and not Person.objects.exists()


def test_a_wrong_date_keeps_the_page_as_typed(begun: Begun) -> None:
    client, draft = begun
    answer = client.post(
        page(draft, "incident"),
        {"occurred_at_0": "31", "occurred_at_1": "2", "occurred_at_2": "2026", "summary": "She said he came back"},
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "She said he came back" in shown and 'value="31"' in shown


def test_the_first_page_comes_first(at_desk: Callable[[str], Client]) -> None:
    client = at_desk("officer")
    draft = client.post(reverse("intake:begin"), {"kind": "police-incident"}).url.split("/")[2]
    for name in ("now", "people", "children", "check"):
        assert client.get(reverse(f"intake:{name}", args=[draft])).url == page(draft, "first")


def test_dropping_a_call_leaves_nothing_but_the_audit(begun: Begun) -> None:
    client, draft = begun
    assert "gone for good" in client.get(reverse("intake:drop", args=[draft])).content.decode()
    client.post(reverse("intake:drop", args=[draft]))
    assert not Draft.objects.exists()
    assert client.get(reverse("intake:now", args=[draft])).status_code == 404


def test_an_entry_can_be_taken_away_but_not_the_victim(begun: Begun) -> None:
    client, draft = begun
    other = client.post(reverse("intake:add", args=[draft]), {"what": "other"}).url
    assert client.post(f"{other}remove/").status_code == 302
    assert client.get(other).status_code == 404
    assert client.post(reverse("intake:remove", args=[draft, "v1"])).status_code == 404


@pytest.mark.parametrize("who", ["administrator", "auditor"])
def test_a_wrong_role_is_refused_with_the_reason(at_desk: Callable[[str], Client], who: str) -> None:
    answer = at_desk(who).get(reverse("intake:start"))
    assert answer.status_code == 403
    assert "may not record a call, report or disclosure" in answer.content.decode()


@pytest.mark.parametrize(
    "kind", ["professional-referral", "telephone-referral", "self-referral", "third-party-report", "disclosure"]
)
def test_every_kind_of_call_goes_in(at_desk: Callable[[str], Client], kind: str) -> None:
    client = at_desk("manager")
    first = client.post(reverse("intake:begin"), {"kind": kind}).url
    draft = first.split("/")[2]
    client.post(first, {"area": "coventry", "safe_now": "yes"})
    if kind != "self-referral":
        assert (
            client.post(page(draft, "teller"), {"role": "health visitor", "protect_identity": "yes"}).status_code == 302
        )
    send(client, draft)
    assert Notification.objects.get().kind == kind


def test_the_area_one_works_in_stands_there_to_be_changed(at_desk: Callable[[str], Client]) -> None:
    client = at_desk("officer")
    first = client.post(reverse("intake:begin"), {"kind": "police-incident"}).url
    assert form_on(client.get(first).content.decode(), "area")["area"] == ["coventry"]


def test_just_now_is_when_the_call_came_in(begun: Begun) -> None:
    client, draft = begun
    client.post(page(draft, "first"), FIRST | {"when": "now"})
    assert send(client, draft).occurred_on == NOW


def test_a_call_of_no_kind_is_not_begun(at_desk: Callable[[str], Client]) -> None:
    assert at_desk("officer").post(reverse("intake:begin"), {"kind": "gossip"}).url == reverse("intake:start")
    assert not Draft.objects.exists()
