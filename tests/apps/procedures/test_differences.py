"""Two areas or two days beside each other, on a page: what is only here, only there, and what changed in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from alongside.agencies.models import Area, User
from alongside.policy.difference import PARTS
from alongside.procedures import actions, queries
from alongside.procedures.browsing import comparing

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
DAY = {"on_0": "28", "on_1": "2", "on_2": "2026", "other_on_0": "2", "other_on_1": "3", "other_on_2": "2026"}


@pytest.fixture
def lead(partnership: object) -> User:
    return User.objects.filter(role="policy-lead").first()


def adopt(lead: User, parameter: str, value: object) -> None:
    where = Area.objects.get(code="coventry")
    actions.adopt_choice(
        area=where, parameter=parameter, value=value, reason="Decided.", from_on=date(2026, 3, 1), by=lead, at=NOW
    )


def page(client: Client, **query: str) -> str:
    answer = client.get("/procedures/differences/", query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_choice_of_one_area_shows_beside_another(client: Client, lead: User) -> None:
    adopt(lead, "marac_ticks", 12)
    client.force_login(lead)
    told = page(client, area="coventry", other="walsall")
    assert "2 rules changed" in told
    assert "is at least 12 (your partnership’s choice)" in told
    assert "is at least 14 (asked" in told
    assert "Not set; the text says 14" in told
    assert "0 only in Coventry" in told


def test_the_same_area_before_and_after_a_choice(client: Client, lead: User) -> None:
    adopt(lead, "marac_ticks", 12)
    client.force_login(lead)
    told = page(client, area="coventry", other="coventry", **DAY)
    assert "Coventry on 28 February 2026, beside Coventry on 2 March 2026" in told
    assert "2 rules changed" in told
    unchanged = page(client, area="coventry", other="coventry")
    assert "Nothing differs." in unchanged


def test_what_is_shown_can_be_narrowed(client: Client, lead: User) -> None:
    client.force_login(lead)
    every = page(client, area="coventry", other="stoke-on-trent")
    assert "Only in Coventry" in every
    assert "Only in Stoke-on-Trent" in every
    narrowed = page(client, area="coventry", other="stoke-on-trent", show="after", reaches="bar")
    assert "Only in Stoke-on-Trent</h2>" in narrowed
    assert "Only in Coventry</h2>" not in narrowed
    assert "How to go about it" not in narrowed


def test_a_day_that_is_none_is_refused_in_words(client: Client, lead: User) -> None:
    client.force_login(lead)
    told = page(client, area="coventry", other="walsall", on_0="31", on_1="2", on_2="2026")
    assert "There is no day 31/2/2026 in the calendar." in told
    assert "rules changed" not in told


def test_every_part_that_can_differ_is_said_in_words(lead: User) -> None:
    """Each rule's own parts: no snake_case, whatever part of it changed."""
    side = comparing.side("coventry", "Coventry", NOW.date(), dated=False)
    names = {name for name in [*queries.library().vocabulary, *queries.library().acts] if "_" in name}
    for rule in side.pack.rules:
        for part in PARTS:
            told = comparing._text(part, rule, side.wording, queries.library())
            assert not names & set(told.split()), (rule.id, part, told)
