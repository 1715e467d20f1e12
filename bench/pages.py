"""How long the pages take that a team looks at all day, over HTTP, with two hundred cases of its own: a process apart from the site.

    python -m bench.pages --address http://127.0.0.1:8000 --keys keys.json --agency west-midlands-police

Prints one JSON object: for each page the seconds of every visit, and its size as sent.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

VISITS = 60
REFERENCE = re.compile(r"AL-[0-9A-Z]{4}-[0-9A-Z]{2}")
TASK = re.compile(r'"(/tasks/[0-9a-f-]{36}/)"')


class Visitor:
    """A browser of one person: asks for gzip, as every browser does."""

    def __init__(self, address: str, session: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        self.headers = {"Cookie": f"session={session}", "Accept-Encoding": "gzip"}
        self.last: http.client.HTTPMessage = http.client.HTTPMessage()  # the headers of the last answer

    def get(self, path: str, *, plain: bool = False) -> bytes:
        """The body as sent; `plain` asks for it uncompressed."""
        headers = {name: value for name, value in self.headers.items() if not (plain and name == "Accept-Encoding")}
        self.line.request("GET", path, headers=headers)
        answer = self.line.getresponse()
        body, self.last = answer.read(), answer.headers
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return body

    def time(self, path: str) -> dict[str, Any]:
        """Visits after three that are not counted."""
        sizes = [len(self.get(path)) for _ in range(3)]
        times = []
        for _ in range(VISITS):
            start = time.perf_counter()
            self.get(path)
            times.append(time.perf_counter() - start)
        return {"times": times, "bytes": sizes[-1]}


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--address", required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--agency", required=True)
    given = parser.parse_args()
    visitor = Visitor(given.address, json.loads(given.keys.read_text())[given.agency]["session"])
    print(json.dumps({name: visitor.time(path) for name, path in pages_of(visitor).items()}))
    return 0


def pages_of(visitor: Visitor) -> dict[str, str]:
    """Name → path of the pages somebody looks at all day, among them a case and a task of their own."""
    today = visitor.get("/", plain=True).decode()
    reference = REFERENCE.search(today)
    if reference is None:
        raise SystemExit("no case stands on this person's Today")
    case = f"/cases/{reference[0]}/"
    task = TASK.search(visitor.get(case, plain=True).decode())
    if task is None:
        raise SystemExit("no task is to be found for this person")
    return {"Today": "/", "the list of cases": "/cases/", "a case": case, "a task": task[1]}


if __name__ == "__main__":
    raise SystemExit(main())
