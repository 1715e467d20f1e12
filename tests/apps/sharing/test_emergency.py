"""Opening a case in an emergency: for an hour, told at once, looked at by somebody else; never what one is kept apart from."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.agencies.access import Refused
from alongside.audit.api import SystemActor
from alongside.cases.models import Case
from alongside.gate.viewing import NotVisible, Viewer
from alongside.outbox.models import Message, Timer
from alongside.sharing.conflicts.actions import close_case
from alongside.sharing.emergency import actions, queries
from alongside.sharing.emergency.models import EmergencyOpening
from tests.apps.partnership import NOW, PASSWORD, Partnership
from tests.apps.passkey import proven
from tests.apps.reading import page, words
from tests.apps.sharing.leads import add_leads

SignIn = Callable[[str], Client]
WHY = "She rang from the street and he is outside her door."
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture
def leads(there: Partnership) -> Partnership:
    add_leads(there)
    return there


def sees(there: Partnership, name: str, case: Case, at: timedelta = timedelta()) -> bool:
    return Case.objects.visible_to(Viewer(there.users[name], NOW + at)).filter(pk=case.pk).exists()


def banner(response: HttpResponse) -> str:
    """What a page says of what is open in an emergency."""
    found = re.search(r'aria-label="Open in an emergency">(.*?)</form>', page(response), re.DOTALL)
    return found[1] if found else ""


def opened(there: Partnership, case: Case, name: str = "idva") -> EmergencyOpening:
    return actions.open_in_emergency(case=case, reason=WHY, by=there.users[name], at=NOW)


@pytest.fixture
def closed(leads: Partnership, case: Case) -> Case:
    """A case that the worker of the specialist service has no ground to see."""
    assert not sees(leads, "idva", case)
    return case


def test_it_is_open_for_an_hour_to_the_second(leads: Partnership, closed: Case) -> None:
    opened(leads, closed)
    assert sees(leads, "idva", closed)
    assert sees(leads, "idva", closed, HOUR - SECOND)
    assert not sees(leads, "idva", closed, HOUR)
    assert not sees(leads, "lead-haven", closed)  # it is one person's, not the agency's


def test_leads_of_both_agencies_are_told_at_once(leads: Partnership, closed: Case) -> None:
    opened(leads, closed)
    told = set(Message.objects.filter(key__startswith="emergency:").values_list("recipient", flat=True))
    assert told == {f"user:{leads.users[name].pk}" for name in ("lead", "lead-haven")}


def test_every_page_says_so_until_it_is_closed(leads: Partnership, closed: Case, at_desk: SignIn) -> None:
    client = proven(at_desk("idva"), NOW)
    assert client.get(f"/cases/{closed.reference}/").status_code == 404
    assert client.post("/emergency/", {"reference": closed.reference, "reason": "short"}).status_code == 422
    answer = client.post("/emergency/", {"reference": closed.reference.lower(), "reason": WHY}, follow=True)
    assert answer.status_code == 200 and closed.reference in banner(answer)
    assert closed.reference in banner(client.get("/people-close-to-you/"))
    row = EmergencyOpening.objects.get()
    assert at_desk("officer").post(f"/emergency/openings/{row.pk}/end/").status_code == 404
    assert sees(leads, "idva", closed)
    client.post(f"/emergency/openings/{row.pk}/end/")
    assert client.get(f"/cases/{closed.reference}/").status_code == 404
    assert banner(client.get("/people-close-to-you/")) == ""


def test_a_second_press_makes_no_second_opening(leads: Partnership, closed: Case) -> None:
    assert opened(leads, closed) == opened(leads, closed)
    assert EmergencyOpening.objects.count() == 1


def test_another_emergency_opens_it_anew(leads: Partnership, closed: Case) -> None:
    """A ground that ended by itself was never closed by anybody, and must not pass for an open one."""
    first = opened(leads, closed)
    again = actions.open_in_emergency(case=closed, reason=WHY, by=leads.users["idva"], at=NOW + 2 * HOUR)
    assert again != first and again.ground != first.ground
    assert sees(leads, "idva", closed, 2 * HOUR) and not sees(leads, "idva", closed, 3 * HOUR)


def test_what_is_open_anyway_is_just_opened(leads: Partnership, closed: Case, at_desk: SignIn) -> None:
    answer = proven(at_desk("officer"), NOW).post("/emergency/", {"reference": closed.reference, "reason": WHY})
    assert answer.status_code == 302 and not EmergencyOpening.objects.exists()


def test_kept_apart_and_not_there_answer_alike(leads: Partnership, closed: Case, at_desk: SignIn) -> None:
    close_case(user=leads.users["idva"], case=closed, how="told", by=leads.users["lead"], at=NOW)
    client = proven(at_desk("idva"), NOW)
    hidden = client.post("/emergency/", {"reference": closed.reference, "reason": WHY})
    absent = client.post("/emergency/", {"reference": "AL-9999-99", "reason": WHY})
    assert hidden.status_code == absent.status_code == 404
    assert page(hidden) == page(absent)
    assert not EmergencyOpening.objects.exists()
    with pytest.raises(NotVisible):
        queries.closed_case(Viewer(leads.users["idva"], NOW), closed.reference)


def test_who_is_kept_apart_later_sees_nothing_more(leads: Partnership, closed: Case) -> None:
    opened(leads, closed)
    close_case(user=leads.users["idva"], case=closed, how="told", by=leads.users["lead"], at=NOW)
    assert not sees(leads, "idva", closed)


def test_somebody_else_looks_at_it(leads: Partnership, closed: Case, at_desk: SignIn) -> None:
    row = opened(leads, closed)
    lead = at_desk("lead-haven")
    assert closed.reference in words(lead.get("/emergency/openings/"))
    address = f"/emergency/openings/{row.pk}/"
    assert WHY in words(lead.get(address))
    assert lead.post(address, {"verdict": "not-needed"}).status_code == 422
    assert "Kept, with your name" in words(lead.post(address, {"verdict": "right"}, follow=True))
    with pytest.raises(Refused, match="looked at this already"):
        actions.review(opening=row, verdict="right", note="", by=leads.users["lead"], at=NOW)
    assert at_desk("lead-csc").get(address).status_code == 404
    assert at_desk("idva").get("/emergency/openings/").status_code == 403


def test_nobody_looks_at_their_own(leads: Partnership, closed: Case) -> None:
    row = opened(leads, closed, "lead-haven")
    with pytest.raises(Refused, match="yourself"):
        actions.review(opening=row, verdict="right", note="", by=leads.users["lead-haven"], at=NOW)
    assert not queries.to_review(Viewer(leads.users["lead-haven"], NOW))


def test_what_has_to_be_looked_into_is_closed_at_once(leads: Partnership, closed: Case) -> None:
    row = opened(leads, closed)
    actions.review(opening=row, verdict="passed-on", note="He is her cousin.", by=leads.users["lead"], at=NOW)
    assert not sees(leads, "idva", closed)


def test_after_a_day_they_are_told_again_unless_somebody_looked(leads: Partnership, closed: Case) -> None:
    row = opened(leads, closed)
    timer = Timer.objects.get(kind=actions.TIMER)
    assert timer.due_on == NOW + timedelta(hours=24)
    by, late = SystemActor("worker"), NOW + timedelta(hours=24)
    actions.ask_again(str(row.pk), by=by, at=late)
    assert Message.objects.filter(key__startswith="emergency-late:").count() == 3
    actions.review(opening=row, verdict="right", note="", by=leads.users["lead"], at=late)
    actions.ask_again(str(row.pk), by=by, at=late)
    assert Message.objects.filter(key__startswith="emergency-late:").count() == 3


def test_who_may_not_is_told_so(leads: Partnership, closed: Case) -> None:
    with pytest.raises(Refused, match="may not open a case in an emergency"):
        opened(leads, closed, "auditor")


def test_an_unattended_desk_opens_nothing(leads: Partnership, closed: Case, at_desk: SignIn) -> None:
    """Whoever sits down at it is asked who they are first, and what was typed goes on with the answer."""
    client = at_desk("idva")
    form = {"reference": closed.reference, "reason": WHY}
    asked = client.post("/emergency/", form)
    assert asked.status_code == 403
    assert "Confirm that it is you" in words(asked)
    assert not EmergencyOpening.objects.exists()
    assert client.post("/emergency/", form | {"step-up-password": PASSWORD}).status_code == 302
    assert EmergencyOpening.objects.count() == 1
