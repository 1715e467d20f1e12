"""Whoever on the staff is, or is close to, somebody in a case finds no trace of it, in whatever way they are close and whatever their
role (threats T2 and T3). The same at full count: tests/prove/overlaps.py."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.agencies.models import User
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import page
from tests.apps.sharing import overlaps, traces
from tests.apps.sharing.leads import add_leads

SignIn = Callable[[str], Client]
EACH = 10


@pytest.fixture
def leads(there: Partnership) -> Partnership:
    add_leads(there)
    return there


@pytest.mark.parametrize("seed", range(5))
def test_no_overlap_shows_anything(leads: Partnership, seed: int) -> None:
    held = overlaps.family(overlaps.chance(seed))
    close = list(overlaps.many(seed, EACH, held))
    for number, one in enumerate(close):
        overlaps.employ(leads, one, number)
    for one in close[: EACH // 2]:
        overlaps.declare(one)
    case, people = overlaps.open_with(leads, held)
    control = overlaps.Close("none", "v", "police-officer", "", None)
    overlaps.employ(leads, control, EACH)
    for one in (control, *close):
        overlaps.let_in(leads, case, one.user)
    for one in close[EACH // 2 :]:
        overlaps.declare(one)
    for one in close:
        overlaps.keep_apart_by_word(leads, case, one)
    rows = traces.rows_of_case(control.user, NOW)
    assert len(rows) > 8, "the control sees nothing either"
    found = {(one.how, one.part, one.role): traces.of(case, people, rows, one.user, NOW) for one in close}
    assert {key: told for key, told in found.items() if told} == {}


def test_pages_answer_as_for_what_is_not_there(leads: Partnership, at_desk: SignIn) -> None:
    held = overlaps.family(overlaps.chance(77))
    one = overlaps.Close("kin", "v", "police-supervisor", "sibling", held.people["v"])
    overlaps.employ(leads, one, 1)
    leads.users["close"] = one.user
    overlaps.declare(one)
    client = at_desk("close")
    empty = {path: page(client.get(path)) for path in ("/", "/cases/", "/waiting/")}
    case, people = overlaps.open_with(leads, held)
    overlaps.let_in(leads, case, one.user)
    assert {path: page(client.get(path)) for path in empty} == empty, "a list or a count has grown"
    assert traces.differing(client, case, people, held) == []


def test_an_overlap_that_is_none_hides_nothing(leads: Partnership) -> None:
    held = overlaps.family(overlaps.chance(5))
    stranger = overlaps.Close(
        "stranger", "v", "police-officer", "friend", overlaps.family(overlaps.chance(6)).people["v"]
    )
    overlaps.employ(leads, stranger, 1)
    overlaps.declare(stranger)
    case, people = overlaps.open_with(leads, held)
    overlaps.let_in(leads, case, stranger.user)
    rows = traces.rows_of_case(stranger.user, NOW)
    assert traces.of(case, people, rows, User.objects.get(pk=stranger.user.pk), NOW)
