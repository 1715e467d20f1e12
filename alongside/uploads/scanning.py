"""The scanner: ClamAV's daemon on this machine, over its socket.

The two commands we need are twenty lines; the client libraries there are bring file scanning and set-up of their own, or date from 2014.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

PIECE = 64 * 1024
CONNECTS_WITHIN, ANSWERS_WITHIN = 2.0, 30.0
LONGEST_ANSWER = 4096


class Away(Exception):
    """The scanner does not answer, or not as it should: then nothing has been looked at."""


@dataclass(frozen=True)
class Scanner:
    """Which scanner it is, and how new its list of what is harmful; None: not known, which is never new enough."""

    name: str
    signatures_on: datetime | None


@contextmanager
def _line() -> Iterator[socket.socket]:
    if not settings.ALONGSIDE_CLAMD:
        raise Away
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.settimeout(CONNECTS_WITHIN)
            line.connect(settings.ALONGSIDE_CLAMD)
            line.settimeout(ANSWERS_WITHIN)
            yield line
    except OSError:
        raise Away from None


def _answer(line: socket.socket) -> str:
    held = b""
    while not held.endswith(b"\0"):
        piece = line.recv(LONGEST_ANSWER)
        if not piece or len(held) > LONGEST_ANSWER:
            raise Away
        held += piece
    return held[:-1].decode("ascii", errors="replace")


def scanner() -> Scanner:
    """`ClamAV 1.4.6/27000/Mon Nov 30 08:24:01 2026`: without a dated list only the first part comes."""
    with _line() as line:
        line.sendall(b"zVERSION\0")
        name, _, rest = _answer(line).partition("/")
    number, _, day = rest.partition("/")
    if not name.startswith("ClamAV"):
        raise Away
    try:
        made = datetime.strptime(" ".join(day.split()), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return Scanner(name[:60], None)
    return Scanner(f"{name}/{number}"[:60], made)


def is_harmful(data: bytes) -> bool:
    """Whether the scanner finds something in these bytes. `Away` for every answer that is neither yes nor no."""
    with _line() as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        said = _answer(line)
    if said == "stream: OK":
        return False
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return True
    raise Away
