"""The marac app."""

from django.apps import AppConfig


class MaracConfig(AppConfig):
    name = "alongside.marac"
    label = "marac"
    verbose_name = "MARAC"
    strand = ("protect", "pursue")

    def ready(self) -> None:
        from alongside.duties import facts, hooks
        from alongside.marac import evidence, providers, sent

        facts.provide(providers.conference)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find)
        hooks.register_sent_to(sent.teams)
