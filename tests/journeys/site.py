"""The site as people run it: the command `alongside serve`, its database and its demonstration, in processes of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import free_port
from tests.sweeps.source import ROOT

COMMAND = [sys.executable, "-c", "from alongside.cli import main; main()"]


@dataclass(frozen=True)
class Site:
    """`address` ends without a slash; `environment` is what the site's processes run with."""

    address: str
    environment: dict[str, str]
    data: Path

    def run(self, *arguments: str, expect: int = 0, text: str | None = None) -> str:
        """Run `alongside ARGUMENTS` against the same database; its output, or a failure that shows everything."""
        done = subprocess.run(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=ROOT,
            input=text,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == expect, (
            f"alongside {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        )
        return done.stdout


@contextmanager
def running(data: Path, *, database_url: str = "", demo: bool = True) -> Iterator[Site]:
    """A fresh site in the folder `data`; with `demo`, the invented partnership is in it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("ALONGSIDE_") and name != "DATABASE_URL"
    }
    environment = kept | {
        "ALONGSIDE_DATA": str(data),
        "ALONGSIDE_DEMO": "yes" if demo else "no",
        "ALONGSIDE_WORKERS": "1",
        "ALONGSIDE_LOG_LEVEL": "WARNING",
        **({"DATABASE_URL": database_url} if database_url else {}),
    }
    site = Site(*_at(free_port(), environment), data)
    site.run("migrate")
    if demo:
        site.run("demo", "--prepare")
    with served(site):
        yield site


@contextmanager
def beside(site: Site, **settings: str) -> Iterator[Site]:
    """The same site and database served a second time, at an address of its own, with other settings."""
    with served(Site(*_at(free_port(), site.environment | settings), site.data)) as other:
        yield other


def _at(port: int, environment: dict[str, str]) -> tuple[str, dict[str, str]]:
    address = f"http://127.0.0.1:{port}"
    return address, environment | {"ALONGSIDE_ADDRESS": address, "ALONGSIDE_PORT": str(port)}


@contextmanager
def served(site: Site) -> Iterator[Site]:
    """The command `alongside serve`, until it is needed no more."""
    log = site.data / f"serve-{site.address.rpartition(':')[2]}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, "serve"], env=site.environment, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _wait_until_it_answers(site, process, log)
            yield site
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=30)


def _wait_until_it_answers(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the site did not start:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{site.address}/account/sign-in/", timeout=5):
                return
        except OSError:  # refused, reset, or too slow yet
            time.sleep(0.1)
    raise RuntimeError(f"the site does not answer:\n{log.read_text()}")
