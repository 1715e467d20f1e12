"""The checklist: six answers kept apart, the result as a range, nothing written over."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.cases.models import Case
from alongside.duties.models import Evaluation
from alongside.risk.actions import Filled, assess, judge
from alongside.risk.instruments import ANSWERS, instruments
from alongside.risk.models import Answer, Assessment, Judgement
from alongside.risk.pages import choices, open_words, verdict
from alongside.risk.queries import Threshold
from alongside.risk.results import count
from tests.apps.browsing import form_on
from tests.apps.partnership import NOW, Partnership

pytestmark = pytest.mark.django_db
Desk = Callable[[str], Client]
DASH = instruments()["dash"]


def checklist(case: Case) -> str:
    return reverse("risk:checklist", args=[case.reference])


def known_count(case: Case) -> object:
    facts = Evaluation.objects.filter(case=case).order_by("-evaluated_at", "-version").first().facts  # type: ignore[union-attr]
    return next((row["value"] for row in facts if row["name"] == "dash_yes_count"), "not said")


def test_six_answers_are_kept_apart(case: Case, at_desk: Desk) -> None:
    said = dict(zip(DASH.keys, [*ANSWERS] * 4, strict=True))
    answer = at_desk("officer").post(
        checklist(case), {f"a_{key}": value for key, value in said.items()} | {"id": str(uuid4())}
    )
    assert answer.status_code == 302
    assert dict(Answer.objects.values_list("topic", "answer")) == said
    assert known_count(case) == {"min": 4, "max": 20}


def test_source_and_note_go_with_their_topic_alone(case: Case, at_desk: Desk) -> None:
    typed = {
        "a_injury": "yes",
        "s_injury": "child",
        "n_injury": "bruise seen",
        "n_money": "no answer here",
        "id": str(uuid4()),
    }
    at_desk("officer").post(checklist(case), typed)
    row = Answer.objects.get()
    assert (row.topic, row.source, row.note) == ("injury", "child", "bruise seen")


def test_a_block_is_not_asked_in_one_press_and_nothing_is_saved(case: Case, at_desk: Desk) -> None:
    client = at_desk("officer")
    typed = {"a_injury": "yes", "n_injury": "typed and kept", "not_asked": "injury", "id": str(uuid4())}
    shown = form_on(client.post(checklist(case), typed).content.decode(), "n_injury")
    assert shown["a_injury"] == ["yes"] and shown["n_injury"] == ["typed and kept"]
    assert [shown[f"a_{topic.key}"] for topic in DASH.blocks[0].topics[1:]] == [["not-asked"]] * 4
    assert "a_money" not in shown and not Assessment.objects.exists()


def test_sending_a_page_twice_keeps_one(case: Case, at_desk: Desk) -> None:
    client, typed = at_desk("officer"), {"a_injury": "yes", "id": str(uuid4())}
    for _ in range(2):
        assert client.post(checklist(case), typed).status_code == 302
    assert Assessment.objects.count() == 1


def test_a_later_one_is_a_new_record_and_says_so(case: Case, at_desk: Desk) -> None:
    client = at_desk("officer")
    client.post(checklist(case), {"a_injury": "yes", "a_money": "not-known", "id": str(uuid4())})
    shown = client.get(checklist(case)).content.decode()
    assert "one earlier assessment" in shown and "nothing is written over" in shown
    assert "Said before: Yes, West Midlands Police" in shown.replace("west-midlands-police", "West Midlands Police")
    client.post(checklist(case), {"a_money": "yes", "id": str(uuid4())})
    assert Assessment.objects.count() == 2 and known_count(case) == {"min": 2, "max": 24}


def test_an_empty_page_is_not_an_assessment(case: Case, at_desk: Desk) -> None:
    answer = at_desk("officer").post(checklist(case), {"id": str(uuid4()), "reason": "typed already"})
    assert answer.status_code == 422 and "typed already" in answer.content.decode()
    assert not Assessment.objects.exists()


def test_the_forces_own_grade_is_taken_over(case: Case, at_desk: Desk) -> None:
    typed = {"a_injury": "yes", "grade": "medium", "completed_by": "attending officer", "id": str(uuid4())}
    at_desk("officer").post(checklist(case), typed)
    row = Assessment.objects.get()
    assert (row.grade, row.completed_by_words) == ("medium", "attending officer")


def test_a_graded_form_asks_for_its_reason(case: Case, at_desk: Desk) -> None:
    client, address = at_desk("officer"), reverse("risk:instrument", args=[case.reference, "graded"])
    assert client.post(address, {"grade": "high", "id": str(uuid4())}).status_code == 422
    assert (
        client.post(address, {"grade": "high", "reason": "another force's tool", "id": str(uuid4())}).status_code == 302
    )


def test_an_unknown_form_does_not_exist(case: Case, at_desk: Desk) -> None:
    assert at_desk("officer").get(reverse("risk:instrument", args=[case.reference, "tarot"])).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("administrator", 403), ("manager", 404), ("idva", 404)])
def test_who_may_not_or_holds_nothing_of_it(case: Case, at_desk: Desk, who: str, status: int) -> None:
    assert at_desk(who).get(checklist(case)).status_code == status


def test_not_safe_to_ask_stands_first_where_asking_may_endanger() -> None:
    assert choices(sensitive=True)[0]["value"] == "not-safe-to-ask"
    assert choices(sensitive=False)[0]["value"] == "yes"
    assert {one["value"] for one in choices(True)} == set(ANSWERS)


@pytest.mark.parametrize(
    ("yes", "no", "says"),
    [
        (14, 0, "Meets the local number"),
        (9, 7, "14 cannot be ruled out"),
        (3, 20, "Does not meet the local number of 14 today"),
    ],
)
def test_the_verdict_in_words(yes: int, no: int, says: str) -> None:
    answers = {key: ["yes"] for key in DASH.keys[:yes]} | {key: ["no"] for key in DASH.keys[yes : yes + no]}
    result = count(DASH, answers)
    assert verdict(result, Threshold(14)).startswith(says)
    words = verdict(result, Threshold(14)) + open_words(result, answers)
    assert "low risk" not in words.lower() and "no risk" not in words.lower()


def test_open_topics_are_told_by_what_became_of_them() -> None:
    answers = {"injury": ["yes"], "money": ["not-known"], "isolated": ["refused"], "stalking": ["yes", "no"]}
    said = open_words(count(DASH, answers), answers)
    assert said == "23 topics open (20 not asked, 1 not known, 1 the victim did not want to say, 1 disputed)"


def test_two_agencies_that_differ_are_both_shown(case: Case, there: Partnership, at_desk: Desk) -> None:
    for who, answer in (("officer", "yes"), ("idva", "no")):
        assess(case=case, filled=Filled("dash", {"stalking": answer}), id=uuid4(), by=there.users[who], at=NOW)
    shown = at_desk("officer").get(reverse("cases:tab", args=[case.reference, "risk"])).content.decode()
    assert "Disputed: two sources differ" in shown and "Followed, watched" in shown


def test_a_judgement_raises_and_stands_on_the_case(case: Case, at_desk: Desk) -> None:
    client, address = at_desk("officer"), reverse("risk:judge", args=[case.reference])
    assert client.post(address, {"what": "high-risk", "reason": ""}).status_code == 422
    assert client.post(address, {"what": "high-risk", "reason": "He has found the new address."}).status_code == 302
    assert Judgement.objects.get().what == "high-risk"
    shown = client.get(reverse("cases:tab", args=[case.reference, "risk"])).content.decode()
    assert "He has found the new address." in shown and "Assessed at high risk" in shown


def test_nothing_lowers(case: Case, there: Partnership) -> None:
    officer = there.users["officer"]
    judge(case=case, what="serious-concern", reason="seen", by=officer, at=NOW)
    assess(
        case=case,
        filled=Filled("dash", {key: "no" for key in DASH.keys}, serious_concern=False),
        id=uuid4(),
        by=officer,
        at=NOW,
    )
    facts = Evaluation.objects.filter(case=case).order_by("-evaluated_at", "-version").first().facts  # type: ignore[union-attr]
    assert next(row["value"] for row in facts if row["name"] == "professional_serious_concern") is True


def test_a_topic_that_is_exactly_a_fact_is_told_of_the_case(case: Case, at_desk: Desk) -> None:
    said = {"a_stalking": "yes", "a_frightened": "no", "a_controls_everything": "not-known", "id": str(uuid4())}
    at_desk("officer").post(checklist(case), said)
    evaluation = Evaluation.objects.filter(case=case).order_by("-evaluated_at", "-version").first()
    told = {row["name"]: row["value"] for row in evaluation.facts}  # type: ignore[union-attr]
    assert (told.get("victim_stalked"), told.get("victim_very_frightened")) == (True, False)
    assert told.get("everyday_life_controlled") is None
