"""Hours pass in UTC, days keep their time of day: also on the two nights when the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import LONDON, add_days, add_hours, in_london, months_begun

moments = st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("start", "hours", "shown"),
    [
        ("2026-03-02T22:14:00+00:00", 48, "2026-03-04T22:14:00+00:00"),
        ("2026-03-28T22:00:00+00:00", 24, "2026-03-29T23:00:00+01:00"),  # clocks go forward: an hour later on the wall
        ("2026-10-24T22:00:00+01:00", 24, "2026-10-25T21:00:00+00:00"),  # clocks go back: an hour earlier on the wall
        ("2026-10-25T01:30:00+01:00", 1, "2026-10-25T01:30:00+00:00"),  # the same time of day twice
    ],
)
def test_hours_are_elapsed_hours(start: str, hours: int, shown: str) -> None:
    due = add_hours(datetime.fromisoformat(start), hours)
    assert due.isoformat() == shown


@pytest.mark.parametrize(
    ("start", "days", "shown"),
    [
        ("2026-03-28T22:00:00+00:00", 1, "2026-03-29T22:00:00+01:00"),
        ("2026-10-24T22:00:00+01:00", 1, "2026-10-25T22:00:00+00:00"),
        ("2026-03-28T01:30:00+00:00", 1, "2026-03-29T02:30:00+01:00"),  # 1:30am is left out that night
        ("2026-10-24T01:30:00+01:00", 1, "2026-10-25T01:30:00+01:00"),  # 1:30am comes twice: the first
    ],
)
def test_days_keep_the_time_of_day(start: str, days: int, shown: str) -> None:
    assert add_days(datetime.fromisoformat(start), days).isoformat() == shown


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="must say its zone"):
        add_hours(datetime(2026, 3, 2, 22, 14), 48)


@given(moments, st.integers(0, 10_000))
def test_hours_are_exact_and_shown_in_london(start: datetime, hours: int) -> None:
    due = add_hours(start, hours)
    assert due.astimezone(UTC) - start == timedelta(hours=hours)
    assert due.tzinfo is LONDON


@given(moments, st.integers(0, 3_000))
def test_days_land_on_the_day_and_within_an_hour_of_the_time(start: datetime, days: int) -> None:
    due, begun = add_days(start, days), in_london(start)
    assert due.date() == begun.date() + timedelta(days=days)
    assert abs(due.replace(tzinfo=None) - begun.replace(tzinfo=None) - timedelta(days=days)) <= timedelta(hours=1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2025-03-02", "2025-03-02", 0),
        ("2025-03-02", "2025-03-03", 1),
        ("2025-03-02", "2026-03-01", 12),  # the day before the year is over
        ("2025-03-02", "2026-03-02", 12),
        ("2025-03-02", "2026-03-03", 13),
        ("2024-02-29", "2025-02-28", 12),
        ("2024-02-29", "2025-03-01", 12),  # that year has no 29 February: 1 March stands for it
        ("2024-02-29", "2025-03-02", 13),
        ("2023-02-28", "2024-02-28", 12),
        ("2023-02-28", "2024-02-29", 13),
        ("2025-01-31", "2025-02-28", 1),
    ],
)
def test_a_month_that_has_begun_counts(start: str, end: str, months: int) -> None:
    assert months_begun(*(datetime.fromisoformat(f"{day}T12:00:00+00:00") for day in (start, end))) == months


def test_months_go_by_the_day_in_london() -> None:
    sent = datetime(2025, 6, 9, 23, 30, tzinfo=UTC)  # half past midnight of the 10th in London
    assert months_begun(sent, datetime(2026, 6, 10, 21, 0, tzinfo=UTC)) == 12
