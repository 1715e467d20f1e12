"""Duties that reached nobody: the administrator sees the gap, nothing of the case, and closes it."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from alongside.agencies.models import RoutingDecision, TeamRole
from alongside.duties.actions import Routed
from alongside.duties.models import Duty
from alongside.duties.pages import unrouted as pages
from tests.apps import partnership as invented
from tests.apps.partnership import Partnership
from tests.apps.reading import words

SignIn = Callable[[str], Client]
FACTS = invented.CALL | {"family_fails_to_engage": True, "reasonable_cause_child_may_be_at_risk_sh": True}


def test_a_duty_without_a_team_is_shown_at_once_without_the_case(there: Partnership, at_desk: SignIn) -> None:
    case = invented.call(there, facts=FACTS, area=there.other_area)
    page = at_desk("administrator").get("/unrouted/")
    said = words(page)
    assert "Walsall: nobody decides on reports about children" in said
    assert "Decide the response" in said
    assert "Since Monday 2 March, 10:20pm" in said
    shown = page.content.decode()
    assert [x for x in (case.reference, str(case.pk), "A.H.", "Amina", "9:30pm") if x in shown] == []


def test_choosing_a_team_moves_the_duties_and_keeps_the_reason(there: Partnership, at_desk: SignIn) -> None:
    invented.call(there, facts=FACTS, area=there.other_area)
    waiting = Duty.objects.filter(owner_team__isnull=True, state="open")
    assert waiting.exists()
    client = at_desk("administrator")
    team = there.teams["csc"]
    form = {"team": str(team.pk), "reason": "Coventry covers Walsall this month."}
    page = client.post("/unrouted/csc-duty-walsall/", form, follow=True)
    said = words(page)
    assert "Csc team has the role from now on." in said
    assert Duty.objects.get(meant_for=team, state="open").owner_team != team
    assert "1 duty is still with the team that holds the case, until it sends it to them." in said
    assert "with them." not in said, "nothing of the case has been sent to them"
    assert TeamRole.objects.filter(role="csc-duty", area=there.other_area, team=team).exists()
    assert RoutingDecision.objects.get().reason == "Coventry covers Walsall this month."
    assert not waiting.filter(act="decide_csc_response").exists()
    assert "Every duty has reached a team." in words(client.get("/unrouted/"))


def test_what_came_of_a_choice_is_said_of_each_kind() -> None:
    assert pages.moved("Desk", Routed(2, 0)) == "Desk has the role from now on. 2 duties are with them."
    assert pages.moved("Desk", Routed(0, 0)) == "Desk has the role from now on."


def test_the_first_page_of_who_routes_them_says_so(there: Partnership, at_desk: SignIn) -> None:
    assert "reached nobody" not in words(at_desk("administrator").get("/"))
    invented.call(there, facts=FACTS, area=there.other_area)
    page = at_desk("administrator").get("/")
    assert "1 duty reached nobody In Walsall." in words(page)
    assert 'href="/unrouted/" role="button"' in page.content.decode()


def test_a_team_and_a_reason_are_needed(there: Partnership, at_desk: SignIn) -> None:
    invented.call(there, facts=FACTS, area=there.other_area)
    bare = at_desk("administrator").post("/unrouted/csc-duty-walsall/", {"team": "", "reason": ""})
    assert bare.status_code == 422
    assert "Choose a team." in words(bare)
    assert not RoutingDecision.objects.exists()


def test_only_the_administrator_sees_it(there: Partnership, at_desk: SignIn) -> None:
    invented.call(there, facts=FACTS, area=there.other_area)
    for name in ("officer", "manager", "auditor"):
        assert at_desk(name).get("/unrouted/").status_code == 403
        assert at_desk(name).post("/unrouted/csc-duty-walsall/", {}).status_code == 403


def test_a_gap_that_is_none_does_not_exist(there: Partnership, at_desk: SignIn) -> None:
    assert at_desk("administrator").get("/unrouted/csc-duty-coventry/").status_code == 404
    assert "Every duty has reached a team." in words(at_desk("administrator").get("/unrouted/"))
