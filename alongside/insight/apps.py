"""The insight app."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    name = "alongside.insight"
    label = "insight"
    verbose_name = "Insight"
    strand = ("prepare",)

    def ready(self) -> None:
        from alongside.design import navigation
        from alongside.insight import hooks, making, pages
        from alongside.outbox.api import register_timer
        from alongside.procedures.hooks import register_try_out

        hooks.register_source(hooks.DECIDED, making.decided)
        register_timer(making.TIMER, making.begin)
        register_try_out(pages.try_out_href)
        navigation.add("What a change would do", "insight:what-if", position=41, permission="try_changes")
