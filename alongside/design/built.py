"""The built style sheet and script, under the names that change with their content."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static

BUILT = Path(__file__).parent / "static" / "design"


class NotBuilt(RuntimeError):
    """The style sheet and script have not been built; the message says how."""


@cache
def manifest() -> dict[str, str]:
    """Plain name to built name, as written by `scripts/build_assets.mjs`."""
    path = BUILT / "manifest.json"
    if not path.is_file():
        raise NotBuilt("The pages have no style sheet yet: run `make setup` once.")
    names: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return names


def asset(name: str) -> str:
    """The address of a built file; `KeyError` for one that is not built."""
    return static(f"design/{manifest()[name]}")
