"""Outside the demonstration a password alone opens nothing: no page answers 200 but the one way to a passkey (T24)."""

from __future__ import annotations

import base64
import re
import time
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.utils import timezone
from fido2.webauthn import AuthenticatorData

from alongside.agencies.models import Agency, User
from alongside.audit.models import Event
from alongside.config.routes import ANYONE, TOKEN, Route, routes
from tests.apps.passkey import ADD, CONFIRM, Device, adds, confirms, options, signs_in

pytestmark = pytest.mark.django_db
PASSWORD = "three words apart"
SIGN_IN, CODE, AGAIN = "/account/sign-in/", "/account/two-step/code/", "/account/confirm/"
INSIDE = "/account/sessions/"
PLAIN = {"uuid": "00000000-0000-0000-0000-000000000000", "int": "0", "slug": "nothing", "str": "AL-0000-00"}
SECRET = base64.b32encode(b"twenty bytes long ok").decode()


@pytest.fixture(autouse=True)
def _for_real(settings: Any) -> None:
    settings.ALONGSIDE_DEMO = False


@pytest.fixture
def officer() -> User:
    agency = Agency.objects.create(code="police", name="Police", kind="police")
    return User.objects.create_user(
        "officer@alongside.example",
        PASSWORD,
        name="A. Officer",
        agency=agency,
        role="police-officer",
        set_up_until_on=today() + timedelta(days=14),
    )


def today() -> date:
    return timezone.localdate()


def days_are_over(user: User) -> None:
    User.objects.filter(pk=user.pk).update(set_up_until_on=today() - timedelta(days=1))


def begins(client: Client) -> Client:
    """Signed in with the password alone, and given once more, as for adding a factor."""
    client.post(SIGN_IN, {"login": "officer@alongside.example", "password": PASSWORD})
    client.post(AGAIN, {"password": PASSWORD})
    return client


def code() -> str:
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def behind() -> list[Route]:
    found = [route for route in routes() if route.rule not in {ANYONE, TOKEN}]
    assert len(found) > 80, "the sweep has lost the addresses"
    return found


def answering(client: Client) -> set[str]:
    """Names of the routes that answer a session with 200, whatever is asked."""
    found = set()
    for route in behind():
        path = "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: PLAIN[part[1] or "str"], route.pattern)
        for ask in (client.get, client.post):
            if route.name != "account_logout" and ask(path).status_code == 200:
                found.add(route.name)
    return found


def test_a_password_alone_reaches_only_the_way_to_a_passkey(client: Client, officer: User) -> None:
    begins(client)
    assert client.get(INSIDE).url == ADD
    assert answering(client) == {"mfa_add_webauthn", "mfa_activate_totp", "account_reauthenticate"}


def test_after_the_days_of_setting_up_it_reaches_nothing_at_all(client: Client, officer: User) -> None:
    begins(client)
    days_are_over(officer)
    assert answering(client) == set()
    assert "set up anew" in client.get(INSIDE).content.decode()


def test_a_session_that_began_before_the_passkey_stays_shut(client: Client, officer: User) -> None:
    """Somebody who learned the password waits inside until its owner sets up a passkey, and gains nothing by it."""
    waiting = begins(Client())
    assert adds(begins(client), Device()).status_code == 302
    assert client.get(INSIDE).status_code == 200
    assert waiting.get(INSIDE).status_code == 302
    assert answering(waiting) == set()


