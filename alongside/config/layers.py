"""The order of the layers, lowest first: an app may import, and point a foreign key at, only what stands earlier.

The same order is written in `pyproject.toml` for import-linter; `tests/sweeps/test_layers.py` holds the two equal and
holds the foreign keys to it. Apps of one tuple are siblings and independent of one another.
"""

from __future__ import annotations

from importlib.util import find_spec

LAYERS: tuple[tuple[str, ...], ...] = (
    ("policy", "linkage", "clock"),
    ("agent",),
    ("audit",),
    ("sealed", "outbox", "design"),
    ("agencies",),
    ("gate",),
    ("staffing",),
    ("people",),
    ("directory",),
    ("procedures",),
    ("cases",),
    ("duties",),
    ("sharing",),
    ("rights",),
    ("releases",),
    ("risk",),
    ("intake",),
    ("casework",),
    ("children",),
    ("marac",),
    ("uploads",),
    ("looking",),
    ("keeping",),
    ("insight",),
    ("api",),
    ("demo",),
    ("cli",),
    ("config",),
)


def rank(package: str) -> int:
    """The height of a package of Alongside; `KeyError` for one that has no place yet."""
    for height, siblings in enumerate(LAYERS):
        if package in siblings:
            return height
    raise KeyError(f"{package!r} has no place in alongside.config.layers")


def installed_apps() -> list[str]:
    """The packages that are Django apps, lowest first: those with an `apps` module."""
    names = [name for siblings in LAYERS for name in siblings]
    return [
        f"alongside.{name}" for name in names if find_spec(f"alongside.{name}") and find_spec(f"alongside.{name}.apps")
    ]
