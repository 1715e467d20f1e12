"""The site as people run it, for a benchmark: `alongside serve` in processes of its own, on PostgreSQL or SQLite, with everybody in it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processor import spent
from tests.postgres import cluster, free_port

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from alongside.cli import main; main()"]


@dataclass(frozen=True)
class Site:
    """`address` ends without a slash; `loaded` says how many people are known and how long that took."""

    address: str
    data: Path
    environment: dict[str, str]
    loaded: dict[str, Any]
    session: int

    def spent(self) -> dict[str, float]:
        """Seconds of processor time of the site and of its database so far."""
        return spent(self.session, self.environment["DATABASE_URL"])

    def client(self, *arguments: str) -> dict[str, Any]:
        """Run the clients against the site, in a process of their own."""
        files = ["--keys", str(self.data / "keys.json")]
        if "--file" not in arguments:
            files += ["--file", str(self.data / "notifications.jsonl")]
        return ask(["-m", "bench.client", "--address", self.address, *files, *arguments], dict(os.environ))


def ask(arguments: list[str], environment: dict[str, str]) -> dict[str, Any]:
    """Run Python and read the JSON object on its last line; a failure shows everything it said."""
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments[:2])} failed:\n{done.stdout}\n{done.stderr}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@contextmanager
def site(database: str, *, known: int, notifications: int) -> Iterator[Site]:
    """A fresh site on `postgresql` or `sqlite`; everything it started has ended when the block is left."""
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="alongside-bench-")))
        url = stack.enter_context(cluster()) if database == "postgresql" else ""
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("ALONGSIDE_") and name != "DATABASE_URL"
        }
        environment = kept | {
            "ALONGSIDE_DATA": str(data),
            "ALONGSIDE_DEMO": "yes",
            "ALONGSIDE_ADDRESS": address,
            "ALONGSIDE_PORT": str(port),
            "ALONGSIDE_LOG_LEVEL": "WARNING",
            "DATABASE_URL": url,
        }
        subprocess.run([*COMMAND, "migrate"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        load = [
            "-m",
            "bench.population",
            "--known",
            str(known),
            "--notifications",
            str(notifications),
            "--out",
            str(data),
        ]
        loaded = ask(load, environment)
        session = stack.enter_context(_served(address, environment, data / "serve.log"))
        yield Site(address, data, environment, loaded, session)


@contextmanager
def served(there: Site, more: dict[str, str]) -> Iterator[str]:
    """The same site once more, on a port of its own, with `more` in its environment; yields its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    own = {"ALONGSIDE_ADDRESS": address, "ALONGSIDE_PORT": str(port), "PYTHONPATH": str(ROOT)}
    with _served(address, there.environment | own | more, there.data / "serve-again.log"):
        yield address


@contextmanager
def _served(address: str, environment: dict[str, str], log: Path) -> Iterator[int]:
    """The site, in a session of its own; yields the session's id."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, "serve"], env=environment, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _wait(address, process, log)
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/account/sign-in/", timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the site did not start:\n{log.read_text()}")
