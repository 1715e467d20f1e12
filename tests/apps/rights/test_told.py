"""Whether somebody is told that records are held: decided by somebody, never by itself, and never where it is not known to be safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.codes import AGENCY_KINDS
from alongside.agencies.regimes import GENERAL, LAW_ENFORCEMENT, regime_of
from alongside.cases.models import Case
from alongside.outbox.models import Message
from alongside.people.models import Person
from alongside.rights import actions
from alongside.rights.exemptions import EXEMPTIONS
from alongside.rights.models import Told
from alongside.rights.notices import OF_PART, notice_for, notices
from tests.apps.partnership import NOW, Partnership, call
from tests.apps.reading import page, words

SignIn = Callable[[str], Client]
DAY = NOW.date() + timedelta(days=30)


def of(case: Case, role: str) -> Person:
    return Person.objects.get(memberships__case=case, memberships__role=role)


def typed(**more: str) -> dict[str, str]:
    later = {"again_on_0": str(DAY.day), "again_on_1": str(DAY.month), "again_on_2": str(DAY.year)}
    return {"is_safe": "no", "exemption": "harm", "reason": "She is still in the house."} | later | more


def test_not_yet_is_a_decision_with_a_ground_and_a_day(case: Case, at_desk: SignIn) -> None:
    dean = of(case, "person-causing-harm")
    officer = at_desk("officer")
    address = f"/cases/{case.reference}/told/{dean.pk}/"
    assert "the person harmed knows, and is safe on that day" in words(officer.get(address))
    shown = words(officer.post(address, typed(), follow=True))
    assert "not told yet, because telling them would put somebody in danger" in shown
    assert "still in the house" not in shown
    row = Told.objects.get()
    assert (row.notice, row.outcome, row.again_on) == ("causing-harm", "not-yet", DAY)
    assert not Message.objects.exists(), "nothing is sent from here"


@pytest.mark.parametrize("is_safe", ["no", "not-known", "not-safe-to-ask", ""])
def test_what_is_not_known_to_be_safe_is_not_given(
    case: Case, there: Partnership, is_safe: str, at_desk: SignIn
) -> None:
    dean = of(case, "person-causing-harm")
    with pytest.raises(Refused, match="do not give it"):
        actions.give_notice(case=case, person=dean, is_safe=is_safe, reason="x", by=there.users["officer"], at=NOW)
    bare = {"is_safe": is_safe, "reason": "He asked."}
    answer = at_desk("officer").post(f"/cases/{case.reference}/told/{dean.pk}/", bare)
    assert answer.status_code == 422 and "Choose why they are not told yet." in words(answer)
    assert not Told.objects.exists()


def test_given_says_so_and_the_later_decision_stands(case: Case, there: Partnership, at_desk: SignIn) -> None:
    amina, by = of(case, "victim"), there.users["officer"]
    officer = at_desk("officer")
    address = f"/cases/{case.reference}/told/{amina.pk}/"
    earlier = NOW - timedelta(hours=1)
    actions.do_not_tell_yet(case=case, person=amina, exemption="harm", reason="x", again_on=DAY, by=by, at=earlier)
    shown = words(officer.post(address, {"is_safe": "yes", "reason": "Read to her; no paper."}, follow=True))
    assert "was given their privacy notice" in shown and "not told yet" not in shown
    assert Told.objects.count() == 2


@pytest.mark.parametrize("days", [0, -1, 91])
def test_the_day_to_look_again_is_near(case: Case, there: Partnership, days: int) -> None:
    with pytest.raises(Refused, match="within 90 days"):
        actions.do_not_tell_yet(
            case=case,
            person=of(case, "victim"),
            exemption="harm",
            reason="x",
            again_on=NOW.date() + timedelta(days=days),
            by=there.users["officer"],
            at=NOW,
        )


def test_a_stranger_or_a_foreign_case_answers_as_what_is_not_there(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    other = call(there)
    address = f"/cases/{case.reference}/told/{of(other, 'victim').pk}/"
    assert at_desk("officer").get(address).status_code == 404
    own = f"/cases/{case.reference}/told/{of(case, 'victim').pk}/"
    client = at_desk("manager")
    assert page(client.get(own)) == page(client.get(f"/cases/AL-9999-99/told/{case.pk}/"))
    with pytest.raises(Refused, match="not in the case"):
        actions.give_notice(
            case=case, person=of(other, "victim"), is_safe="yes", reason="x", by=there.users["officer"], at=NOW
        )
    with pytest.raises(Refused):
        actions.give_notice(
            case=case, person=of(case, "victim"), is_safe="yes", reason="x", by=there.users["auditor"], at=NOW
        )


@pytest.mark.parametrize(
    ("part", "born", "code"),
    [
        ("victim", "1996-05-04", "survivor"),
        ("victim", "2010-05-04", "child"),
        ("person-causing-harm", "2010", "child"),
        ("person-causing-harm", "1991-02", "causing-harm"),
        ("person-causing-harm", "", "causing-harm"),
        ("child", "", "child"),
        ("other", "not a date", "survivor"),
    ],
)
def test_whose_notice_it_is(part: str, born: str, code: str) -> None:
    assert notice_for(part, born, NOW) == code


def test_every_notice_is_whole_and_to_be_looked_at_again(at_desk: SignIn) -> None:
    assert set(notices()) == {"survivor", "child", "causing-harm", "staff"} >= set(OF_PART.values())
    client = at_desk("auditor")
    listed = words(client.get("/privacy-notices/"))
    for one in notices().values():
        assert one.review_on.year >= 2027 and one.parts and one.give and one.title in listed
        shown = words(client.get(f"/privacy-notices/{one.code}/"))
        assert all(line in shown for part in one.parts for line in part.text) and "To be confirmed" in shown
    assert client.get("/privacy-notices/nobody/").status_code == 404


def test_a_childs_notice_is_in_short_sentences() -> None:
    lines = [line for part in notices()["child"].parts for line in part.text]
    sentences = [one for line in lines for one in line.replace("?", ".").split(".") if one.strip()]
    assert max(len(one.split()) for one in sentences) <= 16


def test_no_notice_names_the_service_or_calls_anybody_guilty() -> None:
    told = " ".join(line for one in notices().values() for part in one.parts for line in part.text).lower()
    assert not any(word in told for word in ("alongside", "perpetrator", "offender", "failed to"))


def test_the_law_follows_from_the_agency(case: Case, at_desk: SignIn) -> None:
    assert {kind for kind in AGENCY_KINDS if regime_of(kind) is LAW_ENFORCEMENT} == {"police", "probation"}
    assert regime_of("schools") is GENERAL
    shown = words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/"))
    assert "as police processing for law enforcement" in shown and "part 3" in shown


def test_every_ground_names_its_law_as_unconfirmed() -> None:
    assert all("onfirmed" in one.hint and one.law for one in EXEMPTIONS.values())
