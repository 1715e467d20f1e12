"""The intake app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "alongside.intake"
    label = "intake"
    verbose_name = "Intake"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.design import navigation
        from alongside.duties import facts, hooks
        from alongside.intake import describe, pages, providers
        from alongside.intake.drafts import watching
        from alongside.outbox.api import register_timer
        from alongside.procedures import places

        facts.provide(providers.of_notifications)
        navigation.add("Record a call", "intake:start", position=11, permission="notify")
        hooks.register_unfinished(pages.unfinished)
        hooks.register_unfinished(pages.of_colleagues)
        places.say("field", describe.field_words)
        register_timer(watching.UNSENT, watching.alert_deputy)
