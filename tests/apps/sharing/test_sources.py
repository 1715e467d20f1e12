"""Where agencies keep their records: who may say it, what it changes, and what becomes of questions asked meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import TeamRole
from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.sharing.consults import actions as consults
from alongside.sharing.consults import agents
from alongside.sharing.consults.models import Consult, ConsultSource, SourceChange
from alongside.sharing.consults.sources import access, actions
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

SignIn = Callable[[str], Client]
LIST = "/consults/sources/"
CSC = "coventry-childrens-social-care"
OWN, OTHER = f"{LIST}{CSC}/", f"{LIST}haven/"


def told(there: Partnership, code: str = CSC) -> tuple[str, str | None] | None:
    row = ConsultSource.objects.filter(agency=there.agencies[code]).select_related("team").first()
    return (row.kept, row.team.code if row.team else None) if row else None


def form(there: Partnership, client: Client, kept: str, team: str = "", **more: str) -> dict[str, str]:
    """What the page would send."""
    seen = SourceChange.objects.filter(agency=there.agencies[CSC]).order_by("-declared_at").first()
    held = {"seen": str(seen.pk) if seen else "", "kept": kept, "reason": "Agreed at our board."}
    return held | ({"team": str(there.teams[team].pk)} if team else {"team": ""}) | more


def waits(case: Case, there: Partnership) -> Consult:
    """A question that waits for the answer of the agency's own system."""
    actions.declare_source(agency=there.agencies[CSC], kept="remote", by=SystemActor("operator"), at=NOW)
    consults.consult_again(case=case, by=there.users["officer"], at=NOW)
    return Consult.objects.get(agency__code=CSC)


def test_a_manager_says_it_of_their_own_agency_with_a_reason(there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("manager")
    listed = words(client.get(LIST))
    assert "Nobody has said Nothing asks it" in listed and "Haven" not in listed
    assert client.post(OWN, form(there, client, "here", reason="")).status_code == 422
    assert told(there) is None
    page = words(client.post(OWN, form(there, client, "here", "csc"), follow=True))
    assert "Kept, with your name" in page and "In Alongside: looked in at once" in page
    assert "Said by Ash Manager, Social care manager" in page
    assert told(there) == ("here", "csc")
    again = words(client.get(OWN))
    assert "What was said before" in again and "“Agreed at our board.”" in again
    event = Event.objects.filter(name="sharing.source_declared").latest("pk")
    assert event.actor == there.users["manager"].audit_name


def test_another_agency_s_records_are_not_there_and_other_roles_are_told_why(
    there: Partnership, at_desk: SignIn
) -> None:
    manager, officer = at_desk("manager"), at_desk("officer")
    nothing = manager.get(f"{LIST}no-such-agency/")
    assert manager.get(OTHER).status_code == nothing.status_code == 404
    assert words(manager.get(OTHER)) == words(nothing)
    assert manager.post(OTHER, {"kept": "here", "reason": "x"}).status_code == 404
    refused = officer.get(LIST)
    assert refused.status_code == 403
    assert "may not say where their agency keeps its records" in words(refused)
    assert told(there, "haven") is None


def test_the_office_says_it_of_any_agency_and_finds_the_page_in_its_header(there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("administrator")
    assert f'href="{LIST}"' in client.get("/unrouted/").content.decode()
    listed = words(client.get(LIST))
    assert "Haven" in listed and "Coventry Childrens Social Care" in listed
    assert client.post(OTHER, {"seen": "", "kept": "here", "team": "", "reason": "Told us."}).status_code == 302
    assert told(there, "haven") == ("here", None)
    assert f'href="{LIST}"' in at_desk("manager").get("/search/").content.decode()


def test_the_act_itself_asks_who_may(there: Partnership) -> None:
    for name in ("officer", "manager"):
        by = there.users[name]
        assert not access.may_declare(by, there.agencies["haven"])
        with pytest.raises(Refused, match=r"may not|Only Haven itself"):
            actions.declare_source(agency=there.agencies["haven"], kept="here", reason="x", by=by, at=NOW)
    assert access.may_declare(there.users["administrator"], there.agencies["haven"])
    with pytest.raises(Refused, match="Say in a sentence why"):
        actions.declare_source(agency=there.agencies[CSC], kept="here", by=there.users["manager"], at=NOW)
    assert not ConsultSource.objects.exists() and not SourceChange.objects.exists()


def test_what_somebody_else_said_meanwhile_is_not_overwritten(there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("manager")
    typed = form(there, client, "here")
    actions.declare_source(agency=there.agencies[CSC], kept="elsewhere", by=SystemActor("operator"), at=NOW)
    answer = client.post(OWN, typed)
    assert answer.status_code == 403 and "while you looked" in words(answer)
    assert told(there) == ("elsewhere", None)


def test_records_that_nothing_asks_have_somebody_to_ring(there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("manager")
    assert client.post(OWN, form(there, client, "elsewhere")).status_code == 302, "its desk for safeguarding is rung"
    TeamRole.objects.filter(team__agency=there.agencies[CSC]).delete()
    answer = client.post(OWN, form(there, client, "elsewhere"))
    assert answer.status_code == 422 and "Name the team to ring" in words(answer)
    assert client.post(OWN, form(there, client, "elsewhere", "haven-idva")).status_code == 422, "no team of theirs"


def test_it_is_taken_back_and_then_is_not_said(there: Partnership, at_desk: SignIn) -> None:
    client = at_desk("manager")
    assert client.get(f"{OWN}end/").status_code == 404, "nothing is said yet"
    client.post(OWN, form(there, client, "here", "csc"))
    asked = words(client.get(f"{OWN}end/"))
    assert "is no longer the team named for it" in asked and "no question waits for it now" in asked
    assert client.post(f"{OWN}end/", form(there, client, "", reason="")).status_code == 422
    page = words(client.post(f"{OWN}end/", form(there, client, ""), follow=True))
    assert "Taken back, with your name" in page and "Nobody has said" in page
    assert told(there) is None
    assert "Taken back: nothing asks it" in words(client.get(OWN))


def test_questions_that_wait_when_it_is_taken_back_stay_a_task(
    case: Case, there: Partnership, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, client = waits(case, there), at_desk("manager")
    assert "1 question waits for its system" in words(client.get(LIST))
    assert "1 question waits for its system. If you say" in words(client.get(OWN))
    client.post(f"{OWN}end/", form(there, client, ""))
    monkeypatch.setattr(agents, "ask", lambda *_, **__: pytest.fail("an agency that took it back was asked"))
    assert agents.ask_waiting(lambda: NOW + timedelta(seconds=1)) == 1
    row.refresh_from_db()
    assert (row.answer, row.why) == ("cannot-tell", "ended")
    panel = words(at_desk("officer").get(f"/cases/{case.reference}/see/sharing/"))
    assert "Its system is asked no more. Ring the team." in panel and "could not answer: ring the team" in panel


def test_with_no_agency_the_page_says_how_one_comes(
    there: Partnership, at_desk: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.sharing.consults.sources.queries.agencies_for", lambda _user: [])
    assert "No agency stands here yet. Agencies are set up by" in words(at_desk("administrator").get(LIST))
