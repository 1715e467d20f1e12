"""Moments and clocks in the words of the screens."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import clock_words, is_immediate, length, spoken

CALL = datetime(2026, 3, 2, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-02T22:14:00+00:00", "Monday 2 March, 10:14pm"),
        ("2026-07-01T21:00:00+00:00", "Wednesday 1 July, 10pm"),
        ("2026-03-02T12:00:00+00:00", "Monday 2 March, midday"),
        ("2026-03-02T00:00:00+00:00", "Monday 2 March, 12:00am"),
        ("2026-10-25T00:30:00+00:00", "Sunday 25 October, 1:30am (summer time)"),
        ("2026-10-25T01:30:00+00:00", "Sunday 25 October, 1:30am (winter time)"),
        ("2026-03-29T01:00:00+00:00", "Sunday 29 March, 2am"),
    ],
)
def test_moments_are_said_as_on_the_screens(moment: str, words: str) -> None:
    assert spoken(datetime.fromisoformat(moment)) == words


@pytest.mark.parametrize(
    ("passed", "due_text", "words"),
    [
        (timedelta(minutes=4), "immediately", "immediately, 4 minutes so far"),
        (timedelta(minutes=61), "at once", "at once, 1 hour so far"),
        (timedelta(days=3), "without delay", "without delay, 3 days so far"),
        (timedelta(seconds=20), "immediately", "immediately, less than a minute so far"),
        (timedelta(0), "immediately", "immediately"),
        (timedelta(hours=-3), "by …", "in 3 hours (Monday 2 March, 10:14pm)"),
        (timedelta(hours=-3, minutes=-59), "by …", "in 3 hours (Monday 2 March, 10:14pm)"),
        (timedelta(minutes=-1), "by …", "in 1 minute (Monday 2 March, 10:14pm)"),
        (timedelta(days=-3), "by …", "in 3 days (Monday 2 March, 10:14pm)"),
        (timedelta(minutes=30), "by …", "was due 10:14pm"),
        (timedelta(hours=5), "by …", "was due Monday 2 March, 10:14pm"),
        (timedelta(days=366), "by …", "was due Monday 2 March 2026, 10:14pm"),
    ],
)
def test_a_clock_counts_down_or_up(passed: timedelta, due_text: str, words: str) -> None:
    assert clock_words(CALL, CALL + passed, due_text) == words


def test_without_a_moment_the_text_speaks_for_itself() -> None:
    assert clock_words(None, CALL, "no time is given") == "no time is given"
    assert clock_words(None, CALL, "before the meeting") == "before the meeting"


def test_a_countdown_over_the_clock_change_counts_real_hours() -> None:
    due, now = datetime(2026, 3, 29, 6, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert clock_words(due, now) == "in 8 hours (Sunday 29 March, 7am)"


def test_the_words_of_an_immediate_duty_are_known() -> None:
    for words in (
        "immediately",
        "immediate",
        "at once",
        "without delay",
        "immediately following the officer completing it",
    ):
        assert is_immediate(words)
    for words in ("no time is given", "automatically", "48 hours after the telephone referral"):
        assert not is_immediate(words)


@given(st.timedeltas(timedelta(0), timedelta(days=4000)))
def test_a_length_is_never_longer_than_the_span(span: timedelta) -> None:
    words = length(span)
    if words == "less than a minute":
        assert span < timedelta(minutes=1)
        return
    number, unit = words.split()
    said = int(number) * timedelta(**{unit.removesuffix("s") + "s": 1})
    assert said <= span < 2 * said
    assert unit.endswith("s") == (number != "1")
