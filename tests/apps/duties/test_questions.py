"""Ask next: an answer changes the picture at once; two answers at a time show each other."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.duties import queries
from alongside.duties.asking import asking
from alongside.duties.forms import AnswerForm
from alongside.duties.models import Bar, Duty, ObservedFact, Question, Task
from alongside.duties.pages.questions import block
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.procedures.queries import library
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, words

SignIn = Callable[[str], Client]


def asked(fact: str) -> Question:
    return Question.objects.get(fact=fact, state="open")


def reply(question: Question, **values: str) -> dict[str, str]:
    prefix = str(question.pk)[:8]
    return {f"{prefix}-{name}": value for name, value in values.items()}


def test_at_most_three_at_once_each_with_why_and_who_else(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/questions/")
    assert page.content.count(b"al-ask") == 3
    assert "Why it matters: would decide 3 rules, among them “Send to children's social care”." in words(page)
    assert "Who could know it instead: social worker" in words(page)


def test_all_are_shown_when_asked_for_and_others_stand_apart(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/questions/?all=yes")
    assert page.content.count(b"al-ask") > 10
    assert "Others can know these" in words(page)
    assert (
        "Is there reasonable cause to believe that significant harm to a child is possible?"
        in words(page).split("Others can know these")[1]
    )


def test_an_answer_changes_the_picture_at_once(case: Case, at_desk: SignIn) -> None:
    question = asked("adult_care_and_support_needs")
    page = at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="yes"), follow=True)
    assert "Answered. Now owed: Send to adult social care" in words(page)
    assert Task.objects.filter(act="refer_to_adult_social_care", state="open").exists()
    question.refresh_from_db()
    assert question.state == "answered"


def test_not_known_is_an_answer_and_the_question_stays_open_behind_the_others(case: Case, at_desk: SignIn) -> None:
    question = asked("adult_care_and_support_needs")
    client = at_desk("officer")
    page = client.post(f"/questions/{question.pk}/", reply(question, answer="not-known"), follow=True)
    assert library().vocabulary["adult_care_and_support_needs"].question not in words(page)
    question.refresh_from_db()
    assert question.state == "open"
    everything = words(client.get(f"/cases/{case.reference}/questions/?all=yes"))
    assert "Not known, said by police officer less than a minute ago." in everything


def test_not_safe_to_ask_stands_first_where_asking_may_endanger(case: Case, at_desk: SignIn) -> None:
    question = asked("victim_pregnant")
    page = at_desk("officer").get(f"/questions/{question.pk}/").content.decode()
    assert page.index("Not safe to ask") < page.index(">Yes<")
    assert "Ask only out of everybody’s hearing" in page
    at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="not-safe-to-ask"))
    row = ObservedFact.objects.get(name="victim_pregnant")
    assert (row.value, row.manner) == (None, "not-safe")


def test_no_answer_is_refused_with_what_to_do(case: Case, at_desk: SignIn) -> None:
    question = asked("victim_pregnant")
    page = at_desk("officer").post(f"/questions/{question.pk}/", {})
    assert page.status_code == 422
    assert "“Not known” is one" in words(page)


def test_a_judgement_asks_why(case: Case, at_desk: SignIn) -> None:
    question = asked("professional_serious_concern")
    bare = at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="yes"))
    assert bare.status_code == 422
    assert "Say in a sentence why you judge so." in words(bare)
    at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="yes", reason="He has her keys."))
    row = ObservedFact.objects.get(name="professional_serious_concern")
    assert (row.value, row.manner, row.reason) == (True, "judged", "He has her keys.")


def test_two_answers_at_once_show_each_other_and_can_be_settled(case: Case, at_desk: SignIn) -> None:
    question = asked("adult_care_and_support_needs")
    at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="no"))
    second = at_desk("second")
    page = second.post(f"/questions/{question.pk}/", reply(question, answer="yes"))
    assert page.status_code == 409
    assert "Given first, by Police officer No Your answer Yes" in words(page)
    assert ObservedFact.objects.filter(name="adult_care_and_support_needs").count() == 1
    bare = second.post(f"/questions/{question.pk}/settle/", {"which": "yours", "reason": "", "yours": "true"})
    assert bare.status_code == 409
    second.post(
        f"/questions/{question.pk}/settle/", {"which": "yours", "reason": "She told me herself.", "yours": "true"}
    )
    standing = ObservedFact.objects.get(name="adult_care_and_support_needs", superseded_by__isnull=True)
    assert (standing.value, standing.reason) == (True, "She told me herself.")
    assert ObservedFact.objects.filter(name="adult_care_and_support_needs").count() == 2
    assert Task.objects.filter(act="refer_to_adult_social_care", state="open").exists()


def test_settling_for_the_first_answer_changes_nothing(case: Case, at_desk: SignIn) -> None:
    question = asked("adult_care_and_support_needs")
    at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="no"))
    form = {"which": "theirs", "reason": "He asked her, I did not.", "yours": "true"}
    assert at_desk("second").post(f"/questions/{question.pk}/settle/", form).status_code == 302
    assert ObservedFact.objects.get(name="adult_care_and_support_needs").value is False


@pytest.mark.parametrize("yours", ["", "{", '"word"', "[1]"])
def test_a_forged_answer_is_not_settled(case: Case, at_desk: SignIn, yours: str) -> None:
    question = asked("adult_care_and_support_needs")
    at_desk("officer").post(f"/questions/{question.pk}/", reply(question, answer="no"))
    at_desk("second").post(f"/questions/{question.pk}/settle/", {"which": "yours", "reason": "x", "yours": yours})
    assert ObservedFact.objects.get(name="adult_care_and_support_needs").value is False


def test_a_question_of_another_agency_does_not_exist(case: Case, at_desk: SignIn) -> None:
    question = asked("victim_pregnant")
    for path in (f"/questions/{question.pk}/", f"/cases/{case.reference}/questions/"):
        assert at_desk("manager").get(path).status_code == 404
    assert at_desk("manager").post(f"/questions/{question.pk}/", reply(question, answer="yes")).status_code == 404
    assert not ObservedFact.objects.filter(name="victim_pregnant").exists()
    assert reads("duties.question") == []


def test_an_undecided_bar_takes_its_answer_there(case: Case, at_desk: SignIn) -> None:
    client = at_desk("officer")
    page = client.get(f"/cases/{case.reference}/")
    assert "It cannot be told yet whether this is allowed, so it waits." in words(page)
    path = f"/cases/{case.reference}/questions/honour_based_abuse/"
    assert path in page.content.decode()
    said = words(client.post(path, {"answer": "yes"}, follow=True))
    bar = said.split("Contact the family")[1]
    assert bar.startswith(" Where abuse in the name of honour"), "it is no longer undecided"


def test_only_what_a_bar_waits_for_is_taken_there(case: Case, at_desk: SignIn) -> None:
    path = f"/cases/{case.reference}/questions/weapon_used/"
    assert at_desk("officer").post(path, {"answer": "yes"}).status_code == 404
    assert not ObservedFact.objects.filter(name="weapon_used").exists()
    assert Bar.objects.filter(lifted_on__isnull=True).exists()


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ({"answer": "number", "least": "3"}, 3),
        ({"answer": "between", "least": "3", "most": "7"}, {"min": 3, "max": 7}),
        ({"answer": "between", "least": "3"}, {"min": 3}),
        ({"answer": "between", "most": "7"}, {"max": 7}),
        ({"answer": "not-known"}, None),
        ({"answer": "not-safe-to-ask"}, None),
    ],
)
def test_numbers_may_be_ranges(typed: dict[str, str], value: object) -> None:
    form = AnswerForm(typed, fact=library().vocabulary["police_callouts_12m"])
    assert form.is_valid(), form.errors
    assert form.value() == value


@pytest.mark.parametrize(
    "typed",
    [
        {"answer": "number"},
        {"answer": "between"},
        {"answer": "between", "least": "7", "most": "3"},
        {"answer": "number", "least": "many"},
        {"answer": "number", "least": "10001"},
        {"answer": "number", "least": "-1"},
        {"answer": "perhaps"},
    ],
)
def test_numbers_that_cannot_be_are_refused(typed: dict[str, str]) -> None:
    assert not AnswerForm(typed, fact=library().vocabulary["police_callouts_12m"]).is_valid()


def test_words_are_offered_as_people_say_them() -> None:
    form = AnswerForm({"answer": "ex-partner"}, fact=library().vocabulary["relationship"])
    assert ("ex-partner", "Ex partner") in form.fields["answer"].choices  # type: ignore[attr-defined]
    assert form.is_valid()
    assert form.value() == "ex-partner"


def test_a_role_without_the_permission_is_refused(case: Case, at_desk: SignIn, there: Partnership) -> None:
    refused = at_desk("auditor").get(f"/cases/{case.reference}/questions/")
    assert refused.status_code == 403
    assert "may not answer open questions" in words(refused)


def test_a_judgement_is_no_question_and_stands_by_itself(case: Case, at_desk: SignIn) -> None:
    facts = library().vocabulary
    open_ = [q.fact for q in Question.objects.filter(case=case, state="open")]
    mine = [name for name in open_ if facts[name].kind == "judgement" and "police-officer" in facts[name].who]
    assert mine
    first = words(at_desk("officer").get(f"/cases/{case.reference}/questions/"))
    assert not [name for name in mine if facts[name].question in first]
    assert f"{len(mine)} you can judge" in first
    everything = words(at_desk("officer").get(f"/cases/{case.reference}/questions/?all=yes"))
    asked, judged = everything.split("Judgements you can make")
    assert all(facts[name].question in judged for name in mine)
    assert not [name for name in mine if facts[name].question in asked]


def test_a_question_about_somebody_unnamed_says_so(case: Case, at_desk: SignIn) -> None:
    question = asked("victim_pregnant")
    with writing():
        Person.objects.update(given_name="", family_name="")
        question.about = case.members.get(role="child").person
        question.save(update_fields=["about"])
    officer = at_desk("officer")
    assert "About somebody not named yet" in words(officer.get(f"/questions/{question.pk}/"))
    assert f"{case.reference} · Coventry · victim not named yet, child 11 months" in words(officer.get("/"))
    assert "Victim not named yet" in officer.get(f"/cases/{case.reference}/").content.decode()


def test_three_are_asked_on_the_case_and_the_rest_is_folded_under_its_number(case: Case, at_desk: SignIn) -> None:
    facts = library().vocabulary
    mine = [
        facts[q.fact].question
        for q in Question.objects.filter(case=case, state="open")
        if "police-officer" in facts[q.fact].who and facts[q.fact].kind != "judgement"
    ]
    assert len(mine) > 5
    page = words(at_desk("officer").get(f"/cases/{case.reference}/")).split("Ask next")[1].split("Thresholds")[0]
    shown, folded = page.split(f"{len(mine) - 3} more you can answer")
    assert shown.count("Why it matters") == 3
    assert all(text in shown + folded for text in mine)


def test_a_bar_that_cannot_be_told_stands_open_only_where_its_act_is_near(case: Case, at_desk: SignIn) -> None:
    waiting = set(Bar.objects.filter(case=case, outcome="cannot-decide").values_list("act", flat=True))
    assert {"invite_victim_to_marac", "disclose_history"} <= waiting
    page = words(at_desk("officer").get(f"/cases/{case.reference}/")).split("What must not be done")[1]
    standing, folded = page.split("acts are not near now, and cannot be told yet")
    assert "Contact the family" in standing, "a referral is owed: somebody may be about to"
    assert "Invite the victim to the MARAC" not in standing
    assert "Invite the victim to the MARAC" in folded
    assert "Disclose a history of abuse" in folded


def test_the_stored_weight_is_that_of_the_ranking(case: Case, there: Partnership) -> None:
    open_ = asking(case, Viewer(there.users["officer"], NOW))
    assert open_ is not None
    held = {(q.fact, str(q.about_id or "")): q for q in Question.objects.filter(case=case, state="open")}
    assert held.keys() == open_.ranked.keys()
    for key, question in held.items():
        ranked = open_.ranked[key]
        assert question.weight == ranked["weight"]
        assert question.rules == sorted(part["rule"] for part in ranked["rules"])
    ordered = [(q.fact, str(q.about_id or "")) for q in Question.objects.filter(case=case, state="open")]
    assert [open_.ranked[key]["weight"] for key in ordered] == sorted((q.weight for q in held.values()), reverse=True)


def test_each_question_says_what_it_could_settle_as_yes_as_no_and_for_certain(case: Case, at_desk: SignIn) -> None:
    page = words(at_desk("officer").get(f"/cases/{case.reference}/questions/?all=yes"))
    told = page.split("Does the victim need care and support")[1].split("Who could know it instead")[0]
    assert "Could settle it as yes: this answer alone" in told
    assert "Certain to settle it: this answer alone" in told
    assert "How the order is worked out" in page


def test_who_could_know_it_names_the_team_in_the_case_that_has_the_role(case: Case, there: Partnership) -> None:
    held = queries.who_holds(case, Viewer(there.users["officer"], NOW))
    assert [team.code for team in held["police-officer"]] == ["response"]
    assert "specialist-worker" not in held, "nobody of that service is in the case"
    question = asked("victim_pregnant")
    shown = block(question, Viewer(there.users["sergeant"], NOW), held=held)["who_else"]
    assert shown.startswith("police officer (West Midlands Police, Response team), social worker, ")


def test_the_smallest_set_that_closes_an_act_does_so_whatever_the_answers(case: Case, at_desk: SignIn) -> None:
    client, path = at_desk("officer"), f"/cases/{case.reference}/questions/?all=yes&about=decide_asc_response"
    told = words(client.get(path)).split("What closes a decision")[-1]
    assert "Answer these 2 questions, and nothing about “Decide the adult safeguarding response” stays open" in told
    assert "Does the victim need care and support" in told
    assert "Is that adult being abused or neglected" in told
    for fact, answer in (("adult_care_and_support_needs", "yes"), ("adult_experiencing_or_at_risk_of_abuse", "no")):
        question = asked(fact)
        client.post(f"/questions/{question.pk}/", reply(question, answer=answer))
    later = words(client.get(path)).split("What closes a decision")[-1]
    assert "Decide the adult safeguarding response" not in later


def test_an_act_nobody_knows_is_another_one(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get(f"/cases/{case.reference}/questions/?all=yes&about=nonsense")
    assert page.status_code == 200
    assert "What closes a decision" in words(page)


def test_a_duty_owed_for_one_child_is_still_asked_about_for_another(there: Partnership) -> None:
    case = invented.call(there, facts={**invented.CALL, "child_of_school_age": True, "force_in_encompass": True})
    first = case.members.get(role="child").person
    with writing():
        second = Person.objects.get(pk=first.pk)
        second.pk, second._state.adding = uuid4(), True
        second.save(force_insert=True)
        CaseMember.objects.create(case=case, person=second, role="child")
        ObservedFact.objects.create(
            case=case,
            name="child_experienced_incident",
            value=True,
            about=first,
            manner="answered",
            said_by="Police officer",
            stated_at=NOW,
            stated_by=there.users["officer"],
            agency=there.users["officer"].agency,
        )
    cases.changed(case=case, by=there.users["officer"], at=NOW)
    assert Duty.objects.filter(case=case, rule="wm-encompass-notify").exists()
    about = Question.objects.filter(case=case, fact="child_experienced_incident", state="open")
    assert list(about.values_list("about", flat=True)) == [second.pk]
