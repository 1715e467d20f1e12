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
        from alongside.sharing.models import ConsentRecord, Disclosure

        facts.provide(providers.consent, reads=(ConsentRecord,))
        facts.provide(providers.sharing_events, reads=(Disclosure,))
        register_panel(Panel("sharing", 10, "sharing/_panel.html", panels.sharing))
