"""A page takes as many statements for a large case, or a long list, as for a small one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial

import pytest

from alongside.agencies.models import User
from alongside.demo import calls
from alongside.demo.loading import load_people
from alongside.demo.partnership import Partnership
from alongside.demo.schools import plan_meetings, register_schools
from alongside.intake.actions import receive
from tests.apps import growing
from tests.apps.growing import World
from tests.apps.statements import differing, statements

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
Counts = dict[str, dict[str, list[str]]]


@pytest.fixture
def world(partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> World:
    register_schools(partnership, at=NOW)
    plan_meetings(partnership, at=NOW)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW.replace(hour=22))
    return growing.begin(partnership, NOW)


def taken(world: World, user: User, addresses: Iterable[str]) -> dict[str, list[str]]:
    """What each page takes that was opened before, so that what is kept between requests is there."""
    client = world.client(user)

    def look(address: str) -> None:
        assert client.get(address).status_code == 200, address

    return {address: statements(partial(look, address)) for address in addresses}


@pytest.mark.slow
def test_no_page_takes_more_statements_as_cases_grow(world: World) -> None:
    growing.grow(world, FEW)
    users = {role: world.made.user(role) for role in WANTED}
    pages = {role: list(growing.opened(world, user)) for role, user in users.items()}
    few = {role: taken(world, user, pages[role]) for role, user in users.items()}
    rows = growing.gated()
    growing.grow(world, MORE)
    assert growing.gated() > 2 * rows
    many = {role: taken(world, user, pages[role]) for role, user in users.items()}
    assert _grown(few, many) == []
    for role, wanted in WANTED.items():
        assert set(wanted) - {_plain(address, world) for address in pages[role]} == set(), role


def _grown(few: Counts, many: Counts) -> list[str]:
    return [
        f"{role} {address}: {differing(few[role][address], sent)}"
        for role, pages in many.items()
        for address, sent in pages.items()
        if len(sent) > len(few[role][address])
    ]


def _plain(address: str, world: World) -> str:
    parts = ["ID" if len(part) == 36 else part for part in address.replace(world.family.reference, "REF").split("/")]
    return "/".join(parts)


MOST_FOR_A_NOTIFICATION = 90


def test_a_notification_takes_as_many_statements_however_many_are_known(world: World) -> None:
    """Every statement is a journey to the database: what one notification needs is counted, not timed."""
    officer = world.made.user("police-officer")

    def told(number: int) -> list[str]:
        content = {**calls.with_baby(NOW), "id": f"COUNTED-{number}"}
        return statements(lambda: receive(content=content, by=officer, at=NOW))

    told(1)
    few = told(2)
    load_people(people=200, seed=1, at=NOW)
    for number in range(3, 12):
        told(number)
    many = told(12)
    assert len(many) == len(few) <= MOST_FOR_A_NOTIFICATION, differing(few, many)
