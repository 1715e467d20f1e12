"""How long a command takes, and the most memory it holds with everything it starts."""

from __future__ import annotations

import re
import resource
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

EVERY = 0.25  # seconds


def measured(command: Sequence[str]) -> dict[str, float]:
    """Seconds on the clock and of the processors, and megabytes: memory shared by processes counts once. Stops the run if it fails."""
    before, start = _processors(), time.perf_counter()
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0.0
    while running.poll() is None:
        most = max(most, _held(running.pid))
        time.sleep(EVERY)
    seconds = time.perf_counter() - start
    if running.returncode:
        raise SystemExit(f"{' '.join(command)}:\n{running.stderr.read().decode() if running.stderr else ''}")
    return {
        "seconds": round(seconds, 1),
        "processor": round(_processors() - before, 1),
        "megabytes": round(most / 1024),
    }


def _processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _held(pid: int) -> float:
    """Kilobytes of a process and all it started."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+)", told, re.M)
    return (float(found[1]) if found else 0.0) + sum(_held(int(child)) for child in children)
