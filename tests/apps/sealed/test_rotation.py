"""Changing the key: everything is sealed again, an interruption does no harm, the index stays."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from alongside.audit.api import SystemActor
from alongside.audit.models import Event
from alongside.sealed import actions
from alongside.sealed.errors import WrongPlace
from alongside.sealed.index import blind
from tests.apps.sealed.conftest import Note, stored

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BY = SystemActor("key-rotation")
OLD, NEW = b"o" * 32, b"n" * 32


@pytest.fixture(autouse=True)
def _only_the_note(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def fields() -> Iterator[tuple[Any, Any]]:
        yield Note, Note._meta.get_field("text")

    monkeypatch.setattr(actions, "sealed_fields", fields)
    monkeypatch.setattr(actions, "BATCH", 3)
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = OLD, ()
    Note.objects.bulk_create([Note(text=f"text {number}") for number in range(7)] + [Note()])


def test_after_rotation_the_new_key_alone_opens_everything(settings: Any) -> None:
    index = blind("x", "y")
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = NEW, (OLD,)
    assert sum(actions.waiting().values()) == 7
    assert sum(done for _, done in actions.rotate(by=BY, at=NOW)) == 7
    assert actions.waiting() == {}
    assert blind("x", "y") == index
    assert Event.objects.filter(name="sealed.keys_rotated").count() == 3
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = ()
    assert sorted(note.text.open() for note in Note.objects.all())[1:] == [f"text {number}" for number in range(7)]


def test_an_interrupted_rotation_is_begun_again(settings: Any) -> None:
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = NEW, (OLD,)
    next(iter(actions.rotate(by=BY, at=NOW)))
    assert 0 < sum(actions.waiting().values()) < 7
    halfway = set(stored())
    assert sum(done for _, done in actions.rotate(by=BY, at=NOW)) < 7
    assert actions.waiting() == {}
    assert halfway & set(stored()), "what was done before the interruption was done again"


def test_without_the_old_key_nothing_is_lost(settings: Any) -> None:
    before = stored()
    settings.ALONGSIDE_SEALING_KEY = NEW
    with pytest.raises(WrongPlace, match="key that is not here"):
        list(actions.rotate(by=BY, at=NOW))
    assert stored() == before


def test_keys_of_before_are_read_from_the_environment(tmp_path: Path) -> None:
    held = {"ALONGSIDE_DATA": str(tmp_path), "ALONGSIDE_SEALING_KEYS_BEFORE": b64encode(b"k" * 32).decode()}
    code = "from alongside.config import settings; print(settings.ALONGSIDE_SEALING_KEYS_BEFORE)"
    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, **held}, capture_output=True, text=True)
    assert done.stdout.strip() == str((b"k" * 32,))
