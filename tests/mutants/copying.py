"""A copy of the project in which a file may be changed, thrown away afterwards; the checkout itself is never touched."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.mutants.table import ROOT, Mutant

LINKED = (".venv", "node_modules")
LEFT_OUT = (*LINKED, ".git", "build", "dist", "docs", "test-results", "*_cache", "__pycache__", "bench")


@contextmanager
def copy() -> Iterator[Path]:
    """The project as it stands, with what is installed linked."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        made = Path(folder) / "project"
        shutil.copytree(ROOT, made, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
        for name in (*LINKED, "docs"):
            if (ROOT / name).exists():
                (made / name).symlink_to((ROOT / name).resolve())
        yield made


@contextmanager
def changed(project: Path, mutant: Mutant) -> Iterator[None]:
    """The mutant's change in the copy, for as long as the block lasts."""
    file = project / mutant.file
    before = file.read_text("utf-8")
    file.write_text(mutant.changed(before), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")
