"""Fixtures of every test; the database is settled in `tests/environment.py`."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from alongside.cli import _packs
from alongside.cli._packs import packs_root
from alongside.policy import load_library
from tests.again import Again
from tests.shipped import shipped_packs

if TYPE_CHECKING:
    from alongside.demo.partnership import Partnership


def pytest_configure(config: pytest.Config) -> None:
    from alongside.audit.testing import allow_flush

    allow_flush()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, then those with many: no worker is left alone with a long one while the other waits."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    many = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in slow, -many[item.path]))


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    """Argon2 takes a tenth of a second by design; tests of other things need not pay it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _shipped_packs_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command reads all packs anew, as it must; those of the checkout do not change while tests run."""
    shipped = packs_root()
    monkeypatch.setattr(
        _packs, "load_library", lambda root: shipped_packs() if Path(root) == shipped else load_library(root)
    )


def _build() -> Partnership:
    from alongside.demo.partnership import build_partnership

    return build_partnership(datetime(2026, 1, 1, 9, tzinfo=UTC))


_built = Again(_build)


@pytest.fixture
def partnership(db: None) -> Partnership:
    """The invented partnership of the demonstration, as it stands on 1 January 2026."""
    return _built()
