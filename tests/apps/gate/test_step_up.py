"""Step-up: an act of weight asks once more who is there, loses nothing that was typed, and keeps none of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from fido2.webauthn import AuthenticatorData

from tests.apps.partnership import NOW, PASSWORD, Partnership
from tests.apps.passkey import Device, adds, options, proven

pytestmark = pytest.mark.urls("tests.apps.gate.stepping_urls")
SignIn = Callable[[str], Client]
WEIGHTY = "/weighty/"
TYPED = {"reason": "Amina rang.\nShe is at her sister’s.", "who": ["a", "b"]}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def carried(answer: HttpResponse) -> dict[str, list[str]]:
    """What the question carries along, as a browser would send it again."""
    found: dict[str, list[str]] = {}
    for name, value in HIDDEN.findall(answer.content.decode()):
        if name != "csrfmiddlewaretoken":
            found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_a_page_that_is_opened_asks_first_and_comes_back(at_desk: SignIn) -> None:
    answer = at_desk("officer").get(WEIGHTY)
    assert (answer.status_code, answer.url) == (302, "/account/confirm/?next=%2Fweighty%2F")


def test_a_form_that_is_sent_loses_nothing(at_desk: SignIn) -> None:
    client = at_desk("officer")
    asked = client.post(WEIGHTY, TYPED)
    assert asked.status_code == 403
    assert b"Confirm that it is you" in asked.content
    ran = client.post(WEIGHTY, carried(asked) | {"step-up-password": PASSWORD})
    assert ran.json() == {"ran": "Ash Officer", "said": {"reason": [TYPED["reason"]], "who": ["a", "b"]}}


def test_nothing_that_was_typed_is_kept_in_the_session(at_desk: SignIn) -> None:
    client = at_desk("officer")
    client.post(WEIGHTY, TYPED)
    assert "Amina" not in str(dict(client.session))


def test_a_wrong_password_runs_nothing_and_is_not_tried_for_ever(at_desk: SignIn) -> None:
    client = at_desk("officer")
    for _ in range(10):
        asked = client.post(WEIGHTY, TYPED | {"step-up-password": "no such word"})
        assert asked.status_code == 403
    assert carried(asked)["who"] == ["a", "b"]
    assert client.post(WEIGHTY, TYPED | {"step-up-password": PASSWORD}).status_code == 429


@pytest.mark.parametrize(
    ("ago", "runs"), [(0, True), (599, True), (600, False), (3600, False), (-1, False), (-3600, False)]
)
def test_it_lasts_ten_minutes_and_a_clock_set_back_does_not_make_it_longer(
    at_desk: SignIn, ago: int, runs: bool
) -> None:
    client = proven(at_desk("officer"), NOW - timedelta(seconds=ago))
    assert client.post(WEIGHTY, TYPED).status_code == (200 if runs else 403)


def test_a_file_is_not_carried(at_desk: SignIn) -> None:
    file = SimpleUploadedFile("one.txt", b"text")
    answer = at_desk("officer").post(WEIGHTY, TYPED | {"file": file, "step-up-password": PASSWORD})
    assert answer.status_code == 403
    assert b"Open the page again" in answer.content


class TestOutsideTheDemonstration:
    """There a password confirms nothing."""

    @pytest.fixture
    def device(self) -> Device:
        return Device()

    @pytest.fixture
    def client(self, at_desk: SignIn, there: Partnership, device: Device, settings: Any) -> Client:
        client = proven(at_desk("officer"), NOW)
        assert adds(_confirmed(client, NOW), device).status_code == 302
        settings.ALONGSIDE_DEMO = False
        return proven(client, NOW - timedelta(hours=1))

    def test_the_passkey_confirms(self, client: Client, device: Device) -> None:
        asked = client.post(WEIGHTY, TYPED)
        answer = {"step-up-credential": device.shown(options(asked))}
        ran = client.post(WEIGHTY, carried(asked) | answer)
        assert ran.json()["said"]["reason"] == [TYPED["reason"]]

    def test_an_answer_is_taken_once(self, client: Client, device: Device) -> None:
        answer = {"step-up-credential": device.shown(options(client.post(WEIGHTY, TYPED)))}
        assert client.post(WEIGHTY, TYPED | answer).status_code == 200
        proven(client, NOW - timedelta(hours=1))
        assert client.post(WEIGHTY, TYPED | answer).status_code == 403

    @pytest.mark.parametrize("given", ["password", "stranger", "elsewhere", "unchecked", "garbage", "empty"])
    def test_nothing_else_does(self, client: Client, device: Device, given: str) -> None:
        asked = options(client.post(WEIGHTY, TYPED))
        elsewhere = Device("https://alongside.example.evil", "alongside.example.evil")
        elsewhere.key, elsewhere.credential_id = device.key, device.credential_id
        said = {
            "password": {"step-up-password": PASSWORD},
            "stranger": {"step-up-credential": Device().shown(asked)},
            "elsewhere": {"step-up-credential": elsewhere.shown(asked)},
            "unchecked": {"step-up-credential": device.shown(asked, flags=AuthenticatorData.FLAG.UP)},
            "garbage": {"step-up-credential": '{"response": []}'},
            "empty": {"step-up-credential": ""},
        }
        assert client.post(WEIGHTY, TYPED | said[given]).status_code == 403

    def test_a_page_asks_for_the_passkey(self, client: Client) -> None:
        assert client.get(WEIGHTY).url.startswith("/account/passkeys/confirm/")


def _confirmed(client: Client, at: Any) -> Client:
    """allauth asks for it before a passkey is added, and counts by the clock of the machine."""
    import time

    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()
    return client
