"""The tests make their tables from the models, in a third of the time that migrations take; a real site migrates. Both are the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.postgres import another

TRIGGERS = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT DISTINCT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture
def migrated(settings: Any, tmp_path: Path, django_db_blocker: Any) -> Iterator[BaseDatabaseWrapper]:
    """A database made as `alongside migrate` makes one."""
    settings.MIGRATION_MODULES = {}
    url = os.environ.get("DATABASE_URL")
    name = another(url, f"migrated_{os.getpid()}").rpartition("/")[2] if url else str(tmp_path / "migrated.sqlite3")
    with django_db_blocker.unblock():
        real = connection.copy("migrated")
        real.settings_dict = {**connection.settings_dict, "NAME": name}
        connections.databases["migrated"], connections["migrated"] = real.settings_dict, real
        try:
            call_command("migrate", database="migrated", verbosity=0)
            call_command("createcachetable", database="migrated", verbosity=0)
            yield real
        finally:
            real.close()
            del connections["migrated"], connections.databases["migrated"]


def _ours() -> list[str]:
    """Our own tables; those of libraries are theirs to keep in step."""
    models = [one for one in apps.get_models(include_auto_created=True) if one.__module__.startswith("alongside.")]
    return [model._meta.db_table for model in models]


def _schema(of: BaseDatabaseWrapper) -> dict[str, Any]:
    """Table → columns, and constraints by what they hold, whatever they are called; and the triggers."""
    found: dict[str, Any] = {}
    with of.cursor() as cursor:
        for table in _ours():
            columns = of.introspection.get_table_description(cursor, table)
            held = of.introspection.get_constraints(cursor, table).values()
            found[table] = (
                sorted((c.name, str(c.type_code), bool(c.null_ok), str(c.internal_size)) for c in columns),
                sorted(
                    str([h[what] for what in ("columns", "primary_key", "unique", "foreign_key", "check")])
                    for h in held
                ),
            )
        cursor.execute(TRIGGERS[of.vendor])
        found["triggers"] = sorted(cursor.fetchall())
    return found


@pytest.mark.slow
@pytest.mark.django_db
def test_what_migrations_make_is_what_the_models_say(migrated: BaseDatabaseWrapper) -> None:
    real, made = _schema(migrated), _schema(connection)
    assert len(made) > 60 and made["triggers"]
    assert {name: (real.get(name), made.get(name)) for name in {*real, *made} if real.get(name) != made.get(name)} == {}
