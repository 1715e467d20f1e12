"""What a page says, as a reader sees it; and how many statements it took."""

from __future__ import annotations

import html
import re

from django.http import HttpResponse

from alongside.audit.models import Event


def words(response: HttpResponse) -> str:
    """The text of the page's body, tags dropped and white space collapsed."""
    text = response.content.decode()
    body = text[text.index("<main") : text.index("</main>")] if "<main" in text else text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def title(response: HttpResponse) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def reads(what: str) -> list[Event]:
    """Reads of a kind in the audit chain."""
    return list(Event.objects.filter(kind=Event.Kind.READ, name=what))
