"""`alongside audit`: what an auditor types and reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connection

from alongside.audit import triggers
from alongside.cli.audit import audit
from tests.apps.audit.conftest import POLICE, note_something

pytestmark = pytest.mark.django_db


def typed(*words: str) -> Result:
    return CliRunner().invoke(audit, words)


def test_a_whole_trail() -> None:
    note_something(by=POLICE)
    result = typed("verify")
    assert result.exit_code == 0
    assert "west-midlands-police: 1 events hold" in result.output
    assert "2 events in 2 chains: whole" in result.output


def test_an_empty_trail_is_whole() -> None:
    assert "0 events in 0 chains: whole" in typed("verify").output


def test_a_broken_trail_names_the_place_and_fails() -> None:
    for _ in range(3):
        note_something(by=POLICE)
    with triggers.lifted(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'x' WHERE chain = %s AND seq = 2", [POLICE.audit_chain])
    result = typed("verify")
    assert result.exit_code == 1
    assert "BROKEN west-midlands-police at 2: changed" in result.output
    assert "NOT whole" in result.output


def test_a_missing_trigger_fails() -> None:
    with triggers.lifted(connection):
        result = typed("verify")
    assert result.exit_code == 1 and "MISSING trigger audit_event_" in result.output


def test_anchor_and_verify_against_it(tmp_path: Path) -> None:
    file = tmp_path / "heads.jsonl"
    note_something(by=POLICE)
    assert "2 chains anchored" in typed("anchor", "--file", str(file)).output
    assert typed("verify", "--anchor", str(file)).exit_code == 0
    file.write_text(file.read_text().replace("police", "nobody"))
    refused = typed("verify", "--anchor", str(file))
    assert refused.exit_code == 1 and "line 2: not as it was written" in refused.output
    missing = typed("anchor", "--file", str(tmp_path / "no" / "folder"))
    assert missing.exit_code == 1 and "No such file" in missing.output


def test_heads_for_paper_are_typed_again() -> None:
    note_something(by=POLICE)
    printed = typed("heads").output
    line = next(one for one in printed.splitlines() if one.startswith(POLICE.audit_chain))
    name, number, code = line.split("  ")
    assert typed("verify", "--head", name, number, code).exit_code == 0
    other = typed("verify", "--head", name, number, code.replace(code[0], "0" if code[0] != "0" else "1"))
    assert other.exit_code == 1 and "not the event that was anchored" in other.output
    short = typed("verify", "--head", name, number, "12ab")
    assert short.exit_code == 1 and "16 digits" in short.output
