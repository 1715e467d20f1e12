"""A page takes as many statements for a large case, or a long list, as for a small one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.agencies.models import User
from alongside.demo import calls
from alongside.demo.loading import load_people
from alongside.demo.partnership import Partnership
from alongside.demo.schools import plan_meetings, register_schools
from alongside.intake.actions import receive
from tests.apps import growing
from tests.apps.growing import World

NOW = datetime(2026, 3, 5, 19, 50, tzinfo=UTC)
# What must be among the pages measured: the list.
WANTED = {
    "police-officer": [
        "/",
        "/waiting/",
        "/cases/",
        "/cases/REF/",
        "/cases/REF/see/family/",
        "/people/ID/who/",
        "/tasks/ID/",
    ],
    "social-care-manager": ["/", "/reports/children/"],
    "school-key-adult": ["/notices/"],
    "marac-coordinator": ["/marac/"],
    "partnership-administrator": ["/unrouted/", "/schools/"],
    "policy-lead": ["/procedures/", "/procedures/areas/coventry/"],
}
FEW, MORE = 2, 4
Counts = dict[str, dict[str, int]]


@pytest.fixture
def world(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> World:
    register_schools(partnership, at=NOW)
    plan_meetings(partnership, at=NOW)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW.replace(hour=22))
    return growing.begin(partnership, NOW)


def statements(world: World, user: User, addresses: Iterable[str]) -> dict[str, int]:
    """How many each page takes that was opened before, so that what is kept between requests is there."""
    client, found = world.client(user), {}
    for address in addresses:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200, address
        found[address] = len(seen)
    return found


@pytest.mark.slow
def test_no_page_takes_more_statements_as_cases_grow(world: World) -> None:
    growing.grow(world, FEW)
    users = {role: world.made.user(role) for role in WANTED}
    pages = {role: list(growing.opened(world, user)) for role, user in users.items()}
    few = {role: statements(world, user, pages[role]) for role, user in users.items()}
    rows = growing.gated()
    growing.grow(world, MORE)
    assert growing.gated() > 2 * rows
    many = {role: statements(world, user, pages[role]) for role, user in users.items()}
    assert _grown(few, many) == []
    for role, wanted in WANTED.items():
        assert set(wanted) - {_plain(address, world) for address in pages[role]} == set(), role


def _grown(few: Counts, many: Counts) -> list[str]:
    return [
        f"{role} {address}: {few[role][address]} to {count}"
        for role, counts in many.items()
        for address, count in counts.items()
        if count > few[role][address]
    ]


def _plain(address: str, world: World) -> str:
    parts = ["ID" if len(part) == 36 else part for part in address.replace(world.family.reference, "REF").split("/")]
    return "/".join(parts)


MOST_FOR_A_NOTIFICATION = 74


def test_a_notification_takes_as_many_statements_however_many_are_known(world: World) -> None:
    """Every statement is a journey to the database: what one notification needs is counted, not timed."""
    officer = world.made.user("police-officer")

    def told(number: int) -> int:
        content = {**calls.with_baby(NOW), "id": f"COUNTED-{number}"}
        with CaptureQueriesContext(connection) as seen:
            receive(content=content, by=officer, at=NOW)
        return len(seen)

    told(1)
    few = told(2)
    load_people(people=200, seed=1, at=NOW)
    for number in range(3, 12):
        told(number)
    assert told(12) == few <= MOST_FOR_A_NOTIFICATION
