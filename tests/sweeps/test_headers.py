"""Every address, for a stranger and for somebody signed in: the headers, the kind of content, the cookies, the methods."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client

from alongside.agencies.models import Agency, User
from alongside.config.middleware import CONTENT_SECURITY_POLICY
from alongside.config.routes import Route
from tests.sweeps.test_routes import address, every

pytestmark = pytest.mark.django_db
# One who may open most, and one who may open other things.
ROLES = ("mash-worker", "policy-lead")
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
POWERS = ("geolocation", "camera", "microphone", "display-capture", "clipboard-read", "idle-detection")
# What leaves is a page, data for a system, a table or a document: never a script, and nothing a page of another site could run.
KINDS = {
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "text/csv; charset=utf-8",
    "application/json",
    "application/json; charset=utf-8",
    "application/problem+json",
    "application/pdf",
}
COOKIES = {"session", "csrf"}
MOST_BYTES = 4096  # of a name and its value, or the browser drops it


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: object) -> dict[str, HttpResponseBase]:
    """Every address answered once for each who asks, by "who address"."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        found = {f"{who} {route.pattern}": answer for who, route, answer in _asked()}
        transaction.set_rollback(True)
    assert len(found) > 200, "the sweep has lost the addresses"
    return found


def _asked() -> Iterator[tuple[str, Route, HttpResponseBase]]:
    for who, client in _clients().items():
        for route in every():
            if route.name != "account_logout":
                yield who, route, client.get(address(route))


def _clients() -> dict[str, Client]:
    agency = Agency.objects.create(code="an-agency", name="An agency", kind="police")
    clients = {"stranger": Client()}
    for role in ROLES:
        user = User.objects.create_user(f"{role}@alongside.example", None, name="R. Ole", agency=agency, role=role)
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return clients


def test_every_answer_carries_the_headers(answers: dict[str, HttpResponseBase]) -> None:
    wrong = [
        f"{asked}: {name} is {answer.headers.get(name)}"
        for asked, answer in answers.items()
        for name, value in ALWAYS.items()
        if answer.headers.get(name) != value
    ]
    assert wrong == []


def test_no_page_may_ask_the_machine_for_anything(answers: dict[str, HttpResponseBase]) -> None:
    for asked, answer in answers.items():
        for power in POWERS:
            assert f"{power}=()" in answer.headers["Permissions-Policy"], asked


def test_no_other_site_may_read_an_answer(answers: dict[str, HttpResponseBase]) -> None:
    opened = [asked for asked, answer in answers.items() if "Access-Control-Allow-Origin" in answer.headers]
    assert opened == []


def test_every_body_says_what_it_is_and_none_is_a_script(answers: dict[str, HttpResponseBase]) -> None:
    kinds = {answer.headers["Content-Type"] for answer in answers.values() if "Content-Type" in answer.headers}
    assert "text/html; charset=utf-8" in kinds
    assert kinds - KINDS == set()


def test_the_only_cookies_are_the_session_and_the_token_of_forms(answers: dict[str, HttpResponseBase]) -> None:
    set_ = [(name, morsel) for answer in answers.values() for name, morsel in answer.cookies.items()]
    assert {name for name, _ in set_} == COOKIES
    for name, morsel in set_:
        assert morsel["httponly"] and morsel["samesite"] == "Strict" and morsel["path"] == "/", name
        assert not morsel["domain"], name
        assert len(name) + len(morsel.value) < MOST_BYTES, name


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "DEBUG"])
def test_what_asks_to_see_its_own_request_is_shown_nothing(method: str) -> None:
    for path in ("/account/sign-in/", "/cases/", "/api/v1/notifications/x"):
        answer = Client().generic(method, path, headers={"x-secret": "told"})
        assert b"told" not in answer.content and answer.status_code != 200, path


@pytest.mark.parametrize("file", ["alongside.css", "alongside.js"])
def test_a_file_of_style_or_script_does_nothing_when_it_is_opened_as_a_page(file: str) -> None:
    from alongside.design.built import asset

    answer = Client().get(asset(file))
    assert answer.status_code == 200
    assert (
        answer.headers["Content-Security-Policy"]
        == "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "text/" in answer.headers["Content-Type"] and "charset=" in answer.headers["Content-Type"]
