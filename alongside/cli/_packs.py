"""Where the packs are and how they are loaded, for every command that decides."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from alongside.policy import Library, PackFaults, PolicyError, load_library

_PACKAGE = Path(__file__).resolve().parent.parent
DAY_OF = ZoneInfo("Europe/London")


def packs_root(given: str | None = None) -> Path:
    """Where the packs are: as given, ALONGSIDE_PACKS, in the installed package, or in the checkout."""
    for path in (given, os.environ.get("ALONGSIDE_PACKS")):
        if path:
            return Path(path)
    inside = _PACKAGE / "packs"
    return inside if inside.is_dir() else _PACKAGE.parent / "packs"


def load(packs: str | None) -> Library:
    """The packs, or every fault and exit 2."""
    try:
        return load_library(packs_root(packs))
    except PackFaults as faults:
        for fault in faults.faults:
            click.echo(str(fault), err=True)
        stop(f"{len(faults.faults)} faults in the packs; nothing was decided")


def stop(message: str) -> NoReturn:
    """Say what is wrong and exit 2."""
    click.echo(f"alongside: {message}", err=True)
    sys.exit(2)


def choices(library: Library, area: str, on: date, settings: Sequence[str]) -> dict[str, Any]:
    """The local choices given with `--set NAME=VALUE`. Raises PolicyError naming what is wrong."""
    chosen: dict[str, Any] = {}
    library.parameters(area, on)  # an unknown area is named before anything else
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise PolicyError(f"--set {setting!r} is not NAME=VALUE")
        value = library.read_setting(area, on, name.strip(), text.strip())
        if chosen.get(name.strip(), value) != value:
            raise PolicyError(f"--set gives {name.strip()} two values")
        chosen[name.strip()] = value
    return chosen


def read_text(path: str) -> str:
    """What a file says, or standard input for -; exit 2 where it cannot be read."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        stop(f"{path}: {error.strerror}")
    except UnicodeDecodeError:
        stop(f"{path}: the facts are not UTF-8")


PACKS = click.option(
    "--packs", metavar="DIR", help="Folder of packs; else ALONGSIDE_PACKS, else the packs that came along."
)
