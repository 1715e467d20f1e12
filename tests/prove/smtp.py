"""A small mail server for tests: it remembers what it accepted and can misbehave on demand."""

from __future__ import annotations

import email
import socketserver
import threading
from types import TracebackType
from typing import Self

ACCEPT, REFUSE, BUSY, DROP_AFTER_DATA, DROP_BEFORE_DATA = "accept", "refuse", "busy", "drop-after", "drop-before"


class _Session(socketserver.StreamRequestHandler):
    server: MailServer

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 test")
        recipient = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
                refusal = {REFUSE: "550 no such mailbox", BUSY: "451 later"}.get(self.server.mood)
                self.say(refusal or "250 ok")
            elif verb == b"DATA":
                if self.server.mood == DROP_BEFORE_DATA:
                    return None
                self.say("354 go on")
                self.server.accept(recipient, self._data())
                if self.server.mood == DROP_AFTER_DATA:
                    return None
                self.say("250 accepted")
            elif verb == b"QUIT":
                return self.say("221 bye")
            else:
                self.say("250 ok")
        return None

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port of 127.0.0.1 within the block.

    `accepted` holds (recipient, Message-ID, raw mail) in order, repeats included; `delivered` what is left when the
    receiving side removes repeats of a Message-ID, as mail servers of our agencies do.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.port: int = self.server_address[1]
        self.mood = ACCEPT
        self.accepted: list[tuple[str, str, str]] = []
        self._lock = threading.Lock()

    @property
    def delivered(self) -> set[tuple[str, str]]:
        return {(recipient, ident) for recipient, ident, _ in self.accepted}

    def accept(self, recipient: str, raw: bytes) -> None:
        mail = email.message_from_bytes(raw)
        with self._lock:
            self.accepted.append((recipient, mail["Message-ID"], raw.decode()))

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()
