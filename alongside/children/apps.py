"""The children app."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "alongside.children"
    label = "children"
    verbose_name = "Children and schools"
    strand = ("protect", "prevent")

    def ready(self) -> None:
        from django.urls import reverse

        from alongside.cases.hooks import Panel, register_own_record, register_panel
        from alongside.children import deadlines, evidence, pages, providers, queries, watching
        from alongside.children.models import SchoolNotice
        from alongside.design import navigation
        from alongside.duties import facts, hooks
        from alongside.duties.hooks import register_act_page, register_unfinished
        from alongside.intake.hooks import register_schools
        from alongside.outbox.api import register_timer

        register_own_record("schools", queries.holders_at_school)
        facts.provide(providers.notices, reads=(SchoolNotice,))
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find, reads=(SchoolNotice,))
        hooks.register_deadline("school_arrival_following_day", deadlines.before_school)
        register_timer(watching.UNOPENED, watching.ask_for_a_call)
        register_schools(lambda text: [(school.urn, school.name) for school in queries.find_schools(text, limit=8)])
        register_act_page("tell_school", lambda task: reverse("children:tell", args=[task.case.reference]))
        register_unfinished(pages.unopened)
        register_panel(Panel("documents", 30, "children/_case_notices.html", pages.panel))
        navigation.add("Notices", "children:inbox", position=12, permission="read_school_notice")
        navigation.add("Schools", "children:schools", position=55, permission="see_unrouted")
