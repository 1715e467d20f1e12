"""The generator: the same each time, valid against the contract, varied, and known to the look-up where it should be."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import pytest

from alongside.cases.models import Case
from alongside.demo import generate
from alongside.demo.families import UNTIL, family
from alongside.demo.loading import load_people
from alongside.demo.names import communities
from alongside.demo.partnership import NAMES, Partnership, agency_codes
from alongside.demo.queries import recording_desks
from alongside.gate.viewing import Viewer
from alongside.intake.actions import receive
from alongside.intake.checking import faults_of
from alongside.intake.queries import held_against
from alongside.people.models import MatchKey, Person

AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
SOME = 600


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return list(islice(generate.notifications(seed=3), SOME))


def test_the_same_seed_tells_the_same(told: list[dict[str, Any]]) -> None:
    assert list(islice(generate.notifications(seed=3), 50)) == told[:50]
    assert list(islice(generate.notifications(seed=4), 50)) != told[:50]


def test_every_notification_is_valid(told: list[dict[str, Any]], partnership: Partnership) -> None:
    agencies = {code: row.kind for code, row in partnership.agencies.items()}
    known = replace(held_against(told[0], at=AT), agencies=agencies)
    assert {one["id"]: found for one in told if (found := faults_of(one, known))} == {}


def test_there_is_variety(told: list[dict[str, Any]]) -> None:
    assert {one["area"] for one in told} == set(NAMES)
    assert len({one["kind"] for one in told}) == len(generate.KINDS)
    tellers = {one["source"]["agency"] for one in told}
    assert tellers <= set(agency_codes())
    assert len(tellers) > 20
    assert {row["instrument"] for one in told for row in one.get("risk", [])} == {"dash", "dial"}
    repeats = Counter(person["phones"][0] for one in told for person in one["people"] if person.get("phones"))
    assert max(repeats.values()) > 2


def test_much_is_not_known(told: list[dict[str, Any]]) -> None:
    people = [person for one in told for person in one["people"]]
    partial = [person for person in people if person["date_of_birth"] and len(person["date_of_birth"]) < 10]
    assert any(person["date_of_birth"] is None for person in people)
    assert len(partial) > len(people) / 50


def test_families_hold_together() -> None:
    for number in range(400):
        one = family(number, seed=5)
        assert one.incidents == tuple(sorted(one.incidents))
        assert all(when.date() < UNTIL for when in one.incidents)
        assert all((child.born - one.victim.born).days > 17 * 365 for child in one.children)
        assert one.home_on(date(2000, 1, 1)) == one.homes[0]
        assert one.home_on(UNTIL) in one.homes


def test_names_come_from_every_community() -> None:
    held = Counter(family(number).victim.community.code for number in range(800))
    assert set(held) == {community.code for community in communities()}
    assert held.most_common(1)[0][0] == "english"


def test_nhs_numbers_are_of_the_range_for_tests_and_add_up() -> None:
    for number in range(100):
        digits = [int(digit) for digit in family(number).victim.nhs_number]
        assert digits[:3] == [9, 9, 9]
        assert sum(digit * weight for digit, weight in zip(digits, range(10, 0, -1), strict=True)) % 11 == 0


def test_known_people_are_loaded_with_the_keys_to_find_them(partnership: Partnership) -> None:
    ticks: list[int] = []
    loaded = load_people(people=300, seed=3, at=AT, tick=ticks.append)
    assert sum(ticks) == loaded >= 300
    assert Person.objects.count() == loaded
    assert MatchKey.objects.values("person").distinct().count() == loaded
    recorder = recording_desks()["west-midlands-police", "coventry"].person
    own = Case.objects.visible_to(Viewer(recorder, AT))
    assert set(own.values_list("opened_by_agency__code", flat=True)) == {"west-midlands-police"}
    assert own.count() < Case.objects.count()


def test_a_family_told_of_again_is_found(partnership: Partnership, told: list[dict[str, Any]]) -> None:
    load_people(people=300, seed=3, at=AT)
    found = 0
    tellers = {user.agency.code: user for user in partnership.users.values() if user.may("notify")}
    for one in told[:12]:
        answer = receive(content=one, by=tellers[one["source"]["agency"]], at=AT).answer
        found += any(person["candidates"] for person in answer["people"])
    assert found >= 4
