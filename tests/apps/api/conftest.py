"""A connected system of the police, with its token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from alongside.api.actions import make_token
from alongside.audit.api import SystemActor
from alongside.demo.partnership import Partnership

NOW = datetime(2026, 3, 5, 19, 50, tzinfo=UTC)
Post = Callable[..., HttpResponse]


@pytest.fixture
def token(partnership: Partnership) -> str:
    return make_token(agency=partnership.agencies["west-midlands-police"], by=SystemActor("operator"), at=NOW)


@pytest.fixture
def post(token: str) -> Post:
    """Send bytes, or JSON, as the police's system."""

    def send(data: Any, bearer: str = token) -> HttpResponse:
        client = Client(headers={"Authorization": f"Bearer {bearer}"})
        return client.post("/api/v1/notifications", data, content_type="application/json")

    return send
