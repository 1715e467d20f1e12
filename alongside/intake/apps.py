"""The intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "alongside.intake"
    label = "intake"
    verbose_name = "Intake"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.duties import facts
        from alongside.intake import providers

        facts.provide(providers.of_notifications)
