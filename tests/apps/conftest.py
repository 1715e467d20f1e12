"""The partnership and one call in it, and browsers signed in on the evening of the call: for every app that asks for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from alongside.cases.models import Case
from tests.again import Again
from tests.apps import partnership as invented
from tests.apps.partnership import Partnership

_built = Again(invented.build)


@pytest.fixture
def there(db: None) -> Partnership:
    return _built()


@pytest.fixture
def case(there: Partnership) -> Case:
    return invented.call(there)


@pytest.fixture
def at_desk(there: Partnership, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Client]:
    """A browser signed in as somebody, on the evening of the call."""
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: invented.NOW)

    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(there.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in
