"""The risk app."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "alongside.risk"
    label = "risk"
    verbose_name = "Risk"
    strand = ("protect",)

    def ready(self) -> None:
        from django.urls import reverse

        from alongside.cases.hooks import Panel, after_who, register_panel, register_risk_words
        from alongside.duties import facts, hooks
        from alongside.procedures import places
        from alongside.risk import evidence, pages, providers, shareable
        from alongside.risk.models import Assessment, Judgement
        from alongside.sharing.hooks import register_shareable

        for provider in (providers.counted, providers.graded, providers.topics, providers.logged):
            facts.provide(provider, reads=(Assessment,))
        facts.provide(providers.judged, reads=(Judgement,))
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find, reads=(Assessment,))
        for act in ("review_dial", "review_dial_in_mash"):
            hooks.register_act_page(act, lambda task: reverse("risk:review", args=[task.pk]))
        register_panel(Panel("risk", 10, "risk/_panel.html", pages.panel))
        register_risk_words(pages.words)
        places.say("checklist", pages.topic_words)
        after_who(pages.next_in_a_call)
        register_shareable(shareable.find)
