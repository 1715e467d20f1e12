"""A real ClamAV daemon for the time of a test run, with one signature of our own and no other: nothing is fetched, nothing harmful is held."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

# What the daemon calls harmful, as EICAR's test file is for the real list: harmless, and in nothing else.
HARMFUL = b"ALONGSIDE-SCANNER-TEST-FILE:THIS-HARMS-NOBODY:6c1d2f"
CONF = """
DatabaseDirectory {home}/lists
LocalSocket {home}/clamd.ctl
LocalSocketMode 600
Foreground yes
LogFile {home}/clamd.log
MaxThreads 2
StreamMaxLength 25M
AlertExceedsMax yes
SelfCheck 86400
"""


class NoClamav(RuntimeError):
    """The daemon is not on this machine; the message says what to install."""


def _program() -> str:
    found = shutil.which("clamd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        raise NoClamav("clamd is not installed: sudo apt-get install clamav-daemon")
    return found


def _list(made_on: datetime) -> bytes:
    """An unsigned daily list that holds one signature, with its header of 512 bytes."""
    day = made_on.strftime("%d %b %Y %H-%M +0000")
    header = f"ClamAV-VDB:{day}:27000:1:90:X:X:tests:{int(made_on.timestamp())}"
    signature = f"Alongside.Test:0:*:{HARMFUL.hex()}\n".encode()
    info = f"{header}\ndaily.ndb:{len(signature)}:{hashlib.sha256(signature).hexdigest()}\n".encode()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", format=tarfile.USTAR_FORMAT) as held:
        for name, data in (("COPYING", b"ours\n"), ("daily.info", info), ("daily.ndb", signature)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            held.addfile(entry, io.BytesIO(data))
    return header.ljust(512).encode() + packed.getvalue()


@contextmanager
def daemon(made_on: datetime) -> Iterator[str]:
    """Yield the socket of a running daemon whose list was made at a moment; stop it after."""
    home = Path(tempfile.mkdtemp(prefix="alongside-clamd-"))
    (home / "lists").mkdir()
    (home / "lists" / "daily.cud").write_bytes(_list(made_on))
    (home / "clamd.conf").write_text(CONF.format(home=home))
    process = subprocess.Popen(
        [_program(), f"--config-file={home / 'clamd.conf'}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(process, home)
        yield str(home / "clamd.ctl")
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], home: Path) -> None:
    for _ in range(300):
        if (home / "clamd.ctl").exists():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    log = home / "clamd.log"
    raise RuntimeError(f"clamd did not start: {log.read_text() if log.exists() else 'no log'}")
