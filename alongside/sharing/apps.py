"""The sharing app."""

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "alongside.sharing"
    label = "sharing"
    verbose_name = "Consent and sharing"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, on_change, register_panel
        from alongside.design import navigation
        from alongside.duties import facts
        from alongside.duties.hooks import register_evidence, register_unfinished
        from alongside.outbox.registry import register_timer, register_work
        from alongside.people.hooks import lead_to, register_way_in
        from alongside.sharing import panels, providers
        from alongside.sharing.agreements import pages as agreements
        from alongside.sharing.conflicts import actions as conflicts
        from alongside.sharing.conflicts import pages as conflict_pages
        from alongside.sharing.consults import agents, evidence, pages
        from alongside.sharing.consults import shareable as consults
        from alongside.sharing.decisions import pages as decisions
        from alongside.sharing.decisions import shareable as cases
        from alongside.sharing.emergency import actions as emergency
        from alongside.sharing.emergency import pages as emergency_pages
        from alongside.sharing.hooks import register_shareable
        from alongside.sharing.letters import pages as letters
        from alongside.sharing.models import ConsentRecord, Consult, Disclosure
        from alongside.sharing.needing import pages as needing

        facts.provide(providers.consent, reads=(ConsentRecord,))
        facts.provide(providers.sharing_events, reads=(Disclosure,))
        register_work(agents.ask_waiting)
        register_evidence(evidence.KIND, evidence.consulted, reads=(Consult,))
        lead_to("What your agency was asked", "sharing:asked", permission="see_holders")
        lead_to("Where your agency keeps its records", "sharing:sources", permission="declare_sources")
        on_change(conflicts.look_in)
        navigation.add("Conflicts", "sharing:conflicts", position=57, permission="keep_conflicts")
        register_timer(emergency.TIMER, emergency.ask_again)
        navigation.add("Emergencies", "sharing:emergencies", position=58, permission="review_emergencies")
        navigation.add_banner("sharing/emergency/_banner.html", emergency_pages.banner)
        register_panel(Panel("sharing", 20, "sharing/emergency/_panel.html", emergency_pages.panel))
        lead_to("Open a case in an emergency", "sharing:emergency", permission="break_glass")
        register_panel(Panel("now", 1, "sharing/needing/_banner.html", needing.banner))
        register_panel(Panel("sharing", 19, "sharing/needing/_panel.html", needing.panel))
        register_way_in(needing.ways_in)
        lead_to("Say why you need a case of another team", "sharing:need", permission="see_cases")
        navigation.add_own("People close to you", "sharing:close-people")
        register_panel(Panel("family", 5, "sharing/letters/_sides.html", letters.panel))
        register_panel(Panel("family", 90, "sharing/conflicts/_panel.html", conflict_pages.panel))
        navigation.add("Records", "sharing:sources", position=56, permission="see_unrouted")
        navigation.add("Shared with us", "sharing:shared-with-us", position=16, permission="see_cases")
        navigation.add("Agreements", "sharing:agreements", position=59, permission="keep_agreements")
        for find in (decisions.waiting, decisions.arrived, agreements.waiting):
            register_unfinished(find)
        for kind in (consults.find, cases.find):
            register_shareable(kind)
        register_panel(Panel("sharing", 5, "sharing/_consults.html", pages.panel))
        register_panel(Panel("sharing", 10, "sharing/_panel.html", panels.sharing))
