"""Django's description of the app."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "alongside.sealed"
    label = "sealed"
    verbose_name = "Sealed fields"
    strand = ("protect",)

    def ready(self) -> None:
        """Let a unit of work remember keys to its end."""
        from alongside.audit import work
        from alongside.sealed import envelope

        work.on_unit(envelope.remembered)
