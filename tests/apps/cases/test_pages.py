"""The list of cases, and the page of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.cases import actions, family, pages
from alongside.cases.models import AreaChange, Case, CaseMember
from alongside.duties.models import Evaluation, Task
from alongside.people.models import Person, Relationship
from alongside.policy import Places
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, title, words
from tests.apps.statements import differing, statements

SignIn = Callable[[str], Client]
TABS = [code for code, _ in pages.TABS]


def test_the_list_tells_cases_apart_without_a_name(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get("/cases/")
    assert f"{case.reference} A.H., child 11 months · call of 9:30pm · Coventry" in words(page)
    assert "Hartley" not in page.content.decode()
    assert len(reads("cases.list")) == 1


def test_a_reference_finds_its_case_and_a_foreign_one_is_no_nil_return(case: Case, at_desk: SignIn) -> None:
    assert case.reference in words(at_desk("officer").get(f"/cases/?reference={case.reference.lower()}"))
    foreign = words(at_desk("manager").get(f"/cases/?reference={case.reference}"))
    missing = words(at_desk("manager").get("/cases/?reference=AL-AAAA-AA"))
    assert foreign == missing
    assert "This is not a nil return." in foreign


@pytest.mark.parametrize("tab", TABS)
def test_every_place_opens_with_the_identity_bar_and_is_logged(case: Case, at_desk: SignIn, tab: str) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/see/{tab}/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Contact rules apply · last confirmed" in text
    assert "Hartley" not in title(page)
    assert len(reads(f"cases.{tab}")) == 1


@pytest.mark.parametrize("tab", ["", "contact/", "area/", *(f"see/{tab}/" for tab in TABS)])
def test_a_foreign_case_answers_as_what_does_not_exist(case: Case, at_desk: SignIn, tab: str) -> None:
    foreign = at_desk("manager").get(f"/cases/{case.reference}/{tab}")
    missing = at_desk("manager").get(f"/cases/AL-AAAA-AA/{tab}")
    assert foreign.status_code == missing.status_code == 404
    assert words(foreign) == words(missing)


def test_now_holds_what_is_owed_what_is_barred_and_what_is_asked(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/")
    said = words(page)
    assert "Send to children's social care Your team" in said
    assert "Give out where the victim or the children are" in said
    assert page.content.count(b"al-ask") == 3
    assert "Cannot tell yet:" in said.split("Thresholds")[1]


def test_the_family_says_what_is_not_known(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/see/family/")
    said = words(page)
    assert "Amina Hartley Victim Born 4 May 1996 (29 years)" in said
    assert "Lily Hartley Child Born 20 March 2025 (11 months)" in said
    assert "Born February 1991, day not known (35 years)" in said
    assert "Pregnant Not known" in said
    assert "Not linked to another record" in said
    assert "School" not in said, "a baby goes to none"


def test_what_was_told_of_one_of_two_is_said_of_both_once() -> None:
    mother, child = uuid4(), uuid4()
    rows = [
        Relationship(person_id=mother, other_id=child, kind="parent-of"),
        Relationship(person_id=child, other_id=mother, kind="child-of"),
    ]
    said = family._related(rows, {mother: "Amina Hartley", child: "Lily Hartley"})
    assert said == {mother: ["parent of Lily Hartley"], child: ["child of Amina Hartley"]}


def test_contact_rules_are_opened_to_act_and_logged_with_what_for(case: Case, at_desk: SignIn) -> None:
    client = at_desk("officer")
    path = f"/cases/{case.reference}/contact/"
    assert "07700 900123" not in client.get(path).content.decode()
    bare = client.post(path, {})
    assert bare.status_code == 422
    assert "07700" not in bare.content.decode()
    assert reads("cases.contact_opened") == []
    opened = words(client.post(path, {"purpose": "ring"}))
    assert "Text message 07700 900123" in opened
    assert "weekdays 9 to 3" in opened
    assert "he sees the phone at night" in opened
    kinds = {event.subject_kind: event.detail for event in reads("cases.contact_opened")}
    assert set(kinds) == {"cases.case", "people.safecontact"}
    assert "ring" in kinds["cases.case"]


def test_the_person_causing_harm_is_not_among_the_contact_rules(case: Case, at_desk: SignIn) -> None:
    opened = words(at_desk("officer").post(f"/cases/{case.reference}/contact/", {"purpose": "ring"}))
    assert "Marsh" not in opened


def test_the_area_says_why_and_can_be_corrected(case: Case, there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("officer")
    assert "Coventry, because it was reported there" in words(client.get(f"/cases/{case.reference}/"))
    for faulty in ({"place": "home", "area": "walsall", "reason": ""}, {"area": "walsall", "reason": "why"}):
        assert client.post(f"/cases/{case.reference}/area/", faulty).status_code == 422
    same = client.post(f"/cases/{case.reference}/area/", {"place": "victim", "area": "coventry", "reason": "why"})
    assert same.status_code == 422 and "says this area already" in words(same)
    form = {"place": "home", "area": "walsall", "reason": "The child lives there with her grandmother."}
    said = words(client.post(f"/cases/{case.reference}/area/", form, follow=True))
    assert "Walsall, corrected from Coventry by police officer, Monday 2 March, 10:20pm: The child lives there" in said
    case.refresh_from_db()
    assert (case.area_id, case.local_authority) == ("walsall", "walsall")
    assert Evaluation.objects.filter(case=case).latest().places == Places("walsall", "walsall", "walsall")
    assert "Duties of the police Walsall, as for the family: where it happened is not known" in said
    assert Task.objects.filter(case=case, state="open").exists()


def test_an_area_is_not_corrected_without_a_reason_or_to_itself(case: Case, there: Partnership) -> None:
    by = there.users["officer"]
    with pytest.raises(Refused, match="why this area"):
        actions.correct_area(case=case, place="home", area=there.other_area, reason=" ", by=by, at=NOW)
    with pytest.raises(Refused, match="already"):
        actions.correct_area(case=case, place="home", area=there.area, reason="because", by=by, at=NOW)
    assert not AreaChange.objects.exists()


@pytest.mark.parametrize(
    ("role", "words_"),
    [("child", "because a child of this case lives there"), ("victim", "because the victim lives there")],
)
def test_why_this_area(case: Case, role: str, words_: str) -> None:
    member = CaseMember(case=case, person=Person(), role=role, lives_in="coventry")
    assert pages.why_area(case, [member]) == words_


@pytest.mark.parametrize(
    ("place", "known", "not_known"),
    [
        ("incident", "because it happened there", "as for the family: where it happened is not known"),
        (
            "victim",
            "because the victim lives there",
            "as for the family: the area the victim lives in is not known, or lies outside the partnership",
        ),
    ],
)
def test_why_the_area_of_a_place(case: Case, place: str, known: str, not_known: str) -> None:
    assert pages.why_area(case, [], place) == not_known
    setattr(case, f"{place}_area_id", "walsall")
    assert pages.why_area(case, [], place) == known


def test_correcting_one_place_leaves_the_others(case: Case, there: Partnership) -> None:
    by = there.users["officer"]
    actions.correct_area(case=case, place="victim", area=there.other_area, reason="She moved.", by=by, at=NOW)
    case.refresh_from_db()
    assert case.places == Places("coventry", "coventry", "walsall")
    actions.correct_area(case=case, place="incident", area=there.other_area, reason="In the car park.", by=by, at=NOW)
    assert case.places == Places("coventry", "walsall", "walsall")
    assert case.local_authority == "coventry"


def test_the_timeline_says_who_did_what(case: Case, there: Partnership, at_desk: SignIn) -> None:
    actions.note(case=case, what="A referral was sent", by=there.users["officer"], at=NOW)
    said = words(at_desk("officer").get(f"/cases/{case.reference}/see/timeline/"))
    assert "A referral was sent by A.O., West Midlands Police" in said


@pytest.mark.parametrize("tab", ["now", "family", "timeline"])
def test_statements_do_not_grow_with_the_family(there: Partnership, at_desk: SignIn, tab: str) -> None:
    small, large = invented.call(there), invented.call(there)
    held = invented.add_people(there, large, 8)
    assert len(held) == 8
    client = at_desk("officer")

    def of(case: Case) -> list[str]:
        client.get(f"/cases/{case.reference}/see/{tab}/")
        return statements(lambda: client.get(f"/cases/{case.reference}/see/{tab}/"))

    many, few = of(large), of(small)
    assert len(many) == len(few), differing(few, many)


def test_children_are_told_apart_by_age(case: Case) -> None:
    def child(born: str, role: str = "child") -> CaseMember:
        return CaseMember(case=case, person=Person(date_of_birth=born), role=role)

    assert pages.children([child("2025-03-20"), child("2017-11-30")], NOW) == "children 11 months and 8 years"
    assert pages.children([child("")], NOW) == "child age not known"
    assert pages.children([child("2018")], NOW) == "child 7 or 8 years"
    assert pages.children([child("", "unborn-child")], NOW) == "unborn child"
    assert pages.children([], NOW) == ""


def test_a_call_of_another_day_says_the_day(case: Case) -> None:
    assert pages.called(case, NOW) == "call of 9:30pm"
    assert pages.called(case, NOW + timedelta(days=1)) == "call of Monday 2 March, 9:30pm"
