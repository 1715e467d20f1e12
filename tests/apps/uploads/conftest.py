"""A scanner that runs, once for all tests of files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.apps.partnership import NOW
from tests.clamav import daemon


@pytest.fixture(scope="session")
def running_scanner() -> Iterator[str]:
    with daemon(NOW - timedelta(days=1)) as socket:
        yield socket


@pytest.fixture
def scanner(running_scanner: str, settings: Any) -> str:
    """The scanner is there, with a list of yesterday."""
    settings.ALONGSIDE_CLAMD = running_scanner
    return running_scanner


@pytest.fixture(autouse=True)
def _address_of_files(settings: Any) -> None:
    settings.ALONGSIDE_FILES_ADDRESS = "http://files.localhost:8000"
