"""Passwords and sessions as the verification standard asks for them (ASVS 5.0.0, chapters 6 and 7): each point is one test."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings as second_factor
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as live
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone

from alongside.agencies.models import Agency, User
from alongside.config import settings as written

pytestmark = pytest.mark.django_db
PASSWORD = "Seven quiet herons wade "
SIGN_IN, INSIDE = "/account/sign-in/", "/account/two-step/"
SESSION = live.SESSION_COOKIE_NAME


@pytest.fixture
def officer() -> User:
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    return User.objects.create_user(
        "officer@alongside.example", PASSWORD, name="A. Officer", agency=agency, role="police-officer"
    )


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"login": "officer@alongside.example", "password": password, **more})


def test_a_password_is_taken_exactly_as_it_was_typed(client: Client, officer: User) -> None:
    for other in (PASSWORD.strip(), PASSWORD.lower(), PASSWORD[:-3]):
        sign_in(client, other)
        assert SESSION not in client.cookies or client.get(INSIDE).status_code == 302
    sign_in(client)
    assert client.get(INSIDE).status_code == 200


def test_a_long_password_counts_to_its_end(client: Client, officer: User) -> None:
    long = "a heron and another heron and " * 4
    officer.set_password(long)
    officer.save()
    validate_password(long, officer)
    assert not officer.check_password(long[:100]) and officer.check_password(long)


@pytest.mark.parametrize("password", ["password1234", "qwertyuiop12", "short", "officer@alongside"])
def test_a_password_that_is_soon_guessed_is_refused(officer: User, password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, officer)


def test_a_password_is_kept_as_the_guidance_of_the_day_has_it() -> None:
    """Argon2id with 19 MiB and two passes or more: what OWASP's password storage guidance asks."""
    assert written.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    told = Argon2PasswordHasher().decode(Argon2PasswordHasher().encode(PASSWORD, "a salt of its own"))
    assert told["variety"] == "argon2id" and told["memory_cost"] >= 19 * 1024 and told["time_cost"] >= 2


def test_the_field_hides_the_password_and_lets_a_manager_fill_it_in(client: Client) -> None:
    page = client.get(SIGN_IN).content.decode()
    field = page[page.index('name="password"') - 200 : page.index('name="password"') + 300]
    assert 'type="password"' in field and 'autocomplete="current-password"' in field
    assert "onpaste" not in page


def test_to_change_a_password_the_present_one_is_asked_for(client: Client, officer: User) -> None:
    sign_in(client)
    new = {"password1": "eight quiet herons wade", "password2": "eight quiet herons wade"}
    client.post("/account/password/", {"oldpassword": "wrong", **new})
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    client.post("/account/password/", {"oldpassword": PASSWORD, **new})
    officer.refresh_from_db()
    assert officer.check_password("eight quiet herons wade")


def test_a_changed_password_ends_every_other_session(client: Client, officer: User) -> None:
    other = Client()
    for one in (client, other):
        sign_in(one)
    new = {"password1": "eight quiet herons wade", "password2": "eight quiet herons wade"}
    client.post("/account/password/", {"oldpassword": PASSWORD, **new})
    assert other.get(INSIDE).status_code == 302


def test_a_password_does_not_grow_old(client: Client, officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    later = timezone.now() + timedelta(days=3 * 365)
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: later)
    assert sign_in(client).status_code == 302
    assert client.get(INSIDE).status_code == 200


def test_signing_in_begins_another_session(client: Client, officer: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["planted"] = "yes"
    session.save()
    client.cookies[SESSION] = before = session.session_key
    sign_in(client)
    after = client.cookies[SESSION].value
    assert after != before and len(after) >= 32
    stranger = Client()
    stranger.cookies[SESSION] = before
    assert stranger.get(INSIDE).status_code == 302


def test_a_session_that_was_ended_opens_nothing_to_whoever_kept_its_cookie(client: Client, officer: User) -> None:
    sign_in(client)
    kept = client.cookies[SESSION].value
    client.post("/account/sign-out/")
    thief = Client()
    thief.cookies[SESSION] = kept
    assert thief.get(INSIDE).status_code == 302


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\x.example"]
)
def test_signing_in_leads_to_no_other_site(client: Client, officer: User, to: str) -> None:
    answer = sign_in(client, next=to)
    assert answer.status_code in {302, 400}
    assert answer.headers.get("Location", "/").startswith("/") and "elsewhere" not in answer.headers.get("Location", "")
    assert not answer.headers.get("Location", "/").startswith(("//", "/\\"))


def test_second_factors_are_neither_mail_nor_telephone_and_last_half_a_minute() -> None:
    assert set(live.MFA_SUPPORTED_TYPES) <= {"totp", "recovery_codes", "webauthn"}
    assert (second_factor.TOTP_PERIOD, second_factor.TOTP_TOLERANCE) == (30, 0)
    assert second_factor.RECOVERY_CODE_DIGITS >= 8 and second_factor.TOTP_DIGITS >= 6


def test_a_code_opens_once(client: Client, officer: User, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ALONGSIDE_DEMO = False
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    TOTP.activate(officer, secret)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.yield_hotp_counters_from_time", lambda: iter([58_000_000]))
    code = format_hotp_value(hotp_value(secret, 58_000_000))
    for browser, status in ((client, 302), (Client(), 200)):
        sign_in(browser)
        assert browser.post("/account/two-step/code/", {"code": code}).status_code == status


def test_no_folder_is_listed_and_no_file_but_ours_is_served(client: Client) -> None:
    for path in (
        "/static/",
        "/static/design/",
        "/.git/config",
        "/static/../alongside/config/settings.py",
        "/alongside/",
    ):
        assert client.get(path).status_code in {302, 404}, path


def test_a_host_that_is_not_ours_is_not_answered(client: Client) -> None:
    answer = client.get(SIGN_IN, headers={"host": "elsewhere.example"})
    assert answer.status_code == 400 and "elsewhere" not in answer.content.decode()


def test_what_a_stranger_says_in_the_place_of_the_proxy_is_not_believed(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    said = {"x-forwarded-proto": "https", "x-forwarded-for": "10.0.0.1", "x-forwarded-host": "elsewhere.example"}
    answer = Client().get(SIGN_IN, headers=said)
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://testserver{SIGN_IN}")
    request = RequestFactory(headers=said).get(SIGN_IN, REMOTE_ADDR="192.0.2.7")
    assert get_adapter(request).get_client_ip(request) == "192.0.2.7"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    forged = RequestFactory(headers={"x-forwarded-for": "10.0.0.1, 198.51.100.9"}).get(SIGN_IN)
    assert get_adapter(forged).get_client_ip(forged) == "198.51.100.9", "only what the proxy itself added counts"
