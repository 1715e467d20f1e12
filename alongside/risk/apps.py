"""The risk app."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "alongside.risk"
    label = "risk"
    verbose_name = "Risk"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.duties import facts, hooks
        from alongside.risk import evidence, providers

        facts.provide(providers.counted)
        facts.provide(providers.graded)
        facts.provide(providers.logged)
        facts.provide(providers.judged)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find)
