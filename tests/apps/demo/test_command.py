"""`alongside demo` as it is typed: its own folder, its own port, nothing of a real installation, and a clean end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from alongside.demo import accounts
from tests.postgres import free_port
from tests.sweeps.source import ROOT

pytestmark = pytest.mark.slow
COMMAND = [sys.executable, "-c", "from alongside.cli import main; main()", "demo"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment(**more: str) -> dict[str, str]:
    """This process's, with nothing of Alongside's settings in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    return kept | {"PYTHONPATH": str(ROOT), "ALONGSIDE_WORKERS": "1"} | more


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def command(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*COMMAND, *arguments],
            cwd=tmp_path,
            env=environment(**settings),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return command


@pytest.fixture
def started(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    port = free_port()
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port)],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    process.address = f"http://127.0.0.1:{port}"  # type: ignore[attr-defined]
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def wait_until_it_answers(address: str) -> str:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/account/sign-in/", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the demonstration does not answer")


def test_it_serves_says_how_to_sign_in_and_ends_with_ctrl_c(started: subprocess.Popen[str]) -> None:
    page = wait_until_it_answers(started.address)  # type: ignore[attr-defined]
    assert "police-officer@demo.example" in page
    os.killpg(started.pid, signal.SIGINT)
    said, _ = started.communicate(timeout=60)
    assert "Invented people only" in said
    assert accounts.PASSWORD in said
    for account in accounts.accounts():
        assert account.email in said
    assert started.address in said  # type: ignore[attr-defined]
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.killpg(started.pid, 0)


def test_what_is_done_is_kept_until_it_is_forgotten(run: Run, tmp_path: Path) -> None:
    assert "is prepared" in run("--prepare").stdout
    assert (tmp_path / "demo-data" / "alongside.sqlite3").exists()
    assert "prepared already" in run("--prepare").stdout
    (tmp_path / "demo-data" / "something").write_text("kept")
    assert (tmp_path / "demo-data" / "something").exists()
    again = run("--prepare", "--fresh")
    assert "is prepared" in again.stdout, again.stderr
    assert not (tmp_path / "demo-data" / "something").exists()


def test_fresh_removes_nothing_that_is_not_a_demonstrations(run: Run, tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    (real / "alongside.sqlite3").write_bytes(b"")
    refused = run("--prepare", "--fresh", ALONGSIDE_DATA=str(real))
    assert refused.returncode == 1
    assert "nothing was removed" in refused.stderr
    assert (real / "alongside.sqlite3").exists()


def test_a_database_that_may_be_real_is_refused(run: Run, tmp_path: Path) -> None:
    refused = run("--prepare", DATABASE_URL="postgresql://localhost/real")
    assert refused.returncode == 1
    assert "never touches one that may hold real people" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_said(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run("--port", str(port))
    assert refused.returncode == 1
    assert f"Port {port} is taken" in refused.stderr


def test_notifications_are_written_one_a_line(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "told.jsonl"
    done = run(
        "notifications", "--count", "25", "--agency", "west-midlands-police", "--area", "coventry", "--out", str(out)
    )
    assert done.returncode == 0, done.stderr
    told = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(told) == 25
    assert {(one["source"]["agency"], one["area"]) for one in told} == {("west-midlands-police", "coventry")}
    refused = run("notifications", "--agency", "nobody")
    assert refused.returncode == 1
    assert "There is no agency" in refused.stderr


def test_people_are_loaded_with_a_count(run: Run) -> None:
    done = run("people", "--count", "200")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.split()[0].replace(",", "")) >= 200
