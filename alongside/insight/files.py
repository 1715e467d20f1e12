"""The file of a set of cases, and how far it is: in a folder of the installation that the service alone can read."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

STALE = 180.0  # seconds without a word from whoever writes it


@dataclass(frozen=True)
class Progress:
    """How many cases are written, and whether anybody has been heard of lately; `count` is None before it is begun."""

    count: int | None
    is_heard: bool


def path_of(pk: UUID) -> Path:
    """Where the file is, or will be."""
    return _folder() / f"{pk}.parquet"


def note(pk: UUID, count: int) -> None:
    """Say how far it is."""
    _noted(pk).write_text(str(count), "utf-8")


def progress(pk: UUID, asked_seconds_ago: float) -> Progress:
    """How far it is, for whoever waits."""
    try:
        told, since = int(_noted(pk).read_text("utf-8") or 0), time.time() - _noted(pk).stat().st_mtime
    except (OSError, ValueError):
        return Progress(None, asked_seconds_ago < STALE)
    return Progress(told, since < STALE)


def drop(pk: UUID) -> None:
    """Remove the file, and what was said of its progress."""
    path_of(pk).unlink(missing_ok=True)
    _noted(pk).unlink(missing_ok=True)


def tidy(kept: Iterable[UUID]) -> None:
    """Remove whatever is not of these sets: what a process that was killed left behind is about people too."""
    names = {path.name for pk in kept for path in (path_of(pk), _noted(pk))}
    for path in _folder().iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name not in names:
            path.unlink()


def _noted(pk: UUID) -> Path:
    return _folder() / f"{pk}.progress"


def _folder() -> Path:
    folder: Path = settings.ALONGSIDE_DATA / "cases-to-replay"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
