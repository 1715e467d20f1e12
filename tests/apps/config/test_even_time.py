"""A look-up is held back to the next full step, whatever it found and however long it took; nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from alongside.cases.models import Case
from alongside.config import even_time
from tests.apps.people.test_search import AMINA

SignIn = Callable[[str], Client]


@pytest.fixture
def waited(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, with a clock that goes on by a tenth of a second at each look."""
    ticks, found = iter(range(1, 1000)), []
    monkeypatch.setattr(even_time, "monotonic", lambda: next(ticks) / 10)
    monkeypatch.setattr(even_time, "sleep", found.append)
    return found


def test_a_look_up_waits_for_the_full_step(case: Case, at_desk: SignIn, waited: list[float], settings: Any) -> None:
    settings.ALONGSIDE_LOOK_UP_MS = 250
    client = at_desk("idva")
    client.post("/search/", AMINA)
    client.post("/search/", AMINA | {"given_name": "Nobodya", "family_name": "Atallson"})
    assert waited == pytest.approx([0.15, 0.15])


def test_longer_than_a_step_it_waits_for_the_next(
    case: Case, at_desk: SignIn, waited: list[float], settings: Any
) -> None:
    settings.ALONGSIDE_LOOK_UP_MS = 80
    at_desk("idva").post("/search/", AMINA)
    assert waited == pytest.approx([0.06])


def test_nothing_else_waits_and_it_can_be_switched_off(
    case: Case, at_desk: SignIn, waited: list[float], settings: Any
) -> None:
    settings.ALONGSIDE_LOOK_UP_MS = 250
    client = at_desk("officer")
    client.get("/search/")
    client.get(f"/cases/{case.reference}/")
    client.get("/nowhere/at/all/")
    settings.ALONGSIDE_LOOK_UP_MS = 0
    client.post("/search/", AMINA)
    assert waited == []
