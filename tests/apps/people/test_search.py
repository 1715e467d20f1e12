"""Searching, and what is shown only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from alongside.cases.models import Case
from alongside.linkage import default_model
from alongside.people import pages
from alongside.people.forms import SearchForm
from alongside.people.queries import Candidate
from tests.apps.partnership import NOW
from tests.apps.reading import reads, title, words

SignIn = Callable[[str], Client]
AMINA = {
    "given_name": "Amina",
    "family_name": "Hartley",
    "date_of_birth_0": "4",
    "date_of_birth_1": "5",
    "date_of_birth_2": "1996",
    "purpose": "safeguarding",
}


def test_a_search_travels_in_the_body_and_leads_to_the_case(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").post("/search/", AMINA)
    assert f"Case {case.reference}" in words(page)
    assert "Same date of birth" in words(page)
    assert "Hartley" not in title(page)
    (event,) = reads("people.search")
    assert "safeguarding" in event.detail


def test_nothing_typed_in_the_address_is_searched(case: Case, at_desk: SignIn) -> None:
    page = at_desk("officer").get("/search/", AMINA)
    assert case.reference not in page.content.decode()
    assert reads("people.search") == []


def test_what_is_hidden_is_not_told_to_those_not_cleared(case: Case, at_desk: SignIn) -> None:
    hidden = words(at_desk("idva").post("/search/", AMINA))
    unknown = words(
        at_desk("idva").post(
            "/search/", AMINA | {"given_name": "Nobody", "family_name": "Atall", "date_of_birth_2": "1931"}
        )
    )
    assert "Nothing we can show you. This is not a nil return." in hidden
    assert hidden.split("Search again")[0] == unknown.split("Search again")[0]


def test_the_cleared_are_told_who_holds_a_record_not_what_is_in_it(case: Case, at_desk: SignIn) -> None:
    page = at_desk("manager").post("/search/", AMINA)
    assert "Held by West Midlands Police" in words(page)
    assert case.reference not in page.content.decode()


def test_why_is_asked_and_too_little_is_refused(at_desk: SignIn, case: Case) -> None:
    page = at_desk("officer").post("/search/", AMINA | {"purpose": ""})
    assert page.status_code == 422
    assert "Say why you look." in words(page)
    assert reads("people.search") == []


@pytest.mark.parametrize(
    ("typed", "enough"),
    [
        ({"given_name": "Amina"}, False),
        ({"family_name": "Hartley"}, False),
        ({"postcode": "CV1 4AA"}, False),
        ({"date_of_birth_2": "1996"}, False),
        ({"given_name": "Amina", "family_name": "Hartley"}, True),
        ({"given_name": "Amina", "date_of_birth_2": "1996"}, True),
        ({"family_name": "Hartley", "postcode": "CV1 4AA"}, True),
        ({"phone": "07700 900123"}, True),
        ({"nhs_number": "999 000 0001"}, True),
    ],
)
def test_how_much_is_needed(typed: dict[str, str], enough: bool) -> None:
    assert SearchForm(typed | {"purpose": "case"}).is_valid() is enough


def test_addresses_and_numbers_are_shown_on_request_and_logged(case: Case, at_desk: SignIn) -> None:
    victim = case.members.get(role="victim").person
    client = at_desk("officer")
    plain = client.get(f"/people/{victim.pk}/").content.decode()
    assert "Sample Street" not in plain
    assert "900123" not in plain
    assert reads("people.addresses_opened") == []
    opened = words(client.post(f"/people/{victim.pk}/addresses/"))
    assert "Lives here Not known whether confidential 14 Sample Street, CV1 4AA" in opened
    assert "900123" not in opened
    assert {event.subject_kind for event in reads("people.addresses_opened")} == {"people.person", "people.address"}
    assert "Telephone 07700 900123" in words(client.post(f"/people/{victim.pk}/contacts/"))
    assert {event.subject_kind for event in reads("people.contacts_opened")} == {"people.person", "people.contactpoint"}


def test_a_page_that_shows_a_secret_is_not_to_be_had_by_its_address(case: Case, at_desk: SignIn) -> None:
    victim = case.members.get(role="victim").person
    for what in ("addresses", "contacts"):
        assert at_desk("officer").get(f"/people/{victim.pk}/{what}/").status_code == 405


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("2025-03-20", "11 months"),
        ("2026-02-01", "1 month"),
        ("2024-02", "2 years"),
        ("2018", "7 or 8 years"),
        ("1996-05-04", "29 years"),
        ("", ""),
        ("2030-01-01", ""),
        ("1993-02-31", ""),
    ],
)
def test_ages(born: str, said: str) -> None:
    assert pages.age(born, NOW) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1996-05-04", "4 May 1996"),
        ("1991-02", "February 1991, day not known"),
        ("1991", "1991, day and month not known"),
        ("", ""),
    ],
)
def test_dates_of_birth_say_what_is_not_known(text: str, said: str) -> None:
    assert pages.born(text) == said


@pytest.mark.parametrize(("weight", "said"), [(0.1, "Very likely"), (0.0, "Likely"), (-0.1, "Possible")])
def test_likeness_is_a_word_and_very_likely_is_what_counts_as_held(weight: float, said: str) -> None:
    at = weight + default_model().link_from if said == "Very likely" else weight
    assert pages.likely(Candidate(uuid4(), at, default_model().is_sure(at), ("name agrees",), "")) == said
