"""Writes docs/reference/routes.md: every address and who may open it. Run by `make docs`; `--check` only compares."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parent / "reference" / "routes.md"
HEAD = """# Addresses and who may open them

Signing in is the rule: an address that says nothing is refused by a test. Behind the rule of an address stands the gate:
what it shows is loaded for the person looking, and what may not be seen answers as what does not exist.

Made by `make docs` from the views. "Permission" is a code of `alongside/agencies/roles.py`.

| address | who |
| --- | --- |
"""


def text() -> str:
    """The page as it should be; Django must be set up, as in the demonstration, which has the most addresses."""
    from alongside.agencies.roles import PERMISSIONS
    from alongside.config.routes import routes

    rows = []
    for route in sorted(routes(), key=lambda route: route.pattern):
        rule = route.rule or "NOBODY HAS SAID"
        words = f"permission `{rule}`: {PERMISSIONS[rule]}" if rule in PERMISSIONS else rule
        rows.append(f"| `/{route.pattern}` | {words} |\n")
    return HEAD + "".join(rows)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as data:
        os.environ.update(ALONGSIDE_DATA=data, ALONGSIDE_DEMO="yes", DJANGO_SETTINGS_MODULE="alongside.config.settings")
        import django

        django.setup()
        page = text()
    if "--check" in arguments:
        same = OUT.is_file() and OUT.read_text(encoding="utf-8") == page
        print(f"{OUT.name} is {'as it should be' if same else 'out of date: run `make docs`'}")
        return 0 if same else 1
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
