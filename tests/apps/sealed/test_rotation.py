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
from alongside.sealed.keys import key_id
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
    with monkeypatch.context() as before:
        before.delattr(Note, "owned_by")  # as it was before anybody had a key: sealed with the sealing key itself
        Note.objects.bulk_create([Note(text=f"text {number}") for number in range(7)] + [Note()])


def opened() -> list[str]:
    return sorted(note.text.open() for note in Note.objects.all())[1:]


TEXTS = [f"text {number}" for number in range(7)]


def done() -> dict[str, int]:
    """Rotates; how many of each were sealed or wrapped again."""
    found: dict[str, int] = {}
    for name, count in actions.rotate(by=BY, at=NOW):
        found[name] = found.get(name, 0) + count
    return found


def test_after_rotation_the_new_key_alone_opens_everything(settings: Any) -> None:
    index = blind("x", "y")
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = NEW, (OLD,)
    assert sum(actions.waiting().values()) == 7
    assert done() == {"keys": 0, "sealed.note.text": 7}
    assert actions.waiting() == {}
    assert blind("x", "y") == index
    assert Event.objects.filter(name="sealed.keys_rotated").count() == 3
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = ()
    assert opened() == TEXTS


def test_once_each_has_a_key_only_the_keys_are_wrapped_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "KEYS_AT_ONCE", 3)
    done()
    held = stored()
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = NEW, (OLD,)
    assert actions.waiting() == {key_id(OLD).hex(): 7}
    assert done() == {"keys": 7, "sealed.note.text": 0}
    assert done() == {"keys": 0, "sealed.note.text": 0}
    assert (stored(), actions.waiting()) == (held, {})
    settings.ALONGSIDE_SEALING_KEYS_BEFORE = ()
    assert opened() == TEXTS


def test_an_interrupted_rotation_is_begun_again(settings: Any) -> None:
    settings.ALONGSIDE_SEALING_KEY, settings.ALONGSIDE_SEALING_KEYS_BEFORE = NEW, (OLD,)
    steps = actions.rotate(by=BY, at=NOW)
    assert [next(steps)[0], next(steps)[0]] == ["keys", "sealed.note.text"]
    assert 0 < sum(actions.waiting().values()) < 7
    halfway = set(stored())
    assert 0 < done()["sealed.note.text"] < 7
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
    ran = subprocess.run([sys.executable, "-c", code], env={**os.environ, **held}, capture_output=True, text=True)
    assert ran.stdout.strip() == str((b"k" * 32,))
