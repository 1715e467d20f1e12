"""A clean copy of a file, made in a process of its own that knows no secret, writes no file, and has little memory and time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from alongside.uploads.codes import PROBLEMS

CLEANER = Path(__file__).with_name("cleaner.py")
WITHIN = 40  # seconds; the cleaner's own limit of processor time is lower


class NotCleaned(Exception):
    """No clean copy can be made; `code` is one of `codes.PROBLEMS`."""

    def __init__(self, code: str) -> None:
        super().__init__(PROBLEMS[code])
        self.code = code


def clean(data: bytes, media_type: str) -> bytes:
    """The copy that may be given out."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, which takes one word of ours
            [sys.executable, "-I", "-B", str(CLEANER), media_type],
            input=data,
            capture_output=True,
            timeout=WITHIN,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise NotCleaned("took-too-long") from None
    if done.returncode == 0 and done.stdout:
        return done.stdout
    said = done.stderr.decode("ascii", errors="replace").strip().rpartition("\n")[2]
    raise NotCleaned(said if said in PROBLEMS else "took-too-long" if done.returncode < 0 else "damaged")
