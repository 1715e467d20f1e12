"""The children app."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "alongside.children"
    label = "children"
    verbose_name = "Children and schools"
    strand = ("protect", "prevent")

    def ready(self) -> None:
        from alongside.children import deadlines, evidence, providers, watching
        from alongside.duties import facts, hooks
        from alongside.outbox.api import register_timer

        facts.provide(providers.notices)
        for kind, find in evidence.KINDS.items():
            hooks.register_evidence(kind, find)
        hooks.register_deadline("school_arrival_following_day", deadlines.before_school)
        register_timer(watching.UNOPENED, watching.ask_for_a_call)
