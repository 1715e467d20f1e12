"""Reading a dated file of bank holidays. One with a hole is refused: every day of a missing year would count as a working day."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

# England and Wales have eight in every year; a year with fewer was never entered whole.
FEWEST = 8


class CalendarFaults(ValueError):
    """A calendar that cannot be used; `faults` say every file, line and remedy."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_calendar(data: bytes, name: str) -> frozenset[date]:
    """The days of `bank_holidays`, an object of day and name in the order of time. Raises CalendarFaults."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CalendarFaults([f"{name}:{line}: the file is not UTF-8: save it as UTF-8"]) from error
    try:
        held = json.loads(text, object_pairs_hook=list)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise CalendarFaults([f"{name}:{line}: not JSON: {error}"]) from error
    said = next((value for key, value in _pairs(held) if key == "bank_holidays"), None)
    if said is None or not _pairs(said):
        raise CalendarFaults(
            [f"{name}:1: no bank holidays: " + '{"bank_holidays": {"2026-01-01": "New Year’s Day", …}}']
        )
    lines = _Lines(text, name)
    days = [(day, lines.of(key, place)) for key, day, place in _days(_pairs(said), lines)]
    lines.faults += _order(days)
    if not lines.faults:
        lines.faults += _whole(days)
    if lines.faults:
        raise CalendarFaults(lines.faults)
    return frozenset(day for day, _ in days)


def _pairs(held: object) -> list[tuple[str, object]]:
    is_object = isinstance(held, list) and all(isinstance(one, tuple) and len(one) == 2 for one in held)
    return held if is_object else []  # type: ignore[return-value]


class _Lines:
    """Where each day stands, and the faults so far."""

    def __init__(self, text: str, name: str) -> None:
        self._lines, self._name = text.splitlines(), name
        self.faults: list[str] = []

    def of(self, key: str, place: int) -> str:
        """File and line of the `place`-th time that a key is written."""
        found = [number for number, line in enumerate(self._lines, 1) if f'"{key}"' in line]
        return f"{self._name}:{found[min(place, len(found) - 1)] if found else 1}"


def _days(said: list[tuple[str, object]], lines: _Lines) -> Iterator[tuple[str, date, int]]:
    seen: Counter[str] = Counter()
    for key, _ in said:
        place = seen[key]
        seen[key] += 1
        try:
            yield key, date.fromisoformat(key), place
        except ValueError:
            lines.faults.append(f"{lines.of(key, place)}: {key!r} is no day: write it as 2026-12-25")


def _order(days: list[tuple[date, str]]) -> Iterator[str]:
    for (before, _), (day, where) in pairwise(days):
        if day == before:
            yield f"{where}: {day} stands there twice: keep one"
        elif day < before:
            yield f"{where}: {day} stands after {before}: put the days in the order of time"


def _whole(days: list[tuple[date, str]]) -> Iterator[str]:
    counts = Counter(day.year for day, _ in days)
    where = {day.year: place for day, place in reversed(days)}
    for before, year in pairwise(sorted(counts)):
        for missing in range(before + 1, year):
            yield f"{where[year]}: the bank holidays of {missing} are missing before those of {year}: enter the year whole"
    for year, count in sorted(counts.items()):
        if count < FEWEST:
            yield f"{where[year]}: {year} has {count} bank holidays, and no year has fewer than {FEWEST}: enter the year whole"
