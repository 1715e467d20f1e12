"""Every Python file of the product as a syntax tree, for the sweeps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ROOT / "alongside"


@dataclass(frozen=True)
class Source:
    """`name` is the path inside `alongside`, as `duties/views.py`; `app` the package it belongs to."""

    path: Path
    name: str
    tree: ast.Module

    @property
    def app(self) -> str:
        return self.name.split("/")[0]


@cache
def sources() -> tuple[Source, ...]:
    """All modules but migrations; never empty."""
    paths = [path for path in sorted(PRODUCT.rglob("*.py")) if "migrations" not in path.parts]
    found = tuple(
        Source(path, path.relative_to(PRODUCT).as_posix(), ast.parse(path.read_text("utf-8"))) for path in paths
    )
    assert len(found) > 50, "the sweep has lost the product"
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
