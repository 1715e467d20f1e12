"""What the gate and the audit take of a request: the pages of a team with two hundred cases, by one client and by eight at once.

    python -m bench.overhead --address http://127.0.0.1:8000 --keys keys.json --agency west-midlands-police --clients 8

Asks a site that runs with `bench.overhead_site`, and prints one JSON object: for each part the seconds of every request.
"""

from __future__ import annotations

import argparse
import json
import re
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.lines import Bar, bar_of, table_of
from bench.numbers import spread
from bench.pages import Visitor, pages_of
from bench.sites import Site, ask, served

CLIENTS, VISITS, WARM = 8, 50, 2
BARS = {"gate": 5, "audit": 10}  # milliseconds at the 95th of a hundred with one client
MOST_MORE = 3  # times that with eight
SAID = re.compile(r"(\w+);dur=(-?[0-9.]+)")
SETTINGS = {"DJANGO_SETTINGS_MODULE": "bench.overhead_site"}


def overhead(there: Site, agency: str) -> dict[str, Any]:
    """Part → spread in milliseconds, with one client and with eight."""
    with served(there, SETTINGS) as address:
        found = {}
        for name, clients in (("one", 1), ("eight", CLIENTS)):
            keys = ["--keys", str(there.data / "keys.json"), "--clients", str(clients)]
            told = ask(["-m", "bench.overhead", "--address", address, "--agency", agency, *keys], there.environment)
            found[name] = {part: {**spread(times, 2), "requests": len(times)} for part, times in told.items()}
    return found


def asked(visitor: Visitor, paths: list[str]) -> dict[str, list[float]]:
    """Each page so many times, in turn: by part the seconds of every request but the first few."""
    found: dict[str, list[float]] = {part: [] for part in BARS}
    for visit in range(WARM + VISITS):
        for path in paths:
            visitor.get(path)
            told = {part: float(took) / 1000 for part, took in SAID.findall(visitor.last["Server-Timing"])}
            if visit >= WARM:
                for part in BARS:
                    found[part].append(told[part])
    return found


def overhead_bars(found: Mapping[str, Any]) -> Iterable[Bar]:
    """The bars of both parts."""
    for part, bar in BARS.items():
        one, eight = (found[clients][part]["p95"] for clients in ("one", "eight"))
        yield bar_of(
            f"what the {part} takes of a page, one client", f"p95 ≤ {bar} ms", one, " ms", lambda v, bar=bar: v <= bar
        )
        most = MOST_MORE * bar
        yield bar_of(
            f"the same with {CLIENTS} clients", f"p95 ≤ {most} ms", eight, " ms", lambda v, most=most: v <= most
        )


def overhead_lines(found: Mapping[str, Any]) -> Iterable[str]:
    """The part of the page."""
    yield "## What the gate and the audit take"
    yield (
        "Of each request for the pages above, on PostgreSQL, counted in the site itself. The gate: to make the viewer, with teams and conflicts; "
        "to put its words into statements; and what each statement takes longer than the same without them, asked beside it, first or last in "
        "turn. The audit: to gather and chain the events of reading, what listens to them, and the commit, as nothing else is written."
    )
    body = [
        (part, "one" if clients == "one" else CLIENTS, row["p50"], row["p95"], row["p99"], row["requests"])
        for clients, parts in found.items()
        for part, row in parts.items()
    ]
    yield table_of(("part", "clients", "p50 ms", "p95 ms", "p99 ms", "requests"), body)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--address", required=True)
    parser.add_argument("--keys", type=Path, required=True)
    parser.add_argument("--agency", required=True)
    parser.add_argument("--clients", type=int, required=True)
    given = parser.parse_args()
    session = json.loads(given.keys.read_text())[given.agency]["session"]
    paths = list(pages_of(Visitor(given.address, session)).values())
    told: list[dict[str, list[float]]] = []
    clients = [
        threading.Thread(target=lambda: told.append(asked(Visitor(given.address, session), paths)))
        for _ in range(given.clients)
    ]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if len(told) != given.clients:
        raise SystemExit("a client did not come to its end")
    print(json.dumps({part: [one for each in told for one in each[part]] for part in BARS}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
