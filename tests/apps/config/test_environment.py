"""Settings from the environment: refused when unclear, keys made once, the database durable."""

from __future__ import annotations

import logging
import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from alongside.config import env
from alongside.config.database import WAL_IS_SAFE_FROM, database
from alongside.config.keys import decoded, key_bytes, key_text
from alongside.config.logs import LineFormatter, NoPersonalData
from tests.sweeps.source import ROOT


def test_a_flag_is_yes_or_no(monkeypatch: pytest.MonkeyPatch) -> None:
    for text, value in (("yes", True), ("No", False), ("", False), ("1", True)):
        monkeypatch.setenv("ALONGSIDE_DEMO", text)
        assert env.flag("ALONGSIDE_DEMO") is value
    monkeypatch.setenv("ALONGSIDE_DEMO", "perhaps")
    with pytest.raises(env.SettingError, match="ALONGSIDE_DEMO is 'perhaps'; say yes or no"):
        env.flag("ALONGSIDE_DEMO")


def test_a_number_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALONGSIDE_PORT", "eight")
    with pytest.raises(env.SettingError, match="ALONGSIDE_PORT"):
        env.number("ALONGSIDE_PORT")


def test_a_setting_nobody_declared_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        env.text("ALONGSIDE_NO_SUCH_THING")


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALONGSIDE_AUDIT_KEY", raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: key_text("ALONGSIDE_AUDIT_KEY", tmp_path), range(40)))
    assert len(keys) == 1
    assert stat.S_IMODE((tmp_path / "audit-key").stat().st_mode) == 0o600
    assert len(key_bytes("ALONGSIDE_AUDIT_KEY", tmp_path)) == 32
    assert sorted(path.name for path in tmp_path.iterdir()) == ["audit-key"]


def test_a_key_out_of_form_is_refused_without_being_shown() -> None:
    for text in ("not base64!", "c2hvcnQ="):
        with pytest.raises(env.SettingError) as fault:
            decoded(text, "ALONGSIDE_AUDIT_KEY")
        assert text not in str(fault.value)


def test_sqlite_keeps_what_it_acknowledged(tmp_path: Path) -> None:
    chosen = database("", tmp_path)
    pragmas = chosen["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in pragmas
    assert "secure_delete=ON" in pragmas
    assert chosen["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert ("journal_mode=WAL" in pragmas) is (sqlite3.sqlite_version_info >= WAL_IS_SAFE_FROM)


def test_an_address_names_postgres(tmp_path: Path) -> None:
    chosen = database("postgresql://a:b@db.internal/alongside", tmp_path)
    assert chosen["ENGINE"] == "django.db.backends.postgresql"
    assert chosen["CONN_HEALTH_CHECKS"] is True


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ALONGSIDE_") and name != "DATABASE_URL"
    }
    return subprocess.run(
        [sys.executable, "-c", code], env=kept | environment, cwd=ROOT, capture_output=True, text=True
    )


DEPLOYED = "import django; django.setup(); from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"


def test_a_real_installation_passes_every_check(tmp_path: Path) -> None:
    done = run(
        DEPLOYED,
        DJANGO_SETTINGS_MODULE="alongside.config.settings",
        ALONGSIDE_DATA=str(tmp_path),
        ALONGSIDE_ADDRESS="https://alongside.example",
        ALONGSIDE_HOSTS="alongside.example",
        ALONGSIDE_SECRET_KEY="k" * 25 + "abcdefghijklmnopqrstuvwxyz0123456789",
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_https_makes_cookies_the_hosts_own(tmp_path: Path) -> None:
    code = "from alongside.config import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT)"
    secure = run(code, ALONGSIDE_DATA=str(tmp_path), ALONGSIDE_ADDRESS="https://alongside.example")
    assert secure.stdout.split() == ["__Host-session", "__Host-csrf", "True", "True"]
    plain = run(code, ALONGSIDE_DATA=str(tmp_path))
    assert plain.stdout.split() == ["session", "csrf", "False", "False"]


def test_a_log_line_holds_nothing_typed() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, "f.py", 1, "Not Found: %s", ("/search/?name=Amara",), None
    )
    assert NoPersonalData().filter(record)
    assert LineFormatter().format(record).endswith("WARNING django.request Not Found: /search/")


def test_a_log_line_is_one_line_and_says_its_moment_in_utc() -> None:
    typed = "/a\nWARNING nobody signed in\r\x1b[31m\u2028\u202ehidden"
    record = logging.LogRecord("django.request", logging.WARNING, "f.py", 1, "Not Found: %s", (typed,), None)
    record.created, record.msecs = 1_790_000_000.25, 250
    assert NoPersonalData().filter(record)
    line = LineFormatter().format(record)
    assert line.startswith("2026-09-21T14:13:20.250Z WARNING django.request Not Found: /a WARNING nobody")
    assert line.isprintable()


def test_logs_go_to_standard_error_and_nowhere_else() -> None:
    from django.conf import settings

    assert {name: one["class"] for name, one in settings.LOGGING["handlers"].items()} == {
        "console": "logging.StreamHandler"
    }
    assert settings.ADMINS == []


def test_a_logged_fault_is_its_kind_and_place_without_its_words() -> None:
    try:
        raise ValueError("Amara Hussain, 14 Elm Road")
    except ValueError:
        text = LineFormatter().formatException(sys.exc_info())
    assert text.startswith("builtins.ValueError\n")
    assert "Amara" not in text
    assert "test_environment.py" in text
