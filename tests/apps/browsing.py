"""A form as a browser would send it: what is typed, ticked and chosen on a page."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.test import Client


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        if not self.forms:
            return
        if tag == "input":
            self._input(said)
        elif tag == "textarea":
            self._area = said.get("name", "")
            self._add(self._area, "")
        elif tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self._select and "selected" in said:
            self._add(self._select, said.get("value", ""))

    def _input(self, said: dict[str, str]) -> None:
        kind, name = said.get("type", "text"), said.get("name")
        if name and name != "csrfmiddlewaretoken" and (kind not in ("radio", "checkbox") or "checked" in said):
            self._add(name, said.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        if tag == "select":
            self._select = None


def form_on(page: str, having: str) -> dict[str, list[str]]:
    """The values of the form on a page that has a field of this name."""
    reader = _Forms()
    reader.feed(page)
    found = [form for form in reader.forms if having in form]
    assert found, f"no form with {having} on the page"
    return found[0]


def sends(client: Client, url: str, values: Mapping[str, object]) -> Any:
    """A referral written on one page, looked at on the next, and sent from there; the last answer, or the page that has a fault."""
    kept = client.post(url, values)
    assert kept.status_code == 302, kept.content.decode()[:4000]
    shown = client.get(kept.headers["Location"])
    if shown.status_code == 302:
        return client.get(shown.headers["Location"])
    return client.post(kept.headers["Location"])
