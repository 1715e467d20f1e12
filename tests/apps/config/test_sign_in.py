"""Signing in: nothing is open by default, five wrong tries lock, and no answer tells who has an account."""

from __future__ import annotations

import base64
import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings as live
from django.test import Client
from django.utils import timezone

from alongside.agencies.models import Agency, User
from alongside.config.middleware import SIGNED_IN_ON

pytestmark = pytest.mark.django_db
PASSWORD = "three words apart"
SIGN_IN = "/account/sign-in/"
INSIDE = "/account/two-step/"


@pytest.fixture
def officer() -> User:
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    return User.objects.create_user(
        "officer@alongside.example", PASSWORD, name="A. Officer", agency=agency, role="police-officer"
    )


def sign_in(client: Client, password: str = PASSWORD, email: str = "officer@alongside.example") -> Any:
    return client.post(SIGN_IN, {"login": email, "password": password})


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(INSIDE)
    assert answer.status_code == 302
    assert answer.url.startswith(SIGN_IN)


def test_in_and_out(client: Client, officer: User) -> None:
    assert sign_in(client).status_code == 302
    assert client.get(INSIDE).status_code == 200
    answer = client.post("/account/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(INSIDE).status_code == 302


def test_a_closed_account_stays_out_and_is_put_out(client: Client, officer: User) -> None:
    sign_in(client)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(INSIDE).status_code == 302


def test_five_wrong_tries_lock_even_the_right_password(client: Client, officer: User) -> None:
    for _ in range(live.AXES_FAILURE_LIMIT):
        last = sign_in(client, "wrong")
    assert last.status_code == 429
    assert sign_in(client).status_code == 429
    assert client.get(INSIDE).status_code == 302


def test_an_account_that_does_not_exist_answers_alike(client: Client, officer: User) -> None:
    real = sign_in(client, "wrong").content.decode()
    made_up = sign_in(Client(), "wrong", "nobody@alongside.example").content.decode()
    assert _plain(real, "officer@alongside") == _plain(made_up, "nobody@alongside")


def _plain(page: str, name: str) -> str:
    """The page without what was typed and without its form token."""
    return "\n".join(line for line in page.replace(name, "").splitlines() if "csrfmiddlewaretoken" not in line)


def test_nobody_signs_up_or_resets_by_mail(client: Client) -> None:
    for path in (
        "/account/signup/",
        "/accounts/signup/",
        "/account/password/reset/",
        "/account/email/",
        "/account/login/code/",
        "/account/two-step/recovery/",
    ):
        for ask in (client.get, client.post):
            assert ask(path).status_code == 404, path


def test_a_session_ends_after_ten_hours(client: Client, officer: User) -> None:
    sign_in(client)
    session = client.session
    session[SIGNED_IN_ON] = (timezone.now() - live.SESSION_ABSOLUTE_AGE - timedelta(seconds=1)).isoformat()
    session.save()
    assert client.get(INSIDE).status_code == 302
    assert not client.session.get("_auth_user_id")


def test_a_session_slides_for_half_an_hour(client: Client, officer: User) -> None:
    sign_in(client)
    answer = client.get(INSIDE)
    assert answer.cookies[live.SESSION_COOKIE_NAME]["samesite"] == "Strict"
    assert answer.cookies[live.SESSION_COOKIE_NAME]["httponly"]
    left = client.session.get_expiry_age()
    assert left in {30 * 60, live.SESSION_COOKIE_AGE}


def test_the_secret_of_the_app_is_not_kept_in_clear(officer: User) -> None:
    secret = base64.b32encode(b"twenty bytes long ok").decode()
    TOTP.activate(officer, secret)
    kept = Authenticator.objects.get(user=officer).data["secret"]
    assert secret not in kept


def test_a_form_of_another_site_is_refused(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(SIGN_IN).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    form = {"login": officer.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    for site in ("cross-site", "same-site"):
        assert strict.post(SIGN_IN, form, headers={"sec-fetch-site": site}).status_code == 403
    assert strict.post(SIGN_IN, form, headers={"origin": "null"}).status_code == 403
    assert strict.post(SIGN_IN, form, headers={"origin": "https://elsewhere.example"}).status_code == 403
    own = {"origin": "null", "sec-fetch-site": "same-origin"}
    assert strict.post(SIGN_IN, form | {"csrfmiddlewaretoken": ""}, headers=own).status_code == 403
    assert strict.post(SIGN_IN, form, headers=own).status_code == 302


def test_the_clock_is_read_once_at_the_edge(client: Client) -> None:
    before = time.time()
    answer = client.get("/design/")
    assert before <= answer.wsgi_request.at.timestamp() <= time.time()
