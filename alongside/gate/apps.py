"""The gate app."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "alongside.gate"
    label = "gate"
    verbose_name = "Who may see what"
    strand = ("prepare", "protect")

    def ready(self) -> None:
        from alongside.audit import guard
        from alongside.gate import wall

        guard.on_opened(wall.beyond)
        from alongside.agencies.hooks import on_moved
        from alongside.gate.actions import end_personal_grounds

        on_moved(end_personal_grounds)
