"""When a fact was true, and when it became known here: said only where they lie more than a day apart.

*Here* is this case in Alongside, the same for everybody who may open it. What one agency could have known is another question
(`knowing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from alongside.cases.models import Case
from alongside.design.moments import when
from alongside.duties import queries
from alongside.duties.knowing import Row, statements
from alongside.duties.models import Evaluation
from alongside.duties.words import capital
from alongside.gate.viewing import Viewer

NEAR = timedelta(days=1)
Key = tuple[str, str, str, str]
"""A fact, whom it is about, and the record that says so (kind, id)."""


def key_of(row: Row) -> Key:
    """By what a kept statement is the same one in a later evaluation."""
    return (row["name"], row["about"] or "", row["record"][0], row["record"][1])


def told_on(snapshots: Iterable[Evaluation]) -> dict[Key, datetime]:
    """When each statement first stood in the case; of what was not known at first, when it was. `snapshots`: the earliest first.

    One that has turned from one value into another is left out: the record was put right, or the child has grown, and which of the two
    is not kept.
    """
    found: dict[Key, tuple[Any, datetime | None]] = {}
    for snapshot in snapshots:
        for row in statements(snapshot):
            value, on = found.get(key_of(row), (None, snapshot.evaluated_at))
            if value is None and row["value"] is not None:
                on = snapshot.evaluated_at
            elif value is not None and value != row["value"]:
                on = None
            found[key_of(row)] = row["value"], on
    return {key: on for key, (_, on) in found.items() if on is not None}


def since_of(row: Row) -> datetime | None:
    """Since when a kept statement is true, where that is on record."""
    return datetime.fromisoformat(row["since"]) if row["since"] else None


def apart(since: datetime | None, told: datetime | None, known: str) -> str:
    """ "true since Wednesday 25 February, 6:30am, told on Monday 2 March, 12:20pm", `known` being "told on"; the first with its year
    where it is another. Empty where the two are not known, or not more than a day apart."""
    if since is None or told is None or told - since <= NEAR:
        return ""
    return f"true since {when(since, since.year != told.year)}, {known} {when(told)}"


def of_entries(case: Case, viewer: Viewer) -> Mapping[tuple[str, str], str]:
    """For the timeline, by record (kind, id): since when what it says was true, and since when it is known here."""
    first: dict[tuple[str, str], tuple[datetime, datetime]] = {}
    for snapshot in queries.snapshots_of(case, viewer):
        said: dict[tuple[str, str], datetime] = {}
        for row in statements(snapshot):
            since, record = since_of(row), (row["record"][0], row["record"][1])
            if since is not None:
                said[record] = min(since, said.get(record, since))
        for record, since in said.items():
            first.setdefault(record, (since, snapshot.evaluated_at))
    told = {record: apart(since, known, "known here since") for record, (since, known) in first.items()}
    return {record: f"{capital(text)}." for record, text in told.items() if text}
