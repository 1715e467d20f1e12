"""What the product imports is what it says it needs, and the locks hold it, with hashes and no addresses."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from tests.sweeps.source import ROOT, sources

# Needed without being imported by name.
UNSEEN = {
    "govuk-frontend-jinja": "its macros are loaded as templates",
    "psycopg": "Django's engine for PostgreSQL loads it",
    "argon2-cffi": "Django's password hasher loads it",
    "django-axes": "named in the settings",
    "whitenoise": "named in the settings",
    "tzdata": "zoneinfo looks there where the machine has no time zones",
}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*, extras: bool = False) -> set[str]:
    """What the product needs; with what only an extra of it needs, such as `alongside[spark]`, or without."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    optional = [line for lines in project["optional-dependencies"].values() for line in lines]
    assert optional, "the sweep has lost the extras"
    lines = [*project["dependencies"], *(optional if extras else [])]
    return {canonical(re.match(r"[\w.-]+", line)[0]) for line in lines}  # type: ignore[index]


def imported() -> dict[str, str]:
    """Distribution to the first module that imports it."""
    homes = packages_distributions()
    found: dict[str, str] = {}
    for source in sources():
        for node in ast.walk(source.tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module]
            for name in names:
                top = name.split(".")[0]
                if top == "alongside" or top in sys.stdlib_module_names:
                    continue
                for home in homes.get(top, [top]):
                    found.setdefault(canonical(home), f"{source.name} imports {name}")
    assert len(found) > 8, "the sweep has lost the imports"
    return found


def test_what_is_imported_is_declared() -> None:
    assert {home: where for home, where in imported().items() if home not in declared(extras=True)} == {}


def test_what_is_declared_is_used() -> None:
    assert sorted(declared(extras=True) - set(imported()) - set(UNSEEN)) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "bench/requirements.txt"])
def test_locks_hold_versions_and_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    assert pins
    assert "://" not in text
    for package, version in pins:
        block = re.search(rf"^{re.escape(package)}=={re.escape(version)}.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
        assert block
        assert "--hash=sha256:" in block[0], package


def test_the_lock_holds_what_is_declared() -> None:
    pinned = {
        canonical(name)
        for name in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    }
    assert sorted(declared() - pinned) == []


def test_the_front_end_lock_holds_no_addresses() -> None:
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 10
    assert "registry" not in (ROOT / ".npmrc").read_text("utf-8").replace("omit-lockfile-registry-resolved", "")


def test_nobody_without_an_extra_misses_it() -> None:
    """What only an extra brings is imported where it is used, never when a module is read."""
    only = declared(extras=True) - declared()
    homes = packages_distributions()
    for source in sources():
        for node in source.tree.body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found = {canonical(home) for name in names for home in homes.get(name.split(".")[0], [])}
            assert not found & only, f"{source.name} needs {found & only} to be read"
