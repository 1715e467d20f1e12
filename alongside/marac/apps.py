"""The marac app."""

from django.apps import AppConfig


class MaracConfig(AppConfig):
    name = "alongside.marac"
    label = "marac"
    verbose_name = "MARAC"
    strand = ("protect", "pursue")

    def ready(self) -> None:
        from django.urls import reverse

        from alongside.cases.hooks import Panel, register_panel
        from alongside.casework.received import register_received
        from alongside.design import navigation
        from alongside.duties import facts, hooks
        from alongside.duties.hooks import register_act_page
        from alongside.marac import evidence, kinds, pages, providers, sent, shareable
        from alongside.people.hooks import lead_to
        from alongside.sharing.hooks import register_shareable

        facts.provide(providers.conference, reads=providers.RECORDS)
        facts.provide(providers.earlier)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find, reads=providers.RECORDS)
        hooks.register_sent_to(sent.teams, reads=providers.RECORDS)
        kinds.register()
        register_shareable(shareable.find)
        register_received(pages.received)
        register_act_page("refer_to_marac", lambda task: reverse("marac:refer", args=[task.case.reference]))
        register_act_page("list_and_copy_marac", lambda task: reverse("marac:list-task", args=[task.pk]))
        for tab, order in (("now", 51), ("documents", 20)):
            register_panel(Panel(tab, order, "marac/_case_referrals.html", pages.panel))
        navigation.add("MARAC", "marac:coordinator", position=14, permission="list_marac")
        lead_to("Patterns: several people harmed, or one again", "marac:several", permission="search_people")
        navigation.add("Sent to us", "marac:sent-to-us", position=15, permission="see_cases")
