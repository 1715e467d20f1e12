"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    verbose_name = "People"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.design import navigation
        from alongside.outbox.api import register_clearance
        from alongside.people import clearance

        register_clearance("person", clearance.may_send)
        navigation.add("Search", "people:search", position=30, permission="search_people")
