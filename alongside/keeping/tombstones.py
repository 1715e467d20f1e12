"""The list of who was erased, in a file outside the database and its backups: ids alone, each line signed.

A copy of the database from before brings the erased back; whatever puts one in place erases them again from this list. Keep it
where backups are not, and keep copies: without it an older copy undoes what was promised.
"""

from __future__ import annotations

import hmac
import json
import os
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from alongside.audit import chain
from alongside.audit.errors import AuditError
from alongside.sealed.models import Owner


class BadTombstone(AuditError):
    """The list of the erased cannot be read, or was altered: nothing is started on it."""


def read(path: Path) -> list[Owner]:
    """Who was erased; nobody where there is no list yet. BadTombstone with the line that is not as it was written."""
    if not path.exists():
        return []
    found = []
    for number, line in enumerate(path.read_text("ascii", errors="replace").splitlines(), start=1):
        try:
            row = json.loads(line)
            kind, pk, _ = json.loads(row["erased"])
            good = hmac.compare_digest(_sign(row["erased"]), row["mac"])
            owner = Owner(str(kind), UUID(pk))
        except (ValueError, KeyError, TypeError):
            good = False
        if not good:
            raise BadTombstone(f"{path.name}, line {number}: not as it was written, or another key")
        found.append(owner)
    return found


def keep(path: Path, erased: Iterable[tuple[Owner, datetime]]) -> int:
    """Add those that are not on the list; on the disk when this returns. How many."""
    there = set(read(path))
    fresh = [(owner, on) for owner, on in erased if owner not in there]
    if fresh:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        before = path.read_text("ascii") if path.exists() else ""
        _write(path, before + "".join(map(_line, fresh)))
    return len(fresh)


def _line(one: tuple[Owner, datetime]) -> str:
    owner, on = one
    said = chain.canonical([owner.kind, str(owner.id), on.astimezone(UTC).isoformat(timespec="seconds")])
    return chain.canonical({"erased": said, "mac": _sign(said)}) + "\n"


def _write(path: Path, text: str) -> None:
    """The whole list or the one before: a power cut leaves no half line. Who writes at the same moment is written again from the database."""
    handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    Path(fresh).replace(path)


def _sign(said: str) -> str:
    return hmac.digest(chain.key(), f"erased\n{said}".encode(), "sha256").hex()
