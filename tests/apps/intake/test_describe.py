"""The page about notifications says every field, and is as the code makes it."""

from __future__ import annotations

import hashlib
import subprocess
import sys

from alongside.intake.describe import MEANINGS, fields
from alongside.intake.structure import schema


def test_every_field_has_its_meaning_and_no_meaning_lacks_its_field() -> None:
    assert {field.path for field in fields()} == set(MEANINGS)
    assert len(MEANINGS) > 80


def test_the_page_is_as_the_code_makes_it() -> None:
    done = subprocess.run([sys.executable, "docs/generate_notification.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_schema_is_the_contracts() -> None:
    """Version 1 is fixed: other systems rely on it."""
    import json

    canonical = json.dumps(schema(), sort_keys=True).encode()
    assert hashlib.sha256(canonical).hexdigest() == "e1a32bdf6b09e492a6bd126693c0dea00ac80ba74ed426bb474e4b08edfd6cf4"
