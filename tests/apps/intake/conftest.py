"""Notifications to build on."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.demo.partnership import Partnership
from alongside.intake.actions import Received, receive

NOW = datetime(2026, 3, 5, 19, 50, tzinfo=UTC)
EXAMPLES = sorted(Path("examples").glob("*.json"))
Content = dict[str, Any]
Tell = Callable[[Content], Received]


def example(name: str) -> Content:
    """One of the contract's examples."""
    held: Content = json.loads(Path(f"examples/{name}.json").read_text("utf-8"))
    return held


@pytest.fixture
def baby() -> Content:
    """Parents and a baby of eleven months; nobody saw an injury."""
    return example("police-incident-baby")


@pytest.fixture
def tell(partnership: Partnership) -> Tell:
    """Receive a notification as somebody of the agency it comes from."""

    def send(content: Content) -> Received:
        code = content["source"]["agency"]
        by = next(user for user in partnership.users.values() if user.agency.code == code)
        return receive(content=copy.deepcopy(content), by=by, at=NOW)

    return send
