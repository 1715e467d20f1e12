"""Fixtures of every test; the database is settled in `tests/environment.py`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from alongside.demo.partnership import Partnership


def pytest_configure(config: pytest.Config) -> None:
    from alongside.audit.testing import allow_flush

    allow_flush()


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    """Argon2 takes a tenth of a second by design; tests of other things need not pay it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def partnership(db: None) -> Partnership:
    """The invented partnership of the demonstration, as it stands on 1 January 2026."""
    from alongside.demo.partnership import build_partnership

    return build_partnership(datetime(2026, 1, 1, 9, tzinfo=UTC))
