"""Every generated page is what its generator gives now, so that the reference cannot tell of something that is no longer so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sweeps.source import ROOT

DOCS = ROOT / "docs"
GENERATORS = sorted(DOCS.glob("generate_*.py"))


@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's documents, generated anew; the rest of the project is the real one."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copytree(DOCS, copy / "docs")
    for path in ROOT.iterdir():
        if path.name not in {"docs", ".git"}:
            (copy / path.name).symlink_to(path)
    shutil.rmtree(copy / "docs" / "reference" / "rules", ignore_errors=True)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))
    }
    for generator in GENERATORS:
        done = subprocess.run(
            [sys.executable, f"docs/{generator.name}"],
            cwd=copy,
            env=environment | {"ALONGSIDE_DATA": str(copy / "data"), "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, f"{generator.name}: {done.stderr}"
    return copy / "docs" / "reference"


def test_there_are_generators() -> None:
    assert len(GENERATORS) >= 5


def test_the_reference_is_as_generated(remade: Path) -> None:
    made = {path.relative_to(remade): path for path in remade.rglob("*.md")}
    kept = {path.relative_to(DOCS / "reference"): path for path in (DOCS / "reference").rglob("*.md")}
    assert len(made) > 20
    assert sorted(map(str, made)) == sorted(map(str, kept))
    stale = [str(name) for name, path in made.items() if path.read_text("utf-8") != kept[name].read_text("utf-8")]
    assert stale == [], "run `make docs`"
