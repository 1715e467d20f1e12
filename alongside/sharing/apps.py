"""The sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "alongside.sharing"
    label = "sharing"
    verbose_name = "Consent and sharing"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.duties import facts
        from alongside.sharing import providers

        facts.provide(providers.consent)
        facts.provide(providers.sharing_events)
