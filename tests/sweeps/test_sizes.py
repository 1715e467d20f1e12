"""Files stay under 500 lines and functions under 60; nothing is left undone or skipped."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

from tests.sweeps.source import ROOT, functions

# Written apart, so that this file does not find itself.
UNDONE = re.compile(
    "|".join(
        ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error", r"pytest\.sk" + "ip", r"mark\.sk" + "ip", "xf" + "ail"]
    )
)
ALLOWED = {"pyproject.toml": "makes an expected failure that passes a failure, which is the opposite"}


def committed() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    assert len(found) > 100, "the sweep has lost the project"
    return found


def written() -> dict[str, str]:
    """Every Python file that a person wrote, by its name in the project: the product, its tests, and all else."""
    found = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for path in committed()
        if path.suffix == ".py" and "migrations" not in path.parts
    }
    for folder in ("alongside/", "bench/", "docs/", "scripts/", "tests/apps/", "tests/journeys/", "tests/sweeps/"):
        assert any(name.startswith(folder) for name in found), f"the sweep has lost {folder}"
    return found


def test_no_file_outgrows_its_noun() -> None:
    assert {name: lines for name, text in written().items() if (lines := text.count("\n")) > 500} == {}


def test_no_function_outgrows_its_verb() -> None:
    told = [(name, function) for name, text in written().items() for function in functions(ast.parse(text))]
    assert len(told) > 2000, "the sweep has lost the functions"
    long = [
        f"{name}:{function.lineno} {function.name}"
        for name, function in told
        if (function.end_lineno or 0) - function.lineno >= 60
    ]
    assert long == []


def test_nothing_is_left_undone_or_skipped() -> None:
    found = []
    for path in committed():
        name = path.relative_to(ROOT).as_posix()
        if path.suffix not in {".py", ".toml", ".html", ".js", ".mjs", ".sh"} or name in ALLOWED:
            continue
        text = path.read_text("utf-8")
        found += [f"{name}:{text.count(chr(10), 0, hit.start()) + 1} {hit[0]}" for hit in UNDONE.finditer(text)]
    assert found == []


def test_nothing_names_this_machine_or_a_registry() -> None:
    words = re.compile(
        r"(?<![\w.])/(?:work|root)/|registry\.npmjs|files\.pythonhosted|index-url|find-links|\"resolved\":"
    )
    found = []
    for path in committed():
        name = path.relative_to(ROOT).as_posix()
        if (
            path.suffix in {".png", ".csv"}
            or path.stat().st_size > 2_000_000
            or name in {"tests/sweeps/test_sizes.py", "scripts/lock.sh"}
        ):
            continue
        text = path.read_text("utf-8", errors="replace")
        found += [f"{name}: {hit[0]}" for hit in words.finditer(text)]
    assert found == []
