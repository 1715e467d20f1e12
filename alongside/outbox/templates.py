"""The only words that ever leave. They name nobody, no service and no record."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Template:
    """A fixed subject and body."""

    subject: str
    body: str


STAFF = "something_new"
STAFF_NOW = "something_new_now"
SIGN_IN_CHANGED = "sign_in_changed"
PERSON = "message_waiting"

TEMPLATES = {
    STAFF: Template(
        "You have something new in Alongside", "You have something new in Alongside.\n\nSign in: {address}\n"
    ),
    STAFF_NOW: Template(
        "You have something new in Alongside",
        "You have something new in Alongside. Please look now.\n\nSign in: {address}\n",
    ),
    SIGN_IN_CHANGED: Template(
        "Your way of signing in has changed",
        "Your way of signing in to Alongside was set up anew. If you did not ask for it, ring your administrator now.\n",
    ),
    PERSON: Template("Message waiting", "You have a message waiting.\n"),
}
TO_STAFF, TO_PERSONS = frozenset({STAFF, STAFF_NOW, SIGN_IN_CHANGED}), frozenset({PERSON})


def rendered(code: str) -> tuple[str, str]:
    """Subject and body; the link is the front door and carries no id."""
    template = TEMPLATES[code]
    return template.subject, template.body.format(address=settings.ALONGSIDE_ADDRESS + "/")
