"""The sign-in page of a demonstration offers its accounts; that of a real installation offers none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.test import Client

from alongside.demo import accounts
from alongside.demo.partnership import build_partnership

URL = "/account/sign-in/"


def test_every_account_is_one_press_away(client: Client, db: None) -> None:
    page = client.get(URL).content.decode()
    for account in accounts.accounts():
        assert f'value="{account.email}"' in page


def test_a_press_signs_in(client: Client, db: None) -> None:
    build_partnership(datetime(2026, 1, 1, 9, tzinfo=UTC), accounts.PASSWORD)
    answer = client.post(URL, {"login": accounts.email("police-officer"), "password": accounts.PASSWORD})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"]


def test_a_real_installation_offers_nobody(client: Client, db: None, settings: Any) -> None:
    settings.ALONGSIDE_DEMO = False
    page = client.get(URL).content.decode()
    assert accounts.PASSWORD not in page
    assert accounts.DOMAIN not in page
