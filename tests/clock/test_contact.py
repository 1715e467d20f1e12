"""Safe hours: in doubt, no."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import ContactWindow, in_london, may_contact
from tests.prove import contact_oracle as oracle

WEEKDAYS = ContactWindow(frozenset(range(5)), time(9), time(15))
SATURDAY_NIGHT = ContactWindow(frozenset({5}), time(22), time(2))
SUNDAY_SMALL_HOURS = ContactWindow(frozenset({6}), time(1, 30), time(4))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("window", "moment", "allowed"),
    [
        (WEEKDAYS, "2026-03-02T09:00:00+00:00", True),
        (WEEKDAYS, "2026-03-02T08:59:59+00:00", False),
        (WEEKDAYS, "2026-03-02T15:00:00+00:00", False),
        (WEEKDAYS, "2026-03-07T10:00:00+00:00", False),
        (WEEKDAYS, "2026-07-01T08:30:00+00:00", True),  # 9:30am in London
        (WEEKDAYS, "2026-07-01T14:30:00+00:00", False),  # 3:30pm in London
        (SATURDAY_NIGHT, "2026-03-07T23:00:00+00:00", True),
        (SATURDAY_NIGHT, "2026-03-08T01:59:00+00:00", True),
        (SATURDAY_NIGHT, "2026-03-08T02:00:00+00:00", False),
        (SATURDAY_NIGHT, "2026-03-07T01:00:00+00:00", False),
    ],
)
def test_a_window_is_open_or_not(window: ContactWindow, moment: str, allowed: bool) -> None:
    assert may_contact([window], at(moment)).allowed is allowed


def test_without_hours_the_answer_is_no() -> None:
    assert may_contact([], at("2026-03-02T09:00:00+00:00")).reason == "No safe hours are recorded."


@pytest.mark.parametrize(
    "moment",
    [
        "2026-10-25T00:45:00+00:00",  # 1:45am, the first time
        "2026-10-25T01:45:00+00:00",  # 1:45am, the second time
        "2026-10-25T03:00:00+00:00",  # inside, but nobody can say which 1:30am was meant to open it
        "2026-03-29T01:45:00+00:00",  # 2:45am on the morning that has no 1:30am
    ],
)
def test_an_end_that_comes_twice_or_never_is_refused(moment: str) -> None:
    answer = may_contact([SUNDAY_SMALL_HOURS], at(moment))
    assert not answer.allowed
    assert "clocks change" in answer.reason


def test_a_clear_window_is_not_spoilt_by_a_doubtful_one() -> None:
    clear = ContactWindow(frozenset({6}), time(0), time(6))
    assert may_contact([SUNDAY_SMALL_HOURS, clear], at("2026-10-25T03:00:00+00:00")).allowed


def test_a_long_window_over_the_change_stays_open_throughout() -> None:
    night = ContactWindow(frozenset({5}), time(22), time(6))
    for moment in ("2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00", "2026-03-29T01:30:00+00:00"):
        assert may_contact([night], at(moment)).allowed


@pytest.mark.parametrize(("days", "opens", "closes"), [((), 9, 15), ((7,), 9, 15), ((0,), 9, 9)])
def test_a_window_of_nothing_is_refused(days: tuple[int, ...], opens: int, closes: int) -> None:
    with pytest.raises(ValueError, match="window"):
        ContactWindow(frozenset(days), time(opens), time(closes))


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_contact_is_only_ever_allowed_inside_the_hours_said(moment: datetime) -> None:
    local = in_london(moment)
    inside = local.weekday() < 5 and time(9) <= local.time() < time(15)
    answer = may_contact([WEEKDAYS], moment)
    assert answer.allowed == inside
    assert answer.allowed or answer.reason


YEAR = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(365 * 24)]


@pytest.mark.parametrize(
    ("days", "opens", "closes"),
    [(range(7), 9, 15), (range(5), 22, 6), ((5, 6), 23, 2), ((6,), 1, 3), ((6,), 0, 1), (range(7), 2, 1)],
    ids=["by day", "by night", "weekend nights", "from the hour of the change", "until it", "all but an hour"],
)
def test_every_hour_of_a_year_is_as_a_second_writing_has_it(days: Iterable[int], opens: int, closes: int) -> None:
    window = ContactWindow(frozenset(days), time(opens), time(closes))
    told = [(set(days), opens * 60, closes * 60)]
    wrong = [at for at in YEAR if may_contact([window], at).allowed != oracle.surely_inside(told, at)]
    assert wrong == []
