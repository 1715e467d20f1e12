"""The intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "alongside.intake"
    label = "intake"
    verbose_name = "Intake"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.duties import facts, hooks
        from alongside.intake import evidence, providers
        from alongside.intake.drafts import actions  # noqa: F401 - registers what is done with drafts

        facts.provide(providers.of_notifications)
        hooks.register_evidence("consult.done", evidence.consulted)
