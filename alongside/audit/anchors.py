"""Heads of the chains written to a file kept elsewhere, so that an end cut off the database is missed."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from alongside.audit import chain
from alongside.audit.errors import AuditError
from alongside.audit.models import ChainHead


class BadAnchor(AuditError):
    """The anchor file cannot be read or was altered."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where one chain ended at one moment."""

    chain: str
    seq: int
    mac: str


SHORTEST = 16  # hexadecimal digits of a mac that are enough on paper: nobody finds another event with the same


def heads() -> list[Anchor]:
    """Where every chain ends now."""
    return [Anchor(*row) for row in ChainHead.objects.order_by("chain").values_list("chain", "seq", "mac")]


def on_paper(anchor: Anchor) -> str:
    """The beginning of the mac in groups of four, to be printed, kept and typed again."""
    return " ".join(anchor.mac[place : place + 4] for place in range(0, SHORTEST, 4))


def from_paper(name: str, seq: int, code: str) -> Anchor:
    """What was printed, typed again; BadAnchor when it is too short to prove anything, or no code."""
    mac = "".join(code.split()).lower()
    if len(mac) < SHORTEST or mac.strip("0123456789abcdef"):
        raise BadAnchor(f"{name} {seq}: the code has {SHORTEST} digits, 0 to 9 and a to f")
    return Anchor(name, seq, mac)


def write(path: Path, *, at: datetime) -> int:
    """Append the present heads to the file, one signed JSON line for each chain; returns how many."""
    secret = chain.key()
    ends = heads()
    with path.open("a", encoding="utf-8") as out:
        for one in ends:
            said = chain.canonical([one.chain, one.seq, one.mac, at.astimezone(UTC).isoformat(timespec="seconds")])
            out.write(chain.canonical({"anchor": said, "mac": _sign(secret, said)}) + "\n")
    return len(ends)


def read(path: Path) -> Iterator[Anchor]:
    """Every anchor of the file; BadAnchor with the line number when one is not as it was written."""
    secret = chain.key()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadAnchor(f"{path.name}: {error}") from None
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line)
            said, mac = row["anchor"], row["mac"]
            good = hmac.compare_digest(_sign(secret, said), mac)
            name, seq, head, _ = json.loads(said)
        except (ValueError, KeyError, TypeError, AttributeError):
            good = False
        if not good:
            raise BadAnchor(f"{path.name}, line {number}: not as it was written, or another key")
        yield Anchor(name, int(seq), head)


def _sign(secret: bytes, said: str) -> str:
    return hmac.digest(secret, f"anchor\n{said}".encode(), "sha256").hex()
