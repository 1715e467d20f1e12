"""What the numbers were measured on."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.postgres import program


def machine() -> dict[str, str]:
    """Processor, memory, programs, commit and day, in words."""
    kept = subprocess.run(["git", "status", "--porcelain", "--", "alongside", "packs"], capture_output=True, text=True)
    return {
        "date": f"{datetime.now(UTC):%-d %B %Y}",
        "commit": _said("git", "rev-parse", "--short", "HEAD")
        + (", with changes not committed" if kept.stdout else ""),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": f"{_kilobytes('MemTotal') / 2**20:.0f} GB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "PostgreSQL": _said(program("postgres"), "--version").split()[-1].strip("()"),
        "SQLite": _said_by_sqlite(),
        "load before": " ".join(f"{one:.1f}" for one in os.getloadavg()) + " (1, 5, 15 minutes)",
    }


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout.strip() or "not known"


def _said_by_sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "a processor that does not say what it is"


def _kilobytes(name: str) -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
