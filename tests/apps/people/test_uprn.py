"""The unique property reference number: told within an address, kept sealed with it, compared before the words, never of a hidden one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.intake.telling import people_said
from alongside.people.actions import record_people
from alongside.people.models import Address, Person
from alongside.people.queries import candidates
from alongside.people.records import PersonSaid
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words
from tests.sweeps.source import ROOT

SignIn = Callable[[str], Client]
NUMBER = "10070123456"


def told(lines: str, **more: Any) -> PersonSaid:
    """The victim as a notification of the contract tells of her, at an address."""
    content = json.loads((ROOT / "examples" / "police-incident-baby.json").read_text("utf-8"))
    victim = content["people"][0] | {"addresses": [{"lines": lines, "postcode": None, "current": True} | more]}
    victim |= {
        "given_name": "Amina",
        "family_name": "Hartley",
        "date_of_birth": "1996-05-04",
        "phones": [],
        "email": None,
    }
    [said] = people_said(content | {"people": [victim], "safe_contact": []})
    return said


def because(there: Partnership, here: PersonSaid, elsewhere: PersonSaid) -> list[str]:
    """What agrees between a record of the police and one of another agency."""
    people: list[Person] = []
    for name, said in (("officer", here), ("idva", elsewhere)):
        by = there.users[name]
        people += record_people(agency=by.agency, people=[said], by=by, at=NOW).values()
    [one] = candidates(people[0], Viewer(there.users["officer"], NOW))
    assert one.person == people[1].pk
    return [str(reason) for reason in one.because]


def test_the_same_number_is_the_same_address_however_it_is_written(there: Partnership) -> None:
    assert "same address" in because(
        there, told(f"Flat 2, Elm House, UPRN {NUMBER}"), told(f"7 Oak Road\nuprn: 0{NUMBER}")
    )


def test_without_it_two_ways_of_writing_are_not_the_same(there: Partnership) -> None:
    assert "same address" not in because(there, told("Flat 2, Elm House"), told("7 Oak Road"))


def test_a_hidden_address_is_not_compared_by_its_number(there: Partnership) -> None:
    hidden = told(f"7 Oak Road, UPRN {NUMBER}", confidential=True)
    assert "same address" not in because(there, told(f"Flat 2, Elm House, UPRN {NUMBER}"), hidden)


def test_it_is_sealed_with_its_address(there: Partnership) -> None:
    because(there, told(f"Flat 2, UPRN {NUMBER}"), told(f"7 Oak Road, UPRN {NUMBER}"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT lines FROM people_address")
        assert [row for row in cursor.fetchall() if NUMBER in str(row)] == []
    assert all(NUMBER in row.lines.open() for row in Address.objects.all())


def test_whoever_writes_an_address_is_told_of_it(case: Case, there: Partnership, at_desk: SignIn) -> None:
    victim = case.members.get(role="victim").person
    page = words(at_desk("officer").get(f"/people/{victim.pk}/change/"))
    assert "end with it: UPRN 100070123456" in page
