"""From times to what a reader looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


def at(times: Sequence[float], share: float) -> float:
    """The time that so great a share of all did not exceed, in milliseconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def spread(times: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Median, 95th and 99th percentile, in milliseconds."""
    return {name: round(at(times, share), digits) for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))}


def together(answer: dict[str, Any]) -> dict[str, Any]:
    """What all clients saw, put together."""
    clients = answer["clients"]
    posts, shown = (_all(client[name] for client in clients) for name in ("posts", "shown"))
    found: dict[str, Any] = {
        "stored": len(posts),
        "owing": sum(client["owing"] for client in clients),
        "duties": sum(client["duties"] for client in clients),
        "wrong": sum(client["wrong"] for client in clients),
        "faults": [fault for client in clients for fault in client["faults"]][:5],
        "seconds": round(answer["seconds"], 1),
        "rate": round(len(posts) / answer["seconds"], 1),
        "post": spread(posts) if posts else {},
    }
    return {**found, "shown": spread(shown)} if shown else found


def _all(lists: Iterable[list[float]]) -> list[float]:
    return [one for each in lists for one in each]
