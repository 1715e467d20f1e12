"""The shipped packs, read once."""

from __future__ import annotations

import pytest

from alongside.cli.policy import packs_root
from alongside.policy import Library, load_library


@pytest.fixture(scope="session")
def library() -> Library:
    """The packs of the checkout."""
    return load_library(packs_root())
