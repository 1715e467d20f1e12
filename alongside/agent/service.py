"""The agent's two addresses: POST /consult takes a sealed question and gives a sealed reply; GET /health says that it runs."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from alongside.agent import log
from alongside.agent.answering import answer
from alongside.agent.exchange import LIVES, Question, Unreadable, open_question, seal_reply
from alongside.agent.index import Index
from alongside.agent.settings import NotReady, Settings

MOST_BYTES = 64 * 1024
Start = Callable[[str, list[tuple[str, str]]], object]
_PLAIN = ("Content-Type", "text/plain; charset=utf-8")


class Refused(Exception):
    """`status` as HTTP has it; `words` for whoever runs the other side."""

    def __init__(self, status: str, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Service:
    """A WSGI application. `now` is the clock, for tests."""

    def __init__(self, settings: Settings, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._settings, self._now = settings, now
        self._lock = threading.Lock()
        self._seen: dict[str, datetime] = {}
        self._hour: deque[datetime] = deque()
        self._index, self._made = Index(settings.index), _stamp(settings.index)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        try:
            status, kind, body = self._served(environ)
        except NotReady as fault:
            status, kind, body = "503 Service Unavailable", _PLAIN, f"{fault} Nothing was answered.".encode()
        except Refused as refused:
            status, kind, body = refused.status, _PLAIN, refused.words.encode()
        start(status, [kind, ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
        return [body]

    def _served(self, environ: dict[str, Any]) -> tuple[str, tuple[str, str], bytes]:
        asked = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        if asked == ("GET", "/health"):
            said = {"ok": True, "as_of": self._current().as_of.isoformat()}
            return "200 OK", ("Content-Type", "application/json"), json.dumps(said).encode()
        if asked != ("POST", "/consult"):
            raise Refused("404 Not Found", "There is nothing here.")
        return "200 OK", ("Content-Type", "application/octet-stream"), self._consulted(_body(environ))

    def _consulted(self, sealed: bytes) -> bytes:
        at = self._now()
        try:
            question = open_question(sealed, self._settings.channel_key)
            self._admit(question, at)
            reply, records = answer(question, self._current(), self._settings, at)
        except (Unreadable, ValueError) as fault:
            raise Refused("403 Forbidden", f"{fault} Nothing was answered.") from None
        try:
            log.write(self._settings.log, question, reply, records, at)
        except OSError as fault:
            raise Refused(
                "503 Service Unavailable", f"The log cannot be written: {fault.strerror}. Nothing was answered."
            ) from None
        return seal_reply(reply, self._settings.channel_key)

    def _admit(self, question: Question, at: datetime) -> None:
        """Each question once, with a purpose, and no more in an hour than a partnership asks."""
        if not question.purpose.strip() or not question.id or not question.agency:
            raise Unreadable("A question says who asks, and for what purpose.")
        with self._lock:
            self._seen = {one: then for one, then in self._seen.items() if at - then < timedelta(seconds=2 * LIVES)}
            if question.id in self._seen:
                raise Unreadable("This question was answered already.")
            while self._hour and at - self._hour[0] > timedelta(hours=1):
                self._hour.popleft()
            if len(self._hour) >= self._settings.most_an_hour:
                raise Refused(
                    "429 Too Many Requests", "More questions in an hour than a partnership asks. Nothing was answered."
                )
            self._seen[question.id] = at
            self._hour.append(at)

    def _current(self) -> Index:
        """The index on disk, opened again where it was written anew."""
        made = _stamp(self._settings.index)
        if made != self._made:
            self._index, self._made = Index(self._settings.index), made
        return self._index


def _stamp(path: Path) -> tuple[int, int]:
    try:
        held = path.stat()
    except OSError:
        return 0, 0
    return held.st_ino, held.st_mtime_ns


def _body(environ: dict[str, Any]) -> bytes:
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if not 0 < length <= MOST_BYTES:
        raise Refused("413 Content Too Large", f"A question has 1 to {MOST_BYTES} bytes.")
    body: bytes = environ["wsgi.input"].read(length)
    return body
