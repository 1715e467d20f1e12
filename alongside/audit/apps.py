"""Django's description of the app, and the triggers that outlive a rebuilt table."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "alongside.audit"
    label = "audit"
    verbose_name = "Audit"
    strand = ("prepare", "prevent", "protect", "pursue")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the triggers back after every migration: SQLite drops them when it rebuilds a table."""
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="audit.triggers")


def _install_triggers(*, using: str, **_: Any) -> None:
    from django.db import connections

    from alongside.audit import triggers

    triggers.install(connections[using])
