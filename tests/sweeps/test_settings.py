"""Every setting is declared once, read somewhere, and documented (house style, point 22)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from alongside.config.env import SETTINGS
from tests.sweeps.source import PRODUCT, ROOT, sources

NAME = re.compile(r"ALONGSIDE_[A-Z_]+|DATABASE_URL")
READERS = {"text", "flag", "number", "names", "folder", "key_text", "key_bytes", "get", "getenv"}
# The environment itself is read in one place; the commands that need no Django read one folder themselves, and the
# demonstration settles its own settings before Django reads any. Spark and its Java are told by the environment alone.
READS_ENVIRON = {
    "config/env.py",
    "config/wsgi.py",
    "cli/__init__.py",
    "cli/_packs.py",
    "cli/demo.py",
    "policy/spark.py",
}


def read() -> set[str]:
    found = {
        argument.value
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) or getattr(node.func, "id", None)) in READERS
        for argument in node.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and NAME.fullmatch(argument.value)
    }
    # A command's option names the variable it falls back on.
    found |= {
        keyword.value.value
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "envvar"
        and isinstance(keyword.value, ast.Constant)
        and NAME.fullmatch(str(keyword.value.value))
    }
    assert len(found) > 8, "the sweep has lost the settings"
    return found


def test_what_is_read_is_what_is_declared() -> None:
    assert read() == {setting.name for setting in SETTINGS}


def test_the_environment_is_read_in_one_place() -> None:
    elsewhere = [
        f"{source.name}:{node.lineno}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"} and source.name not in READS_ENVIRON
    ]
    assert elsewhere == []


def test_the_reference_is_as_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, "docs/generate_settings.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_other_variable_is_spoken_of() -> None:
    declared = {setting.name for setting in SETTINGS} | {"ALONGSIDE_TEST_DATABASE"}
    spoken = set()
    for folder in (PRODUCT, ROOT / "docs", ROOT / "scripts"):
        for path in folder.rglob("*"):
            if path.suffix in {".py", ".md", ".sh"}:
                spoken |= set(re.findall(r"\bALONGSIDE_[A-Z_]+\b", path.read_text("utf-8")))
    assert sorted(spoken - declared) == []
