"""The looking app."""

from django.apps import AppConfig


class LookingConfig(AppConfig):
    name = "alongside.looking"
    label = "looking"
    verbose_name = "Who looked"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.audit.api import before_reading
        from alongside.design import navigation
        from alongside.looking import budget, watching
        from alongside.looking.hooks import tell_close
        from alongside.looking.queries.near import near
        from alongside.outbox.registry import register_work
        from alongside.people.hooks import about_person

        before_reading(budget.check)
        tell_close(near)
        register_work(watching.watch)
        navigation.add("Looking", "looking:raised", position=57, permission="see_looking")
        about_person("Who looked at this record", "looking:person", permission="see_looking")
