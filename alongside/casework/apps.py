"""The casework app."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "alongside.casework"
    label = "casework"
    verbose_name = "Casework"
    strand = ("protect", "pursue")

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, register_panel
        from alongside.casework import act_pages, evidence, kinds, providers, sent, shareable
        from alongside.casework.pages import offers, referrals
        from alongside.design import navigation
        from alongside.duties import facts, hooks
        from alongside.sharing.hooks import register_shareable

        for provider in providers.ALL:
            facts.provide(provider, reads=providers.RECORDS)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find, reads=providers.RECORDS)
        hooks.register_sent_to(sent.teams, reads=providers.RECORDS)
        act_pages.register()
        kinds.register()
        register_shareable(shareable.find)
        for tab, order in (("now", 50), ("documents", 10)):
            register_panel(Panel(tab, order, "casework/_case_referrals.html", referrals.panel))
        register_panel(Panel("plans", 10, "casework/_case_offers.html", offers.panel))
        navigation.add("Reports", "casework:reports-children", position=12, permission="decide_child_referral")
        navigation.add("Adult reports", "casework:reports-adults", position=13, permission="decide_adult_referral")
