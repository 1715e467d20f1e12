"""The sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "alongside.sharing"
    label = "sharing"
    verbose_name = "Consent and sharing"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, register_panel
        from alongside.duties import facts
        from alongside.sharing import panels, providers

        facts.provide(providers.consent)
        facts.provide(providers.sharing_events)
        register_panel(Panel("sharing", 10, "sharing/_panel.html", panels.sharing))
