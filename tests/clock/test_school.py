"""Before the child arrives at school: docs/decisions/2026-11-22-school-arrival.md, point by point."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import NonSchoolDayRule, SchoolCalendar, Undecided, in_london

SCHOOL = SchoolCalendar(
    terms=[
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
    ],
    closed=[date(2026, 3, 4)],
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "arrival"),
    [
        ("2026-03-02T21:30:00+00:00", "2026-03-03T08:40:00+00:00"),  # Monday evening → Tuesday
        ("2026-03-03T01:00:00+00:00", "2026-03-03T08:40:00+00:00"),  # 1am on a school day → that morning
        ("2026-03-03T08:39:00+00:00", "2026-03-03T08:40:00+00:00"),
        ("2026-03-02T08:40:00+00:00", "2026-03-03T08:40:00+00:00"),  # children are in: the next day
        ("2026-03-08T00:30:00+00:00", "2026-03-09T08:40:00+00:00"),  # Sunday 0:30am → Monday is the following day
        ("2026-03-04T02:00:00+00:00", "2026-03-05T08:40:00+00:00"),  # closed today, open tomorrow
        ("2026-02-22T20:00:00+00:00", "2026-02-23T08:40:00+00:00"),  # last evening of half term
        ("2026-04-12T20:00:00+01:00", "2026-04-13T08:40:00+01:00"),
        ("2026-04-16T23:30:00+00:00", "2026-04-17T08:40:00+01:00"),  # 0:30am in London: that same morning
    ],
)
def test_the_first_arrival_after_the_incident(start: str, arrival: str) -> None:
    assert SCHOOL.arrival_following_day(at(start)) == at(arrival)


@pytest.mark.parametrize(
    ("start", "waited_for"),
    [
        ("2026-03-06T21:30:00+00:00", "2026-03-09T08:40:00+00:00"),  # Friday night
        ("2026-03-07T00:30:00+00:00", "2026-03-09T08:40:00+00:00"),  # Saturday 0:30am
        ("2026-03-03T20:00:00+00:00", "2026-03-05T08:40:00+00:00"),  # closed for a day
        ("2026-02-13T20:00:00+00:00", "2026-02-23T08:40:00+00:00"),  # half term
        ("2026-03-27T20:00:00+00:00", "2026-04-13T08:40:00+01:00"),  # over Easter and the clock change
        ("2026-05-03T20:00:00+01:00", "2026-05-05T08:40:00+01:00"),  # a bank holiday nobody listed
    ],
)
def test_before_a_day_without_school_the_local_rule_decides(start: str, waited_for: str) -> None:
    assert SCHOOL.arrival_following_day(at(start), "next-school-day") == at(waited_for)
    assert SCHOOL.arrival_following_day(at(start), "send-now") == at(start)
    unset = SCHOOL.arrival_following_day(at(start))
    assert str(unset) == "whether to wait for the next school day is not set; send now"


@pytest.mark.parametrize("rule", ["next-school-day", "send-now", None])
@pytest.mark.parametrize(
    ("school", "start"),
    [
        (SchoolCalendar([]), "2026-03-02T21:30:00+00:00"),
        (SCHOOL, "2025-12-10T21:30:00+00:00"),  # before the first term that is known
        (SCHOOL, "2026-09-10T21:30:00+01:00"),  # after the last
        (SCHOOL, "2026-09-10T01:00:00+01:00"),
        # Spring was never entered: a gap of months is no holiday.
        (
            SchoolCalendar([(date(2025, 9, 3), date(2025, 12, 19)), (date(2026, 4, 13), date(2026, 7, 21))]),
            "2026-03-02T21:30:00+00:00",
        ),
    ],
)
def test_missing_term_dates_are_never_guessed(
    school: SchoolCalendar, start: str, rule: NonSchoolDayRule | None
) -> None:
    assert str(school.arrival_following_day(at(start), rule)) == "the school's term dates are not known; send now"


def test_waiting_for_a_term_that_is_not_known_is_undecided() -> None:
    friday = at("2026-05-22T20:00:00+01:00")
    assert str(SCHOOL.arrival_following_day(friday, "next-school-day")) == (
        "the school's term dates are not known; send now"
    )
    assert SCHOOL.arrival_following_day(friday, "send-now") == friday


def test_a_school_has_its_own_arrival_time() -> None:
    early = SchoolCalendar(SCHOOL.terms, arrival=time(7, 45))
    assert early.arrival_following_day(at("2026-03-03T07:50:00+00:00")) == at("2026-03-04T07:45:00+00:00")


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ([(date(2026, 3, 27), date(2026, 2, 23))], "cannot end"),
        ([(date(2026, 1, 5), date(2026, 2, 23)), (date(2026, 2, 23), date(2026, 3, 27))], "overlap"),
    ],
)
def test_impossible_terms_are_refused(terms: list[tuple[date, date]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        SchoolCalendar(terms)


@given(
    st.datetimes(datetime(2025, 10, 1), datetime(2026, 8, 1), timezones=st.just(UTC)),
    st.sampled_from(["next-school-day", None]),
)
def test_an_arrival_is_a_school_morning_after_the_incident_and_none_lies_between(
    start: datetime, rule: NonSchoolDayRule | None
) -> None:
    arrival = SCHOOL.arrival_following_day(start, rule)
    if isinstance(arrival, Undecided):
        assert arrival.advice == "send now"
        return
    assert arrival > start
    assert (arrival.time(), SCHOOL.is_school_day(arrival.date())) == (time(8, 40), True)
    day = in_london(start).date() + timedelta(days=1)
    while day < arrival.date():
        assert SCHOOL.is_school_day(day) is False
        day += timedelta(days=1)
