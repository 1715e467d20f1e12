"""Writes docs/reference/domain-map.md: the apps and what they are in the field, and the roles. Run by `make docs`."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import django

os.environ.setdefault("ALONGSIDE_DATA", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.apps import apps  # noqa: E402

from alongside.agencies.codes import TEAM_ROLES  # noqa: E402
from alongside.agencies.roles import PERMISSIONS, ROLES  # noqa: E402
from alongside.config.layers import LAYERS  # noqa: E402

OUT = Path(__file__).resolve().parent / "reference" / "domain-map.md"
HEAD = """<!-- Generated from the packages, their apps.py and agencies/roles.py by docs/generate_domain_map.py: then `make docs`. -->

# The map: apps, roles, teams

## Apps

Lowest first. An app imports, and points a foreign key at, only what stands above it in this table. The strand is the part of the
strategy it serves: prepare, prevent, protect, pursue.

| app | in the field | strand |
| --- | --- | --- |
"""


def text() -> str:
    """The page as it should be."""
    return HEAD + "\n".join([*_apps(), *_roles(), *_teams()]) + "\n"


def _apps() -> Iterator[str]:
    for name in (name for siblings in LAYERS for name in siblings):
        if not find_spec(f"alongside.{name}"):
            continue
        package = importlib.import_module(f"alongside.{name}")
        said = " ".join((package.__doc__ or "").strip().split("\n\n")[0].split())
        config = apps.app_configs.get(name)
        strand = ", ".join(getattr(config, "strand", ())) if config else "library" if name in LAYERS[0] else "–"
        yield f"| `{name}` | {said} | {strand} |"


def _roles() -> Iterator[str]:
    yield "\n## Roles of staff\n"
    yield "Everybody who signs in has one. Permission is read from this table at each request; what somebody may *see* is decided by the gate."
    yield "\n| role | what they do | may |"
    yield "| --- | --- | --- |"
    for role in ROLES.values():
        may = "; ".join(words for code, words in PERMISSIONS.items() if code in role.permissions)
        yield f"| {role.label} | {role.description} | {may} |"


def _teams() -> Iterator[str]:
    yield "\n## What a team does in an area\n"
    yield "Duties go to the team that holds the role in the area; with nobody there, the partnership's administrator sees it at once."
    yield "\n| role of a team | what it does |"
    yield "| --- | --- |"
    for code, words in TEAM_ROLES.items():
        yield f"| `{code}` | {words} |"


def main() -> int:
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
