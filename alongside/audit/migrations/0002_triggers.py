"""Triggers against change and removal, on SQLite and PostgreSQL."""

from typing import Any

from django.db import migrations

from alongside.audit import triggers


def install(_: Any, editor: Any) -> None:
    triggers.install(editor.connection)


def remove(_: Any, editor: Any) -> None:
    triggers.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
