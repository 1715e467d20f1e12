"""What a page says, as a reader sees it; and how many statements it took."""

from __future__ import annotations

import html
import io
import re

import pypdf
from django.http import HttpResponse

from alongside.audit.models import Event


def words(response: HttpResponse) -> str:
    """The text of the page's body, tags dropped and white space collapsed."""
    text = response.content.decode()
    body = text[text.index("<main") : text.index("</main>")] if "<main" in text else text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def page(response: HttpResponse) -> str:
    """The whole page but for the token of its forms, which is another each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def everything(response: HttpResponse) -> str:
    """All that an answer tells: of a PDF the text of its pages, of a stream what it sends, of any other its body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers["Content-Type"].startswith("application/pdf"):
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    return body.decode()


def title(response: HttpResponse) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL)
    assert found
    return html.unescape(found[1]).strip()


def reads(what: str) -> list[Event]:
    """Reads of a kind in the audit chain."""
    return list(Event.objects.filter(kind=Event.Kind.READ, name=what))
