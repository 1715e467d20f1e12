"""The file of a backup: one line that says what it is, then the copy, sealed with age (pyrage) for its recipients.

age and no format of ours, so that a copy can be opened on any machine with the program `age`, should Alongside be gone.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

from alongside.keeping.backups.errors import BackupFault

FIRST = b"alongside backup 1 "
LONGEST_LINE = 10_000


def write(path: Path, copy: Path, about: dict[str, Any], recipients: Sequence[str]) -> None:
    """Seal a copy for its recipients (`age1…`) into a new file, for its owner alone. Never over one that is there."""
    keys = [_recipient(one) for one in recipients]
    if not keys:
        raise BackupFault("A backup is sealed for somebody: name a recipient. Nothing was written.")
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        with _new(unfinished) as out, copy.open("rb") as body:
            line = FIRST + json.dumps(about, sort_keys=True).encode() + b"\n"
            pyrage.encrypt_io(io.BufferedReader(_Joined(line, body)), out, keys)
            out.flush()
            os.fsync(out.fileno())
        os.link(unfinished, path)
        _keep_name(path)
    except FileExistsError:
        raise BackupFault(f"{path} is there already. It was left as it is; name another file.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def read(path: Path, into: Path, identity: str) -> dict[str, Any]:
    """Open a backup: the copy goes into a new file, and what it is is told."""
    try:
        with path.open("rb") as sealed, _new(into) as body:
            parted = _Parted(body)
            pyrage.decrypt_io(sealed, parted, [_identity(identity)])
    except (pyrage.DecryptError, OSError) as fault:
        # In the midst of a file pyrage says OSError, without a number: those of the disk have one.
        if isinstance(fault, OSError) and fault.errno:
            raise
        raise BackupFault(
            f"{path.name} does not open with this key, or was altered. Nothing was put back: try the key it was sealed for, or another backup."
        ) from None
    if not parted.line.startswith(FIRST) or not parted.line.endswith(b"\n"):
        raise BackupFault(f"{path.name} is no backup of this version of Alongside. Nothing was put back.")
    about: dict[str, Any] = json.loads(parted.line.removeprefix(FIRST))
    return about


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise BackupFault(
            "A recipient is a line that begins with age1, as `age-keygen` prints it. Nothing was written."
        ) from None


def _identity(text: str) -> Any:
    """The secret key in what `age-keygen` wrote: its lines that are no comment."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError:
        raise BackupFault(
            "The key to open a backup with is a line that begins with AGE-SECRET-KEY-1. Nothing was put back."
        ) from None


def _new(path: Path) -> BinaryIO:
    """A file that was not there, which nobody but its owner reads."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")


def _keep_name(path: Path) -> None:
    """The name is on the disk too, not only what it names."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class _Joined(io.RawIOBase):
    """A line and a file, read as one."""

    def __init__(self, line: bytes, body: BinaryIO) -> None:
        self._line, self._body = io.BytesIO(line), body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._line.read(len(buffer)) or self._body.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


class _Parted(io.RawIOBase):
    """Takes the first line for itself and passes on the rest."""

    def __init__(self, body: BinaryIO) -> None:
        self.line, self._body, self._is_whole = b"", body, False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        if not self._is_whole:
            self.line, end, rest = (self.line + part).partition(b"\n")
            self.line += end
            self._is_whole = bool(end) or len(self.line) > LONGEST_LINE
            self._body.write(rest)
        else:
            self._body.write(part)
        return len(part)
