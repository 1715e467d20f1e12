"""Apps import, and point foreign keys at, only what stands earlier (house style, point 1)."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, OneToOneField

from alongside.config.layers import LAYERS, rank
from tests.sweeps.source import PRODUCT, ROOT


def own_models() -> list[Any]:
    found = [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("alongside.")]
    assert len(found) > 20, "the sweep has lost the models"
    return found


def relations() -> list[tuple[str, str, str]]:
    """(where, package, package pointed at) of every foreign key of ours to a model of ours."""
    found = []
    for model in own_models():
        for field in model._meta.get_fields():
            if isinstance(
                field, ForeignKey | OneToOneField | ManyToManyField
            ) and field.related_model.__module__.startswith("alongside."):
                where = f"{model._meta.label}.{field.name}"
                found.append((where, model.__module__.split(".")[1], field.related_model.__module__.split(".")[1]))
    assert len(found) > 30, "the sweep has lost the foreign keys"
    return found


def test_foreign_keys_point_down() -> None:
    wrong = [
        f"{where} points from {source} up to {target}"
        for where, source, target in relations()
        if source != target and rank(target) >= rank(source)
    ]
    assert wrong == []


def test_the_linter_holds_the_same_order() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    written = next(contract for contract in contracts if contract["id"] == "layers")
    assert written["exhaustive"] is True
    linted = [tuple(sorted(re.findall(r"[a-z_]+", line))) for line in reversed(written["layers"])]
    assert linted == [tuple(sorted(siblings)) for siblings in LAYERS]


def test_every_package_has_a_place() -> None:
    packages = [path.parent.name for path in PRODUCT.glob("*/__init__.py")]
    assert packages
    assert [package for package in packages if not _placed(package)] == []


def _placed(package: str) -> bool:
    try:
        rank(package)
    except KeyError:
        return False
    return True


@pytest.mark.parametrize(
    "config", [c for c in apps.get_app_configs() if c.name.startswith("alongside.")], ids=lambda c: c.label
)
def test_every_app_says_its_label_and_strand(config: Any) -> None:
    assert config.label == config.name.split(".")[-1]
    assert set(config.strand) <= {"prepare", "prevent", "protect", "pursue"}
    assert config.strand
