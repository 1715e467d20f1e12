"""On Today: what could not be shown to be safe, for the team that decides."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from alongside.agencies.access import may
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.people import queries
from alongside.people.contact.pages import task_words


def waiting(viewer: Viewer) -> Iterator[Unfinished]:
    """One line for each person, without a name: what was not done and why."""
    for task in queries.open_contact_tasks(viewer) if may(viewer.user, "answer") else ():
        words = task_words(task)
        yield Unfinished(
            text="Decide how to reach somebody: it could not be shown to be safe",
            about=f"{words.what}. {' '.join(words.reasons)}",
            href=reverse("people:contact-task", args=[task.pk]),
            button="Decide",
        )
