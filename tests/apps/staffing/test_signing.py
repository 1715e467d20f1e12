"""Every sign-in and every try is on record, and nothing of what was typed (ASVS 16.3.1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as live
from django.test import Client

from alongside.agencies.models import Agency, User
from alongside.audit.models import Event
from tests.apps.passkey import CONFIRM, Device, adds, confirms, options

pytestmark = pytest.mark.django_db
PASSWORD, WRONG, SIGN_IN = "three words apart", "typed by mistake", "/account/sign-in/"


@pytest.fixture
def officer(settings: Any) -> User:
    settings.ALONGSIDE_DEMO = True
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    return User.objects.create_user("a@alongside.example", PASSWORD, name="A.", agency=agency, role="police-officer")


def typed(name: str, password: str, client: Client | None = None) -> None:
    (client or Client()).post(SIGN_IN, {"login": f"{name}@alongside.example", "password": password})


def said() -> list[tuple[str, str, str]]:
    """(chain, act, how) of what staffing put on record, in order."""
    rows = Event.objects.filter(name__startswith="staffing.").order_by("pk")
    return [(row.chain, row.name.split(".")[1], row.details.get("how", "")) for row in rows]


def test_coming_and_going_is_on_the_chain_of_the_agency(officer: User) -> None:
    browser = Client()
    typed("a", PASSWORD, browser)
    browser.post("/account/sign-out/")
    assert said() == [("police", "signed_in", "password"), ("police", "signed_out", "")]
    who = Event.objects.filter(name__startswith="staffing.").values_list("actor", flat=True)
    assert set(who) == {officer.audit_name}


def test_a_try_is_on_record_for_an_account_and_for_a_name_that_is_none(officer: User) -> None:
    typed("a", WRONG)
    typed("nobody", WRONG)
    assert said() == [("police", "sign_in_refused", "password"), ("partnership", "sign_in_refused", "password")]
    first, second = Event.objects.filter(name="staffing.sign_in_refused").order_by("pk")
    assert (first.subject_ids, second.subject_ids) == (str(officer.pk), "no account")
    kept = " ".join(str(value) for row in Event.objects.all().values() for value in row.values())
    assert WRONG not in kept and "nobody@" not in kept and "a@alongside" not in kept


def test_the_try_that_locks_is_on_record(officer: User) -> None:
    for _ in range(live.AXES_FAILURE_LIMIT):
        typed("a", WRONG)
    assert [act for _, act, _ in said()].count("sign_in_refused") == live.AXES_FAILURE_LIMIT
    assert ("police", "locked_out", "") in said()


def test_a_passkey_that_fits_and_one_that_does_not_are_on_record(officer: User) -> None:
    browser, device = Client(), Device()
    typed("a", PASSWORD, browser)
    browser.post("/account/confirm/", {"password": PASSWORD})
    adds(browser, device)
    before = len(said())
    confirms(browser, device)
    assert ("police", "signed_in", "webauthn") in said()[before:]
    before = len(said())
    other = Device()
    other.owner = device.owner
    browser.post(CONFIRM, {"credential": other.shown(options(browser.get(CONFIRM)))})
    assert said()[before:] == [("police", "sign_in_refused", "webauthn")]
