"""Safe hours in writing: exact ones are read back as they were, anything else is words; and when it is safe next."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import ContactWindow, exact, may_contact, next_opening, read_windows, spoken_windows

TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
WINDOWS = (
    st.tuples(st.frozensets(st.integers(0, 6), min_size=1), TIMES, TIMES)
    .filter(lambda parts: parts[1] != parts[2])
    .map(lambda parts: ContactWindow(*parts))
)


@given(st.lists(WINDOWS, min_size=1, max_size=3))
def test_exact_hours_are_read_as_they_were_written(windows: list[ContactWindow]) -> None:
    assert list(read_windows(exact(windows)) or ()) == windows


@pytest.mark.parametrize(
    ("text", "days", "opens", "closes"),
    [
        ("Mon-Fri 09:00-15:00", {0, 1, 2, 3, 4}, time(9), time(15)),
        ("sat,sun 10:00 – 12:30", {5, 6}, time(10), time(12, 30)),
        ("Mon, Wed-Thu 22:00-02:00", {0, 2, 3}, time(22), time(2)),
    ],
)
def test_what_is_exact(text: str, days: set[int], opens: time, closes: time) -> None:
    assert read_windows(text) == (ContactWindow(frozenset(days), opens, closes),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "weekdays 9 to 3",
        "Mon-Fri 9:00-15:00",
        "Mon-Fri 09:00-24:00",
        "Mon-Fri 09:00-15:00, only her",
        "Mon-Fri 09:00-15:00; not on Fridays",
        "Mon,Xyz 09:00-15:00",
        "Fri-Mon 09:00-15:00",
        "Mon 09:00-09:00",
    ],
)
def test_whatever_is_not_wholly_exact_is_words(text: str) -> None:
    assert read_windows(text) is None


def test_hours_are_read_out_with_the_days_together() -> None:
    assert spoken_windows(read_windows("Mon-Fri 09:00-15:00; Sat,Sun 00:00-12:30") or ()) == (
        "Monday to Friday, 9:00am to 3:00pm; Saturday and Sunday, 12:00am to 12:30pm"
    )


@given(
    st.lists(WINDOWS, min_size=1, max_size=3),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_safe_time_is_safe_and_none_is_passed_over(windows: list[ContactWindow], at: datetime) -> None:
    found = next_opening(windows, at)
    assert found is not None and found >= at and may_contact(windows, found).allowed
    hours = (at + timedelta(minutes=30 * step) for step in range(2 * 24 * 2))
    assert not any(may_contact(windows, moment).allowed for moment in hours if moment < found)


def test_what_never_opens_in_time_has_no_next() -> None:
    assert next_opening((), datetime(2026, 3, 2, tzinfo=UTC)) is None
