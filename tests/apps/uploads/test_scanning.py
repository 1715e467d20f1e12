"""The scanner is a real one: what it finds harmful nobody opens, and while it cannot say nobody opens anything."""

from __future__ import annotations

import socket
import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alongside.uploads import checking, scanning
from alongside.uploads.codes import JPEG, PDF, PNG, TEXT
from tests.apps.partnership import NOW
from tests.apps.uploads import made
from tests.clamav import HARMFUL

BEHIND = b"\n" + HARMFUL + b"\n"


def test_the_scanner_says_how_new_its_list_is(scanner: str) -> None:
    said = scanning.scanner()
    assert said.name.startswith("ClamAV ") and said.name.endswith("/27000")
    assert said.signatures_on is not None and abs(said.signatures_on - (NOW - timedelta(days=1))) < timedelta(hours=2)


@pytest.mark.parametrize(
    ("data", "kind"),
    [(made.jpeg(), JPEG), (made.png(), PNG), (made.pdf(), PDF), (b"A letter.", TEXT)],
    ids=["jpeg", "png", "pdf", "text"],
)
def test_what_is_harmful_is_found_in_every_kind(scanner: str, data: bytes, kind: str) -> None:
    assert checking.look(data, kind, NOW).copy is not None
    found = checking.look(data + BEHIND, kind, NOW)
    assert (found.problem, found.is_settled, found.copy) == ("malware", True, None)


def test_a_large_file_is_looked_at_to_its_end(scanner: str) -> None:
    assert scanning.is_harmful(bytes(19_000_000) + BEHIND)
    assert not scanning.is_harmful(bytes(19_000_000))


@pytest.mark.parametrize(
    "age", [timedelta(days=7, hours=2), timedelta(days=-2), None], ids=["old", "future", "unknown"]
)
def test_an_old_list_settles_nothing(scanner: str, monkeypatch: pytest.MonkeyPatch, age: timedelta | None) -> None:
    made_on = None if age is None else NOW - age
    monkeypatch.setattr(scanning, "scanner", lambda: scanning.Scanner("ClamAV 1.4.6", made_on))
    looked = checking.look(b"A letter.", TEXT, NOW)
    assert (looked.problem, looked.is_settled, looked.copy) == ("signatures-old", False, None)


@pytest.mark.parametrize("made_on", [NOW - timedelta(days=7), NOW])
def test_up_to_seven_days_is_new_enough(made_on: datetime) -> None:
    assert checking.is_new_enough(made_on, NOW)


@pytest.mark.parametrize("where", ["", "/nowhere/clamd.ctl"])
def test_a_scanner_that_is_not_there_settles_nothing(settings: Any, where: str) -> None:
    settings.ALONGSIDE_CLAMD = where
    looked = checking.look(b"A letter.", TEXT, NOW)
    assert (looked.problem, looked.is_settled, looked.copy) == ("scanner-away", False, None)


@pytest.mark.parametrize("says", [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"OK\0"])
def test_only_a_clear_word_counts(says: bytes, tmp_path: Path, settings: Any) -> None:
    """A daemon that dies, or answers with anything else, has not said that a file is clean."""
    settings.ALONGSIDE_CLAMD = str(tmp_path / "ctl")
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(settings.ALONGSIDE_CLAMD)
        door.listen(1)

        def once() -> None:
            line, _ = door.accept()
            with line:
                line.recv(1 << 16)
                line.sendall(says)

        thread = threading.Thread(target=once)
        thread.start()
        with pytest.raises(scanning.Away):
            scanning.is_harmful(b"A letter.")
        thread.join()
