"""Processor time that a site and its database have used: it says the same on a busy machine as on a quiet one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

TICK = os.sysconf("SC_CLK_TCK")


def spent(session: int, database_url: str) -> dict[str, float]:
    """Seconds so far of the site's processes (one session of the system) and of the database's, those that still run."""
    port = urlsplit(database_url).port
    site = database = 0.0
    postmaster = next((pid for pid in _every() if port and _serves(pid, port)), None)
    for pid in _every():
        held = _numbers(pid)
        if held is None:
            continue
        parent, of_session, seconds = held
        if of_session == session:
            site += seconds
        elif postmaster is not None and postmaster in (pid, parent):
            database += seconds
    return {"site": site, "database": database}


def _every() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _serves(pid: int, port: int) -> bool:
    try:
        words = (Path("/proc") / str(pid) / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return words[0].endswith(b"postgres") and b"-p" in words and str(port).encode() in words


def _numbers(pid: int) -> tuple[int, int, float] | None:
    """Parent, session, and seconds with those of children that have ended."""
    try:
        fields = (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    return int(fields[1]), int(fields[3]), sum(map(int, fields[11:15])) / TICK
