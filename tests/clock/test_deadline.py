"""Deadlines as values, and the timers of the packs."""

from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.clock import (
    SchoolCalendar,
    deadline_of_timer,
    deadline_without_timer,
    immediate,
    start_not_known,
    window,
    within_hours,
)

START = datetime(2026, 3, 2, 22, 14, tzinfo=UTC)
SCHOOL = SchoolCalendar([(date(2026, 2, 23), date(2026, 3, 27))])


def test_hours_give_a_moment_and_its_words() -> None:
    deadline = within_hours(START, 48)
    assert deadline.due == START + timedelta(hours=48)
    assert deadline.text == "by Wednesday 4 March, 10:14pm"
    assert deadline.words(START) == "in 2 days (Wednesday 4 March, 10:14pm)"
    assert not deadline.is_past(START + timedelta(hours=48))
    assert deadline.is_past(START + timedelta(hours=48, seconds=1))


def test_what_is_owed_at_once_is_due_from_its_start() -> None:
    deadline = immediate(START)
    assert (deadline.due, deadline.text) == (START, "immediately")
    assert deadline.words(START + timedelta(minutes=4)) == "immediately, 4 minutes so far"


def test_a_start_that_is_not_known_is_named() -> None:
    deadline = start_not_known("dvpn_issued_at")
    assert deadline.due is None
    assert deadline.text == deadline.words(START) == "cannot be worked out: dvpn_issued_at is not known"
    assert not deadline.is_past(START)


def test_a_window_has_an_earliest_and_a_latest() -> None:
    deadline = window(START, 14, 28)
    assert deadline.earliest == START + timedelta(days=14)
    assert deadline.due == datetime(2026, 3, 30, 21, 14, tzinfo=UTC)  # summer time by then: the same time of day
    assert deadline.text == "from Monday 16 March, 10:14pm to Monday 30 March, 10:14pm"
    assert deadline.words(START).startswith("not before Monday 16 March, 10:14pm; in 27 days")
    assert deadline.words(START + timedelta(days=15)).startswith("in 12 days")


def test_a_window_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="earliest day"):
        window(START, 28, 14)


@pytest.mark.parametrize(
    ("timer", "due", "text"),
    [
        ({"limit": "immediate", "words": "at once"}, START, "at once"),
        ({"limit": "immediate"}, START, "immediately"),
        ({"limit": "without delay", "words": "without delay"}, START, "without delay"),
        ({"limit_hours": 48}, START + timedelta(hours=48), "by Wednesday 4 March, 10:14pm"),
        (
            {"limit": "school_arrival_following_day", "school": SCHOOL},
            datetime(2026, 3, 3, 8, 40, tzinfo=UTC),
            "by Tuesday 3 March, 8:40am",
        ),
        (
            {"limit": "school_arrival_following_day"},
            None,
            "cannot be worked out: the school's term dates are not known",
        ),
    ],
)
def test_a_timer_of_a_pack_becomes_a_deadline(timer: dict[str, object], due: datetime | None, text: str) -> None:
    deadline = deadline_of_timer(starts="incident_at", start=START, **timer)  # type: ignore[arg-type]
    assert (deadline.due, deadline.text) == (due, text)


def test_missing_term_dates_say_to_send_now() -> None:
    deadline = deadline_of_timer(starts="incident_at", start=START, limit="school_arrival_following_day")
    assert deadline.words(START) == "cannot be worked out: the school's term dates are not known; send now"


def test_a_timer_without_its_start_names_the_fact() -> None:
    deadline = deadline_of_timer(starts="police_attended_at", start=None, limit="immediate")
    assert deadline.text == "cannot be worked out: police_attended_at is not known"


def test_a_limit_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        deadline_of_timer(starts="incident_at", start=START, limit="fortnight")


def test_without_a_timer_the_words_of_the_text_stand() -> None:
    assert deadline_without_timer("up to 28 days").text == "up to 28 days"
    assert deadline_without_timer("none stated").text == "no time is given"
    assert deadline_without_timer(None).text == "no time is given"
