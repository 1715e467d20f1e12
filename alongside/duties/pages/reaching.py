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
    """One line for each person, by case and without a name: what was not done and why."""
    tasks = queries.open_contact_tasks(viewer) if may(viewer.user, "answer") else []
    cases = queries.cases_of([task.person_id for task in tasks], viewer)
    for task in tasks:
        words = task_words(task)
        yield Unfinished(
            text="Decide how to reach somebody: it could not be shown to be safe",
            about=f"{', '.join(cases.get(task.person_id, []))} {words.what}. {' '.join(words.reasons)}".strip(),
            href=reverse("people:contact-task", args=[task.pk]),
            button="Decide",
        )
