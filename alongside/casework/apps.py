"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "alongside.casework"
    label = "casework"
    verbose_name = "Casework"
    strand = ("protect", "pursue")

    def ready(self) -> None:
        from alongside.casework import evidence, providers, sent
        from alongside.duties import facts, hooks

        for provider in providers.ALL:
            facts.provide(provider)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find)
        hooks.register_sent_to(sent.teams)
