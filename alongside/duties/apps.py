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
        from alongside.duties import counting, notices, panels, review
        from alongside.outbox.api import register_timer
        from alongside.procedures.queries import register_use

        hooks.on_change(review.on_case_changed)
        review.register_core_providers()
        register_timer(notices.UNOPENED, notices.alert_deputy)
        register_use(counting.use_of)
        navigation.add("Today", "duties:today", position=10)
        navigation.add("Unrouted", "duties:unrouted", position=50, permission="see_unrouted")
        for order, (template, context) in enumerate(
            (
                ("duties/_case_bars.html", panels.bars),
                ("duties/_case_tasks.html", panels.tasks),
                ("duties/_case_questions.html", panels.ask),
                ("duties/_case_thresholds.html", panels.thresholds),
            )
        ):
            hooks.register_panel(hooks.Panel("now", 10 * order, template, context))
