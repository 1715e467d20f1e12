"""The other side of the wire: a process that sends notifications over HTTP and reads what comes back, as another agency's system does.

    python -m bench.client --address http://127.0.0.1:8000 --file notifications.jsonl --keys keys.json --clients 4 --seconds 60

Prints one JSON object: the times of every notification, in seconds, and what went wrong. Each notification is sent once; the file
must hold enough of them.
"""

from __future__ import annotations

import argparse
import html
import http.client
import json
import queue
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

MOST_FAULTS = 5


@dataclass
class Sent:
    """What one client saw: `posts` seconds from sending to the whole answer, `shown` to the whole page of the case.

    `owing` answers named at least one duty; to some reports no rule owes anything yet, and their answer says so.
    """

    posts: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    owing: int = 0
    duties: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)


class Client:
    """One client on one connection, kept open."""

    def __init__(self, address: str, keys: dict[str, dict[str, str]], *, case_page: bool) -> None:
        self.host, self.keys, self.case_page, self.sent = urlsplit(address).netloc, keys, case_page, Sent()
        self.line = http.client.HTTPConnection(self.host, timeout=60)

    def send(self, agency: str, body: bytes) -> None:
        """One notification; with `case_page` also the page on which its duties are shown."""
        start = time.perf_counter()
        status, text = self._ask(
            "POST", "/api/v1/notifications", body, {"Authorization": f"Bearer {self.keys[agency]['token']}"}
        )
        took = time.perf_counter() - start
        answer = json.loads(text) if status == 201 else {}
        if not isinstance(answer.get("duties"), list):
            return self._fault(f"{status}: {text[:300]!r}")
        self.sent.posts.append(took)
        self.sent.owing += bool(answer["duties"])
        self.sent.duties += len(answer["duties"])
        session = self.keys[agency]["session"]
        if self.case_page and session:
            self._see(answer, session)
        return None

    def _see(self, answer: dict[str, Any], session: str) -> None:
        """The page of the case, on which every open duty must stand in its own words."""
        before = time.perf_counter()
        status, text = self._ask("GET", f"/cases/{answer['case']}/", None, {"Cookie": f"session={session}"})
        page = html.unescape(text.decode("utf-8", "replace"))
        owed = {duty["cite"]["gist"] for duty in answer["duties"] if duty["state"] == "open"}
        if status != 200 or answer["case"] not in page or not all(gist in page for gist in owed):
            return self._fault(f"page of {answer['case']}: {status}, and not every duty is on it")
        self.sent.shown.append(time.perf_counter() - before + self.sent.posts[-1])
        return None

    def _ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, bytes]:
        if body is not None:
            headers = {**headers, "Content-Type": "application/json"}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        return answer.status, answer.read()

    def _fault(self, words: str) -> None:
        self.sent.wrong += 1
        self.sent.faults = [*self.sent.faults, words][:MOST_FAULTS]


def drive(clients: list[Client], notifications: list[tuple[str, bytes]], seconds: float) -> float:
    """Let every client send until time is up or everything is sent; how long it took, in seconds."""
    waiting: queue.SimpleQueue[tuple[str, bytes]] = queue.SimpleQueue()
    for one in notifications:
        waiting.put(one)
    start = time.perf_counter()

    def run(client: Client) -> None:
        while time.perf_counter() - start < seconds:
            try:
                agency, body = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                client.send(agency, body)
            except (OSError, http.client.HTTPException) as fault:
                client._fault(repr(fault))
                client.line.close()

    threads = [threading.Thread(target=run, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start


def read(path: Path, skip: int, count: int) -> list[tuple[str, bytes]]:
    """Notifications of a file, one a line: whose they are, and the bytes to send."""
    lines = path.read_bytes().splitlines()[skip : skip + count if count else None]
    return [(json.loads(line)["source"]["agency"], line) for line in lines]


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--address", required=True)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--count", type=int, default=0)
    parser.add_argument("--case-page", action="store_true")
    given = parser.parse_args()
    keys = json.loads(given.keys.read_text())
    clients = [Client(given.address, keys, case_page=given.case_page) for _ in range(given.clients)]
    took = drive(clients, read(given.file, given.skip, given.count), given.seconds)
    print(json.dumps({"seconds": took, "clients": [asdict(client.sent) for client in clients]}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
