"""Where the packs are and how they are loaded, for every command that decides."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from alongside.policy import Library, PackFaults, load_library

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


PACKS = click.option(
    "--packs", metavar="DIR", help="Folder of packs; else ALONGSIDE_PACKS, else the packs that came along."
)