def test_a_session_shut_out_before_it_was_proven_asks_for_the_passkey_alone(client: Client, officer: User) -> None:
    device = Device()
    adds(begins(client), device)
    User.objects.filter(pk=officer.pk).update(password=officer.password)  # a password again, as of an account of before
    late = Client()
    late.force_login(User.objects.get(pk=officer.pk), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert answering(late) == {"mfa_reauthenticate_webauthn"}
    assert confirms(late, Device()).status_code == 422
    assert late.get(INSIDE).url == CONFIRM
    before = late.session.session_key
    assert confirms(late, device).status_code == 302
    assert late.get(INSIDE).status_code == 200
    assert late.session.session_key != before, "whoever knew the session by its old name is in it"


def test_the_first_passkey_opens_and_ends_the_first_password(client: Client, officer: User) -> None:
    device = Device()
    adds(begins(client), device)
    assert client.get(INSIDE).status_code == 200
    assert Event.objects.filter(name="staffing.factor_added").count() == 1
    again = Client()
    again.post(SIGN_IN, {"login": officer.email, "password": PASSWORD})
    assert again.get(INSIDE).status_code == 302
    assert signs_in(again, device).status_code == 302
    assert again.get(INSIDE).status_code == 200
    assert client.get("/account/password/", follow=True).redirect_chain[-1][0] == "/account/two-step/"


@pytest.mark.parametrize("wrong", ["stranger", "elsewhere", "unchecked", "old-question"])
def test_no_other_passkey_opens(client: Client, officer: User, wrong: str) -> None:
    device = Device()
    adds(begins(client), device)
    thief = Client()
    if wrong == "stranger":
        other = Device()
        other.owner, other.credential_id = device.owner, device.credential_id
        answer = signs_in(thief, other)
    elif wrong == "elsewhere":
        device.origin = "https://alongside.example.evil"
        answer = signs_in(thief, device)
    elif wrong == "unchecked":
        answer = signs_in(thief, device, flags=AuthenticatorData.FLAG.UP)
    else:
        asked = thief.get("/account/passkeys/sign-in/", headers={"accept": "application/json"}).json()
        held = device.shown(asked["request_options"])
        thief.get("/account/passkeys/sign-in/", headers={"accept": "application/json"})
        answer = thief.post("/account/passkeys/sign-in/", {"credential": held})
    assert answer.status_code == 422
    assert "does not fit" in answer.content.decode()
    assert thief.get(INSIDE).status_code == 302


@pytest.mark.parametrize(
    "sent", ["", "{}", "[]", "null", '{"response": 7}', '{"id": "AA", "response": {}}', "x" * 9000]
)
def test_what_no_browser_sends_is_refused_and_no_fault(client: Client, officer: User, sent: str) -> None:
    begins(client)
    options(client.get(ADD))
    assert client.post(ADD, {"name": "n", "credential": sent}).status_code == 200
    assert not Authenticator.objects.exists()
    client.get("/account/passkeys/sign-in/", headers={"accept": "application/json"})
    assert Client().post("/account/passkeys/sign-in/", {"credential": sent}).status_code == 422
    adds(client, Device())
    assert client.post(CONFIRM, {"credential": sent}).status_code == 422


def test_a_device_that_does_not_check_its_owner_cannot_be_added(client: Client, officer: User) -> None:
    begins(client)
    assert adds(client, Device(), flags=AuthenticatorData.FLAG.UP).status_code == 200
    assert not Authenticator.objects.exists()


def test_a_passkey_of_somebody_else_cannot_be_removed_and_the_last_one_stays(client: Client, officer: User) -> None:
    adds(begins(client), Device())
    mine = Authenticator.objects.get()
    theirs = Authenticator.objects.create(
        user=User.objects.create_user("b@a.example", None, name="B", agency=officer.agency, role="auditor"),
        type="webauthn",
        data=mine.data,
    )
    assert client.post(f"/account/passkeys/{theirs.pk}/remove/").status_code == 404
    assert client.post(f"/account/passkeys/{mine.pk}/remove/").status_code == 403
    adds(client, Device())
    assert client.post(f"/account/passkeys/{mine.pk}/remove/").status_code == 302
    assert not Authenticator.objects.filter(pk=mine.pk).exists()
    assert Event.objects.filter(name="staffing.factor_removed").count() == 1


class TestApp:
    """The codes of an authenticator app stand in for a passkey, for some days."""

    def test_in_those_days_its_code_opens(self, client: Client, officer: User) -> None:
        TOTP.activate(officer, SECRET)
        client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD})
        assert client.get(INSIDE).status_code == 302
        assert client.post(CODE, {"code": code()}).status_code == 302
        assert client.get(INSIDE).status_code == 200

    def test_after_them_it_opens_the_way_to_a_passkey_alone(self, client: Client, officer: User) -> None:
        TOTP.activate(officer, SECRET)
        days_are_over(officer)
        client.post(SIGN_IN, {"login": officer.email, "password": PASSWORD})
        client.post(CODE, {"code": code()})
        assert client.get(INSIDE).url == ADD
        assert answering(client) <= {"mfa_add_webauthn", "mfa_reauthenticate"}

    def test_it_is_set_up_in_those_days_alone(self, client: Client, officer: User) -> None:
        begins(client)
        assert client.get("/account/two-step/set-up/").status_code == 200
        adds(client, Device())
        days_are_over(officer)
        answer = client.get("/account/two-step/set-up/")
        assert answer.status_code == 403
        assert "days of setting up are over" in answer.content.decode()

    def test_setting_it_up_opens_at_once(self, client: Client, officer: User) -> None:
        begins(client)
        page = client.get("/account/two-step/set-up/").content.decode()
        secret = re.search(r"al-secret al-reference\">(\w+)<", page)
        assert secret
        now = format_hotp_value(hotp_value(secret[1], next(iter(yield_hotp_counters_from_time()))))
        assert client.post("/account/two-step/set-up/", {"code": now}).status_code == 302
        assert client.get(INSIDE).status_code == 200


def test_a_proof_is_not_taken_from_another_person_in_the_same_browser(client: Client, officer: User) -> None:
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "webauthn", "at": time.time()}]
    session["account_authentication_methods_user"] = "00000000-0000-0000-0000-000000000000"
    session.save()
    begins(client)
    assert client.get(INSIDE).url == ADD
