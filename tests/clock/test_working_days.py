"""Working days, and the shipped bank holidays."""

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import govuk_bank_holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import (
    Undecided,
    WorkingCalendar,
    deadline_by_calendar,
    england_and_wales,
    in_london,
    working_deadline,
)

CALENDAR = england_and_wales()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_shipped_days_are_those_of_the_package() -> None:
    bundled = Path(govuk_bank_holidays.__file__).with_name("bank-holidays.json")
    events = json.loads(bundled.read_text("utf-8"))["england-and-wales"]["events"]
    assert {date.fromisoformat(event["date"]) for event in events} == CALENDAR.holidays


def test_every_year_of_the_calendar_is_whole() -> None:
    years = [day.year for day in CALENDAR.holidays]
    assert all(years.count(year) >= 8 for year in range(CALENDAR.first_year, CALENDAR.last_year + 1))
    assert CALENDAR.last_year >= 2028


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-03-02T22:14:00+00:00", 1, "2026-03-03T17:00:00+00:00"),
        ("2026-03-06T10:00:00+00:00", 1, "2026-03-09T17:00:00+00:00"),  # Friday → Monday
        ("2026-04-02T10:00:00+01:00", 1, "2026-04-07T17:00:00+01:00"),  # over Easter
        ("2026-12-24T18:00:00+00:00", 3, "2026-12-31T17:00:00+00:00"),  # Boxing Day's substitute on Monday 28
        ("2026-03-27T10:00:00+00:00", 1, "2026-03-30T17:00:00+01:00"),  # the clocks change between
        ("2026-03-07T10:00:00+00:00", 0, "2026-03-07T10:00:00+00:00"),
    ],
)
def test_working_days(start: str, days: int, due: str) -> None:
    assert working_deadline(at(start), days=days).due == at(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02T10:00:00+00:00", 4, "2026-03-02T14:00:00+00:00"),
        ("2026-03-02T22:14:00+00:00", 4, "2026-03-03T13:00:00+00:00"),
        ("2026-03-06T16:00:00+00:00", 2, "2026-03-09T10:00:00+00:00"),
        ("2026-03-06T09:00:00+00:00", 8, "2026-03-06T17:00:00+00:00"),
        ("2026-10-23T16:00:00+01:00", 2, "2026-10-26T10:00:00+00:00"),
        ("2026-03-07T12:00:00+00:00", 0, "2026-03-09T09:00:00+00:00"),
    ],
)
def test_working_hours(start: str, hours: int, due: str) -> None:
    assert working_deadline(at(start), hours=hours).due == at(due)


@pytest.mark.parametrize("amount", [{"days": 5}, {"hours": 40}])
def test_past_the_last_year_it_is_undecided(amount: dict[str, int]) -> None:
    deadline = working_deadline(datetime(CALENDAR.last_year, 12, 30, 10, tzinfo=UTC), **amount)
    assert deadline.due is None
    assert deadline.text == f"cannot be worked out: the bank holidays of {CALENDAR.last_year + 1} are not known"


def test_a_weekend_is_known_without_a_calendar() -> None:
    assert CALENDAR.is_working_day(date(2090, 7, 1)) is False  # a Saturday
    assert isinstance(CALENDAR.is_working_day(date(2090, 7, 3)), Undecided)


@pytest.mark.parametrize("amount", [{}, {"days": 1, "hours": 1}, {"days": -1}])
def test_nonsense_is_refused(amount: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"working|before its start"):
        working_deadline(datetime(2026, 3, 2, tzinfo=UTC), **amount)


def test_an_office_must_open_before_it_closes() -> None:
    with pytest.raises(ValueError, match="open before"):
        WorkingCalendar(frozenset(), 2026, 2026, time(17), time(9))


starts = st.datetimes(datetime(2013, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))


@given(starts, st.integers(1, 60))
def test_so_many_working_days_lie_between(start: datetime, days: int) -> None:
    due = working_deadline(start, days=days).due
    assert due is not None
    first, last = in_london(start).date(), due.date()
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(CALENDAR.is_working_day(day) is True for day in between) == days
    assert CALENDAR.is_working_day(last) is True


@given(starts, st.integers(0, 200), st.integers(0, 200))
def test_more_working_hours_are_never_due_earlier(start: datetime, one: int, other: int) -> None:
    fewer = working_deadline(start, hours=min(one, other)).due
    more = working_deadline(start, hours=max(one, other)).due
    assert fewer is not None and more is not None
    assert start <= fewer <= more


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-02T22:14:00+00:00", "2026-03-04T22:14:00+00:00"),
        ("2026-03-06T00:00:00+00:00", "2026-03-08T00:00:00+00:00"),  # ends as the Sunday begins
        ("2026-03-07T12:00:00+00:00", "2026-03-10T12:00:00+00:00"),  # Saturday → Tuesday
        ("2026-03-08T12:00:00+00:00", "2026-03-11T00:00:00+00:00"),  # given on a Sunday: from midnight on
        ("2026-03-28T12:00:00+00:00", "2026-03-31T12:00:00+01:00"),  # the clocks change on the Sunday
        ("2026-04-02T12:00:00+01:00", "2026-04-07T12:00:00+01:00"),  # over Easter, Saturday counts
    ],
)
def test_hours_that_leave_out_sundays_and_bank_holidays(start: str, due: str) -> None:
    assert deadline_by_calendar(at(start), limit_hours=48).due == at(due)


def test_hours_are_undecided_where_the_calendar_ends() -> None:
    start = datetime(CALENDAR.last_year, 12, 31, 12, tzinfo=UTC)
    held = deadline_by_calendar(start, limit_hours=48)
    assert held.due is None and held.undecided is not None
