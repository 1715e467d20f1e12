"""The people app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

TO_REBUILD = "The keys by which people are found are of another release or sealing key: run “alongside people reindex”."


def _mark_keys(apps: Any = None, verbosity: int = 1, **_: Any) -> None:
    """A new database begins in step; an older one says what to do. An emptied one (`flush`) is told of without `apps`."""
    from alongside.people import matching
    from alongside.people.models import KeysMark

    try:
        if apps is not None:
            apps.get_model("people", "KeysMark")
    except LookupError:  # on the way back, before there was one
        return
    if not KeysMark.begin_with(matching.mark()) and verbosity:
        print(TO_REBUILD)  # noqa: T201 - `migrate` speaks to whoever runs it


class PeopleConfig(AppConfig):
    name = "alongside.people"
    label = "people"
    verbose_name = "People"
    strand = ("protect",)

    def ready(self) -> None:
        post_migrate.connect(_mark_keys, sender=self)
        from alongside.design import navigation
        from alongside.outbox.api import register_clearance
        from alongside.people import clearance
        from alongside.people.actions.reaching import held

        register_clearance("person", clearance.may_send, held)
        navigation.add("Search", "people:search", position=30, permission="search_people")
