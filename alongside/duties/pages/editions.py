"""For the Today of the policy lead: rules whose sentence an edition changed, and that nobody has decided about yet."""

from __future__ import annotations

from django.urls import reverse

from alongside.design.jinja import document
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.procedures import editions


def waiting(viewer: Viewer) -> list[Unfinished]:
    """A line for each document with rules that wait to be decided; nothing for other roles."""
    left = editions.left() if viewer.user.may("adopt_choices") else {}
    return [
        Unfinished(
            f"{number} rule{'' if number == 1 else 's'} whose sentence changed or went",
            f"In your copy of {document(code)}. Until you decide, each runs as before.",
            reverse("procedures:document", args=[code]),
            "Decide",
        )
        for code, number in left.items()
    ]
