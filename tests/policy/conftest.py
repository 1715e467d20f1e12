"""The shipped packs, read once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from alongside.policy import Library, load_library
from tests.shipped import shipped_packs


@pytest.fixture(scope="session")
def library() -> Library:
    """The packs of the checkout."""
    return shipped_packs()


SMALL_PACKS = Path(__file__).with_name("packs")


@pytest.fixture(scope="session")
def townley() -> Library:
    """The invented packs of the tests."""
    return load_library(SMALL_PACKS)


@pytest.fixture
def packs_copy(tmp_path: Path) -> Path:
    """The invented packs, to be spoilt."""
    return Path(shutil.copytree(SMALL_PACKS, tmp_path / "packs"))
