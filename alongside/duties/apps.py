"""The duties app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "alongside.duties"
    label = "duties"
    verbose_name = "Duties, bars and questions"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases import hooks
        from alongside.design import navigation
        from alongside.duties import counting, lateness, notices, panels, review
        from alongside.duties.hooks import register_unfinished
        from alongside.duties.pages import editions, reaching, unrouted
        from alongside.outbox.api import register_timer
        from alongside.procedures.queries import register_open, register_use

        hooks.on_change(review.on_case_changed)
        review.register_core_providers()
        register_timer(notices.UNOPENED, notices.alert_deputy)
        register_use(counting.use_of)
        register_open(counting.open_on)
        register_unfinished(unrouted.waiting)
        register_unfinished(editions.waiting)
        register_unfinished(reaching.waiting)
        navigation.add("Today", "duties:today", position=10)
        navigation.add("Unrouted", "duties:unrouted", position=50, permission="see_unrouted")
        hooks.beside_entries(lateness.of_entries)
        hooks.register_place(hooks.Place("known", "What could be known", "duties:known"))
        for order, template, context in panels.ALL:
            hooks.register_panel(hooks.Panel("now", order, template, context))
