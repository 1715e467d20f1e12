"""The gate app."""

from typing import Any

from django.apps import AppConfig


def _put_up_the_wall(using: str, **_: Any) -> None:
    """After every migration: a table made a moment ago stands behind it too."""
    from django.db import connections

    from alongside.gate import wall

    wall.install(connections[using])


class GateConfig(AppConfig):
    name = "alongside.gate"
    label = "gate"
    verbose_name = "Who may see what"
    strand = ("prepare", "protect")

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from alongside.audit import guard
        from alongside.gate import wall

        guard.on_opened(wall.beyond)
        post_migrate.connect(_put_up_the_wall, sender=self)
        from alongside.agencies.hooks import on_moved
        from alongside.gate.actions import end_personal_grounds

        on_moved(end_personal_grounds)
