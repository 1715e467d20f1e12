"""Ages from dates of birth known in whole or in part."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import completed_months, completed_years, parse_birth_date

CALL = datetime(2026, 3, 2, 22, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born", "months"),
    [
        ("2025-04-02", (11, 11)),
        ("2025-03-03", (11, 11)),
        ("2025-03-02", (12, 12)),
        ("2025-03", (11, 12)),
        ("2025", (2, 14)),
        ("2026-03-02", (0, 0)),
        ("2026-03", (0, 0)),  # already born: not after the call
        ("2026", (0, 2)),
        ("2026-01-31", (1, 1)),
        ("2024-02-29", (24, 24)),
    ],
)
def test_months_at_a_moment(born: str, months: tuple[int, int]) -> None:
    assert completed_months(born, CALL) == months


def test_years_at_a_moment() -> None:
    assert completed_years("2008", CALL) == (17, 18)
    assert completed_years("2008-03-02", CALL) == (18, 18)
    assert completed_years("2008-03-03", CALL) == (17, 17)


def test_who_is_born_on_29_february_has_a_birthday_on_1_march() -> None:
    assert completed_years("2008-02-29", datetime(2026, 2, 28, 12, tzinfo=UTC)) == (17, 17)
    assert completed_years("2008-02-29", datetime(2026, 3, 1, 12, tzinfo=UTC)) == (18, 18)


def test_the_day_is_the_day_in_london() -> None:
    assert completed_months("2025-07-02", datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == (12, 12)


@pytest.mark.parametrize(
    ("born", "sentence"),
    [
        ("2020-02-31", "There is no 31 February in 2020"),
        ("2023-02-29", "There is no 29 February in 2023"),
        ("2020-13-01", "There is no month 13"),
        ("2020-00", "There is no month 00"),
        ("2020-01-00", "There is no 0 January"),
        ("0000", "no year 0000"),
        ("2026-03-03", "cannot be in the future"),
        ("2027", "cannot be in the future"),
        ("1850-01-01", "130 years"),
        ("01/02/1990", "is not a date"),
        ("", "is not a date"),
        ("2020-1-1", "is not a date"),
        ("٢٠٢٠-٠١-٠١", "is not a date"),
        ("2020-01-01\n", "is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(born: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        completed_months(born, CALL)


births = st.dates(date(1900, 1, 1), date(2026, 3, 2))


@given(births)
def test_knowing_less_never_excludes_the_truth(born: date) -> None:
    exact = completed_months(born.isoformat(), CALL)
    assert exact[0] == exact[1]
    for partial in (born.isoformat()[:7], born.isoformat()[:4]):
        youngest, oldest = completed_months(partial, CALL)
        assert 0 <= youngest <= exact[0] <= oldest


@given(births, births)
def test_the_older_is_never_younger(one: date, other: date) -> None:
    older, younger = sorted((one, other))
    assert completed_months(older.isoformat(), CALL) >= completed_months(younger.isoformat(), CALL)


@given(births)
def test_a_whole_date_is_one_day(born: date) -> None:
    parsed = parse_birth_date(born.isoformat())
    assert parsed.is_exact and parsed.first == born
