"""The named tests of a mutant, in the copy, on one database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)
PASSED, SAW_IT = 0, 1  # exit codes of pytest; any other is no answer (nothing collected, a fault of its own)
DATABASES = {"sqlite": "sqlite", "postgresql": "postgres"}
LONGEST = 900


@dataclass(frozen=True)
class Run:
    """How the tests ended: `code` is pytest's, `failed` the tests that failed, `seconds` how long it took."""

    code: int
    failed: tuple[str, ...]
    seconds: float
    words: str


def run(project: Path, tests: Iterable[str], engine: str, *, on: str, stop: bool = True) -> Run:
    """Run tests in a copy of the project, on a database that is ready ("" makes one); with `stop` until the first that fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "--no-header", *sorted(tests)]
    command += ["-x"] if stop else []
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ALONGSIDE_")}
    environment |= {"ALONGSIDE_TEST_DATABASE": DATABASES[engine], "PYTHONPATH": str(project), "TESTS_ON": on}
    begun = time.monotonic()
    try:
        done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return Run(-1, (), time.monotonic() - begun, "it did not end")
    failed = tuple(dict.fromkeys(FAILED.findall(done.stdout)))
    return Run(done.returncode, failed, time.monotonic() - begun, done.stdout[-3000:] + done.stderr[-2000:])
