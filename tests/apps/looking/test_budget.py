"""T37: whoever opens record after record is slowed down, then stopped, and told why; a family of their own is never kept from them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit import chain
from alongside.audit.api import unit_of_work
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.looking import actions
from alongside.looking.models import Raised
from alongside.looking.rules import A_DAY, PAUSE, SLOW_FROM
from tests.apps import partnership as invented
from tests.apps.looking.looks import follow, looked, member, person_id, signed_in
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
MORNING = NOW.replace(hour=8, minute=0)


def opened(by: User, count: int, *, at: datetime = MORNING, what: str = "people.person") -> None:
    """So many different records were opened, one a second."""
    with unit_of_work():
        chain.append(
            chain.Pending(by.audit_chain, "read", what, by.audit_name, *person_id(), "{}", at + timedelta(seconds=n))
            for n in range(count)
        )


def tries(by: User, at: datetime, subject: object | None = None) -> bool:
    try:
        looked(by, subject or person_id(), what="people.person", at=at)
    except Refused:
        return False
    return True


def test_a_program_reading_five_hundred_records_is_stopped(there: Partnership) -> None:
    officer, at, got = there.users["officer"], MORNING, 0
    opened(officer, SLOW_FROM - 1, at=at - timedelta(minutes=9))
    times = []
    for _ in range(500):
        at += PAUSE / 4
        if tries(officer, at):
            got, _ = got + 1, times.append(at)
    assert SLOW_FROM - 1 + got == A_DAY
    assert all(later - earlier >= PAUSE for earlier, later in pairwise(times[1:])), "it was not slowed down"


def test_what_was_opened_stays_open_and_so_does_ones_own_family(there: Partnership, case: Case) -> None:
    officer, second, before = there.users["officer"], there.users["second"], person_id()
    looked(officer, before, what="people.person", at=MORNING)
    for user in (officer, second):
        opened(user, A_DAY)
    assert tries(officer, NOW, before)
    assert tries(officer, NOW, case), "the officer recorded it"
    assert tries(officer, NOW, case.members.get(role="victim").person)
    assert not tries(second, NOW, case)
    assert not tries(officer, NOW)


def test_lists_and_other_days_and_connected_systems_do_not_count(there: Partnership) -> None:
    officer = there.users["officer"]
    opened(officer, A_DAY, what="cases.list")
    opened(officer, A_DAY, at=MORNING - timedelta(days=1))
    assert tries(officer, NOW)
    system = member(there, "A System", "service", "west-midlands-police")
    opened(system, A_DAY)
    assert tries(system, NOW)


def test_a_new_day_begins_at_midnight_in_london(there: Partnership) -> None:
    officer = there.users["officer"]
    opened(officer, A_DAY, at=datetime.fromisoformat("2026-07-07T22:30:00+00:00"))  # half past eleven
    assert not tries(officer, datetime.fromisoformat("2026-07-07T22:59:00+00:00"))
    assert tries(officer, datetime.fromisoformat("2026-07-07T23:01:00+00:00"))


def test_the_page_says_why_and_whom_to_ring_and_it_is_on_record(there: Partnership, at_desk: SignIn) -> None:
    other = invented.call(there, at=NOW)
    sergeant = there.users["sergeant"]
    opened(sergeant, A_DAY)
    page = at_desk("sergeant").get(f"/cases/{other.reference}/")
    assert page.status_code == 403
    assert f"You have opened {A_DAY} different records today." in words(page)
    assert "ring your safeguarding lead now; in immediate danger, 999" in words(page)
    assert other.reference not in words(page)
    assert Event.objects.filter(name="refused", actor=sergeant.audit_name).count() == 1


def test_the_lead_sees_it_before_the_stop_and_lifts_it(there: Partnership, at_desk: SignIn) -> None:
    officer = there.users["officer"]
    lead = member(there, "Lee Lead", "safeguarding-lead", "west-midlands-police")
    opened(officer, SLOW_FROM)
    follow()
    row = Raised.objects.get(subject_kind="day")
    assert (row.looker, row.rules) == (officer, ["many"])
    assert "opened more different records in one day" in words(signed_in(lead).get("/looking/"))
    opened(officer, A_DAY, at=MORNING + timedelta(hours=1))
    follow()
    assert Raised.objects.filter(subject_kind="day").count() == 1
    assert not tries(officer, NOW)
    actions.answer(row=row, to="explained", why="A migration of old records.", by=lead, at=NOW)
    assert tries(officer, NOW)
    assert tries(officer, NOW + timedelta(seconds=1)), "lifted, it is not slowed down either"
    opened(officer, A_DAY, at=MORNING + timedelta(days=1))
    assert not tries(officer, NOW + timedelta(days=1)), "for that day alone"
