"""The lines of the report: a bar, a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Rows = Sequence[Sequence[object]]
Bar = tuple[str, str, str, str]


def bar_of(what: str, bar: str, value: float, unit: str, met: Any) -> Bar:
    """What, the bar, what was measured, met or not."""
    return (
        what,
        bar,
        f"{value:g}{unit}" if isinstance(value, int) else f"{value:.1f}{unit}",
        "met" if met(value) else "**not met**",
    )


def table_of(heads: Sequence[str], body: Rows) -> str:
    """A table of Markdown."""
    lines = [heads, ["---"] * len(heads), *body]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)
