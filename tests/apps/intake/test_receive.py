"""What a notification leaves behind: its people, cases, records and facts, each where it belongs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from alongside.agencies.access import Refused
from alongside.cases.models import Case, CaseMember
from alongside.demo.partnership import Partnership
from alongside.duties.models import Evaluation, ObservedFact
from alongside.gate.viewing import Viewer
from alongside.intake.access import NotYourAgency
from alongside.intake.actions import OtherContent, receive
from alongside.intake.faults import NotValid
from alongside.intake.models import Informant, Notification
from alongside.intake.queries import of_case
from alongside.people.models import Address, HouseholdMember, MatchKey, Person, Relationship, SafeContact
from alongside.people.queries import candidates
from alongside.procedures.queries import library
from alongside.risk.instruments import instruments
from alongside.risk.models import Assessment
from alongside.sharing.models import ConsentRecord
from tests.apps.intake.conftest import NOW, Content, Tell, example

DASH = instruments()["dash"].keys


def fact(case: Case, name: str) -> Any:
    """A fact of the case as its latest evaluation saw it."""
    rows = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    assert rows is not None
    return next((row["value"] for row in rows.facts if row["name"] == name and row["about"] is None), None)


def test_everybody_and_everything_told_of_them_is_kept(tell: Tell) -> None:
    answer = tell(example("police-incident-school-child")).answer
    case = Case.objects.get(reference=answer["case"])
    assert {member.ref: member.role for member in case.members.all()} == {
        "v": "victim",
        "p": "person-causing-harm",
        "c": "child",
    }
    child = case.members.select_related("person").get(ref="c")
    assert child.own_words.open() == "I was scared when they shouted."
    assert (child.school_urn, child.home_educated, child.spoken_to_alone) == ("000001", False, True)
    victim = case.members.get(ref="v").person
    assert victim.first_language == "Polish" and victim.interpreter_needed is None
    assert Address.objects.get(person=victim).postcode.open() == "CV2 4AA"
    safe = SafeContact.objects.get(person=victim)
    assert (safe.channel, safe.safe, safe.who_may_answer, safe.note.open()) == (
        "text",
        True,
        "only her",
        "he checks the phone in the evening",
    )
    assert Relationship.objects.count() == 2
    assert set(HouseholdMember.objects.values_list("lives_there", flat=True)) == {True}
    assert Assessment.objects.get().answers.count() == 15
    assert MatchKey.objects.filter(person=victim).count() > 3


def test_what_is_sealed_is_not_in_the_database_in_clear(tell: Tell) -> None:
    content = example("police-incident-school-child")
    content["source"] |= {"name": "Quintilla Marsh", "phone": "07700 900999", "protect_identity": True}
    content["talk_to"] = {"safe": ["Zelda next door"], "not_safe": ["his brother Ignatius"]}
    content["referral"] = {
        "history": "Grandmother Philippa took her in once",
        "raises_risk": True,
        "family_aware": False,
    }
    content["people"][1]["whereabouts"] = "Xanadu Mews"
    row = tell(content).notification
    informant = Informant.objects.get()
    assert (informant.name.open(), informant.protect_identity) == ("Quintilla Marsh", True)
    assert (row.raises_risk, row.family_aware, row.talk_to_not_safe.open()) == (True, False, "his brother Ignatius")
    secret = (
        "Quintilla",
        "900999",
        "Zelda",
        "Ignatius",
        "Philippa",
        "Xanadu",
        "CV2 4AA",
        "900456",
        "22 Example",
        "Pushed against",
        "scared",
    )
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            held = " ".join(
                str(bytes(v) if isinstance(v, memoryview | bytes) else v) for one in cursor.fetchall() for v in one
            )
        assert [word for word in secret if word in held] == [], table


def test_a_fact_stated_outright_is_on_record_with_who_said_so(tell: Tell) -> None:
    content = example("police-incident-baby") | {
        "facts": {"separated": True, "police_callouts_12m": {"min": 2}, "victim_injured": None}
    }
    case = Case.objects.get(reference=tell(content).answer["case"])
    rows = {row.name: row for row in ObservedFact.objects.filter(case=case)}
    assert {name: row.value for name, row in rows.items()} == {
        "separated": True,
        "police_callouts_12m": {"min": 2},
        "victim_injured": None,
    }
    assert rows["separated"].said_by == "West Midlands Police"
    assert rows["separated"].true_since_on == datetime(2026, 3, 2, 21, 30, tzinfo=UTC)
    assert fact(case, "separated") is True


def test_consent_and_a_dial_become_facts(tell: Tell) -> None:
    content = example("police-incident-baby") | {"area": "stoke-on-trent", "source": {"agency": "staffordshire-police"}}
    content["consent"] = [
        {"purpose": "referral", "status": "refused"},
        {"person": "p", "purpose": "referral", "status": None},
    ]
    content["risk"] = [
        {
            "instrument": "dial",
            "completed_at": "2026-03-02T22:00:00Z",
            "answers": {},
            "grade": "high",
            "serious_concern": True,
        }
    ]
    case = Case.objects.get(reference=tell(content).answer["case"])
    assert ConsentRecord.objects.filter(case=case).count() == 2
    assert fact(case, "consent_status") == "refused"
    assert fact(case, "dial_completed") is True
    assert fact(case, "dial_completed_at") == "2026-03-02T22:00:00Z"
    assert fact(case, "police_risk_high") is True
    assert fact(case, "professional_serious_concern") is True


@pytest.mark.parametrize("name", ["honour-based", "forced-marriage", "fgm"])
def test_specialist_advice_comes_first(name: str, tell: Tell) -> None:
    content = example("police-incident-baby")
    content["incident"]["types"] = [name]
    indicated = Case.objects.get(reference=tell(content).answer["case"])
    assert fact(indicated, "contact_with_parent_increases_risk") is True
    other = tell(example("police-incident-school-child")).answer["case"]
    assert fact(Case.objects.get(reference=other), "contact_with_parent_increases_risk") is None


def test_a_checklist_about_somebody_else_is_kept_and_not_counted(tell: Tell) -> None:
    content = example("police-incident-baby")
    content["risk"] = [
        {"instrument": "dash", "answers": {"frightened": "yes"}, "person": "v"},
        {
            "instrument": "dash",
            "answers": dict.fromkeys(DASH, "yes"),
            "person": "p",
            "grade": "high",
            "serious_concern": True,
        },
    ]
    case = Case.objects.get(reference=tell(content).answer["case"])
    assert Assessment.objects.filter(case=case).count() == 2
    assert fact(case, "dash_yes_count") == {"min": 1, "max": 24}
    assert (fact(case, "police_risk_high"), fact(case, "professional_serious_concern")) == (None, None)


def test_the_first_victims_records_are_not_the_seconds(tell: Tell) -> None:
    content = example("police-incident-baby")
    content["people"].append({"ref": "w", "roles": ["victim"]})
    content["consent"] = [{"purpose": "referral", "status": "given"}]
    content["facts"] = {"dash_yes_count": {"min": 2}}
    answer = tell(content).answer
    first, second = (Case.objects.get(reference=one) for one in [answer["case"], *answer["also"]])
    assert (fact(first, "consent_status"), fact(second, "consent_status")) == ("given", None)
    assert Assessment.objects.filter(case=second).count() == 0


def test_consent_of_a_victim_not_known_yet_is_not_lost(tell: Tell) -> None:
    content = example("police-incident-baby") | {"relationships": [], "risk": [], "safe_contact": []}
    content["people"] = [one for one in content["people"] if "victim" not in one["roles"]]
    content["consent"] = [{"purpose": "referral", "status": "refused"}]
    case = Case.objects.get(reference=tell(content).answer["case"])
    assert ConsentRecord.objects.count() == 0
    assert fact(case, "consent_status") == "refused"


@pytest.mark.parametrize(
    ("first", "second", "high", "finished"),
    [
        (("standard", "21:50"), ("high", "22:10"), True, "22:10"),
        (("high", "21:50"), ("standard", "22:10"), False, "22:10"),
        (("high", "22:10"), ("standard", "22:10"), None, "22:10"),
        (("high", "22:10"), (None, "21:50"), True, "22:10"),
    ],
)
def test_of_several_logs_the_last_stands(
    first: tuple[str | None, str], second: tuple[str | None, str], high: bool | None, finished: str, tell: Tell
) -> None:
    content = example("police-incident-baby") | {"area": "stoke-on-trent", "source": {"agency": "staffordshire-police"}}
    content["risk"] = [
        {"instrument": "dial", "answers": {}, "grade": grade, "completed_at": f"2026-03-02T{at}:00Z"}
        for grade, at in (first, second)
    ]
    case = Case.objects.get(reference=tell(content).answer["case"])
    assert fact(case, "police_risk_high") is high
    assert fact(case, "dial_completed_at") == f"2026-03-02T{finished}:00Z"


@pytest.mark.parametrize(
    ("said", "barred"),
    [
        ({"incident": {"types": ["honour-based"]}}, True),
        ({}, True),
        ({"facts": {"honour_based_abuse": False, "forced_marriage": False}}, True),
        ({"facts": {"honour_based_abuse": False, "forced_marriage": False, "fgm": False}}, False),
    ],
    ids=["indicated", "nothing said", "one not known", "none of the three"],
)
def test_the_bar_of_conduct_is_in_the_answer(said: dict[str, Any], barred: bool, tell: Tell) -> None:
    """As every bar: while it cannot be told it stops its act too."""
    bars = tell(example("police-incident-baby") | said).answer["bars"]
    found = [bar for bar in bars if bar["act"] == "contact_family"]
    assert [bar["rule"] for bar in bars] == sorted(bar["rule"] for bar in bars)
    assert {tuple(bar) for bar in bars} == {("rule", "act", "cite")}
    assert {tuple(bar["cite"]) for bar in bars} == {("document", "section", "line", "gist", "quote")}
    assert [(bar["rule"], bar["cite"]["document"]) for bar in found] == [("conduct-contact-family", "conduct")] * barred
    assert all("Specialist advice comes first" in bar["cite"]["gist"] for bar in found)


def test_the_case_stands_where_the_child_lives(tell: Tell) -> None:
    content = example("police-incident-baby")
    content["people"][2]["area"] = "dudley"
    case = Case.objects.get(reference=tell(content).answer["case"])
    assert (case.area_id, case.local_authority) == ("dudley", "dudley")
    assert case.recording_team is not None and case.recording_team.code == "west-midlands-police-dudley-response"
    content["id"], content["people"][2]["area"] = "outside", "leeds"
    away = Case.objects.get(reference=tell(content).answer["case"])
    assert (away.area_id, away.local_authority) == ("coventry", "other")


def test_further_victims_open_further_cases(tell: Tell) -> None:
    content = example("police-incident-school-child")
    content["people"].append({"ref": "g", "roles": ["victim"], "given_name": "Irena", "care_and_support_needs": True})
    content["risk"].append({"instrument": "graded", "person": "g", "answers": {}, "grade": "high"})
    answer = tell(content).answer
    first, second = (Case.objects.get(reference=ref) for ref in (answer["case"], *answer["also"]))
    assert [m.ref for m in first.members.filter(role="victim")] == ["v"]
    assert [m.ref for m in second.members.filter(role="victim")] == ["g"]
    assert {m.ref for m in second.members.filter(role="person-causing-harm")} == {"p"}
    assert Assessment.objects.get(instrument="graded").case == second
    assert Assessment.objects.get(instrument="dash").case == first
    assert (fact(first, "adult_care_and_support_needs"), fact(second, "adult_care_and_support_needs")) == (None, True)
    assert "wm-refer-adult-care-needs" in answer["decided"]["fires"]
    assert Person.objects.count() == 4


def test_without_a_victim_the_case_opens_with_a_victim_not_known(tell: Tell) -> None:
    content = example("police-incident-baby")
    content["people"] = content["people"][1:]
    content["relationships"] = content["safe_contact"] = []
    answer = tell(content).answer
    case = Case.objects.get(reference=answer["case"])
    assert not case.members.filter(role="victim").exists()
    assert answer["duties"]


def test_the_same_content_again_gives_the_answer_first_given(tell: Tell) -> None:
    content = example("police-incident-baby")
    first = tell(content)
    Case.objects.filter(pk=first.notification.case_id)
    again = tell(dict(reversed(content.items())))
    assert (first.is_new, again.is_new) == (True, False)
    assert again.answer == first.answer
    assert Case.objects.count() == 1


def test_other_content_is_refused_and_only_to_the_same_agency_shown(tell: Tell, partnership: Partnership) -> None:
    content = example("police-incident-baby")
    tell(content)
    with pytest.raises(OtherContent) as refused:
        tell(content | {"summary": "Different."})
    assert refused.value.held == content
    with pytest.raises(NotYourAgency):
        receive(content=content, by=partnership.user("housing"), at=NOW)
    assert Notification.objects.count() == Case.objects.count() == 1


def test_the_same_id_of_another_agency_is_another_notification(tell: Tell) -> None:
    content = example("police-incident-baby")
    tell(content)
    tell(content | {"source": {"agency": "coventry-housing"}, "kind": "professional-referral"})
    assert Notification.objects.count() == 2


def test_half_a_character_is_refused_like_any_fault(tell: Tell) -> None:
    with pytest.raises(NotValid):
        tell(example("police-incident-baby") | {"summary": "\ud800"})


def test_somebody_who_may_not_notify_is_refused(partnership: Partnership) -> None:
    content = example("police-incident-baby") | {"source": {"agency": "partnership"}}
    with pytest.raises(Refused):
        receive(content=content, by=partnership.user("auditor"), at=NOW)


def test_people_known_already_are_candidates_with_what_agrees_and_nothing_else(
    tell: Tell, partnership: Partnership
) -> None:
    tell(example("police-incident-baby"))
    again = example("police-incident-baby") | {
        "id": "later",
        "source": {"agency": "coventry-housing"},
        "kind": "professional-referral",
    }
    again["people"][0]["family_name"] = "Husain"
    answer = tell(again).answer
    people = {person["ref"]: person for person in answer["people"]}
    best = people["v"]["candidates"][0]
    assert best["person"] == str(
        CaseMember.objects.get(ref="v", case__opened_by_agency__code="west-midlands-police").person_id
    )
    assert "same date of birth" in best["because"] and best["weight"] > 10
    assert best["held_by"] == []
    own = {person["person"] for person in answer["people"]}
    assert not own & {c["person"] for person in answer["people"] for c in person["candidates"]}
    text = str(answer["people"])
    assert not [word for word in ("Hussain", "Aysha", "CV6", "900123", "1996", "differ") if word in text]


def test_who_holds_a_record_is_told_to_a_cleared_role_alone(tell: Tell, partnership: Partnership) -> None:
    tell(example("police-incident-baby"))
    again = example("police-incident-baby") | {"id": "later", "source": {"agency": "coventry-childrens-social-care"}}
    row = receive(content=again, by=partnership.user("social-care-manager"), at=NOW).notification
    victim = CaseMember.objects.get(case=row.case, ref="v").person
    cleared = candidates(victim, Viewer(partnership.user("social-care-manager"), NOW))
    other = candidates(victim, Viewer(partnership.user("social-worker"), NOW))
    assert cleared[0].held_by == ("west-midlands-police",)
    assert other[0].held_by == () and other[0].because == cleared[0].because


def test_a_confidential_address_is_never_matched_on(tell: Tell) -> None:
    content = example("police-incident-baby")
    content["people"] = [
        content["people"][0]
        | {"given_name": None, "family_name": None, "date_of_birth": None, "sex": None, "phones": []}
    ]
    content["relationships"], content["safe_contact"] = [], []
    content["people"][0]["addresses"][0]["confidential"] = True
    tell(content)
    assert not MatchKey.objects.exists()
    seeking = content | {"id": "seeking"}
    seeking["people"] = [
        content["people"][0] | {"addresses": [{"lines": "1 Example Road, Coventry", "postcode": "CV6 5AA"}]}
    ]
    assert tell(seeking).answer["people"][0]["candidates"] == []


def test_a_link_raises_the_number_of_known_incidents(tell: Tell, partnership: Partnership) -> None:
    from alongside.cases.actions import changed
    from tests.apps.intake.linking import same_person

    cases = []
    for number in range(3):
        content: Content = example("police-incident-baby") | {"id": f"call-{number}"}
        cases.append(Case.objects.get(reference=tell(content).answer["case"]))
    officer = partnership.user("police-officer")
    victims = [case.members.get(role="victim").person for case in cases]
    same_person(person=victims[2], candidate=victims[0], by=officer, at=NOW)
    same_person(person=victims[0], candidate=victims[1], by=officer, at=NOW)
    changed(case=cases[2], by=officer, at=NOW + timedelta(minutes=1))
    assert fact(cases[2], "da_incident_count") == {"min": 3}


def test_only_the_agency_that_recorded_sees_its_notification(tell: Tell, partnership: Partnership) -> None:
    case = tell(example("police-incident-baby")).notification.case
    assert len(of_case(case, Viewer(partnership.user("police-officer"), NOW))) == 1
    assert of_case(case, Viewer(partnership.user("housing"), NOW)) == []
    assert of_case(case, Viewer(partnership.user("social-care-manager"), NOW)) == []


def test_no_judgement_is_put_as_a_question(baby: Content, tell: Tell) -> None:
    facts = library().vocabulary
    asked = [facts[one["fact"]] for one in tell(baby).answer["questions"]]
    assert asked and not [fact.name for fact in asked if fact.kind not in {"observed"}]
