"""Migrations say what the models say, one after another (house style, point 16)."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.fixture(autouse=True)
def _as_a_site_reads_them(settings: Any) -> None:
    """Tables of the tests are made without migrations."""
    settings.MIGRATION_MODULES = {}


@pytest.mark.django_db
def test_no_model_has_changed_without_its_migration() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said, verbosity=1)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.django_db
def test_every_app_has_one_line_of_migrations() -> None:
    graph = MigrationLoader(connection).graph
    ours = {app for app, _ in graph.nodes if not app.startswith("django")}
    assert len(ours) > 5, "the sweep has lost the migrations"
    assert {app: leaves for app in ours if len(leaves := graph.leaf_nodes(app)) != 1} == {}
