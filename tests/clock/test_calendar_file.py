"""A calendar with a hole is refused with file, line and remedy: nothing is counted by it."""

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.clock import england_and_wales
from alongside.clock.calendar_file import CalendarFaults, read_calendar

SHIPPED = files("alongside.clock").joinpath("data/bank-holidays-england-and-wales.json").read_bytes()
DAYS = json.loads(SHIPPED)["bank_holidays"]


def told(data: bytes) -> list[str]:
    with pytest.raises(CalendarFaults) as refused:
        read_calendar(data, "days.json")
    return list(refused.value.faults)


def of(days: list[str]) -> bytes:
    lines = ",\n".join(f'"{day}": "x"' for day in days)
    return f'{{"bank_holidays": {{\n{lines}\n}}}}'.encode()


def test_the_shipped_one_is_whole() -> None:
    assert read_calendar(SHIPPED, "x") == england_and_wales().holidays == {date.fromisoformat(day) for day in DAYS}
    assert read_calendar(of(list(DAYS)), "x") == england_and_wales().holidays


def test_a_year_missing_between_two() -> None:
    [fault] = told(of([day for day in DAYS if not day.startswith("2019")]))
    line = [day for day in DAYS if not day.startswith("2019")].index("2020-01-01") + 2
    assert (
        fault == f"days.json:{line}: the bank holidays of 2019 are missing before those of 2020: enter the year whole"
    )


def test_a_year_that_was_not_entered_whole() -> None:
    [fault] = told(of([day for day in DAYS if day != "2026-12-25"]))
    assert fault.startswith("days.json:") and "2026 has 7 bank holidays, and no year has fewer than 8" in fault


def test_days_out_of_order_and_twice() -> None:
    days = list(DAYS)
    days[3], days[4] = days[4], days[3]
    assert told(of(days)) == [f"days.json:6: {days[4]} stands after {days[3]}: put the days in the order of time"]
    assert told(of([days[0], *DAYS])) == ["days.json:3: 2012-01-02 stands there twice: keep one"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "days.json:1: not JSON"),
        (b'{\n "bank_holidays": {\n', "days.json:3: not JSON"),
        (b"\n\n\xff", "days.json:3: the file is not UTF-8: save it as UTF-8"),
        (b"[]", "days.json:1: no bank holidays"),
        (b"3", "days.json:1: no bank holidays"),
        (b'{"bank_holidays": ["2026-01-01"]}', "days.json:1: no bank holidays"),
        (b'{"bank_holidays": {\n"2026-01-01": "x",\n"2026-02-31": "x"}}', "days.json:3: '2026-02-31' is no day"),
        (b"[" * 100_000, "days.json:1: not JSON"),
    ],
)
def test_what_is_no_calendar(data: bytes, words: str) -> None:
    assert any(fault.startswith(words) for fault in told(data)), told(data)


@given(st.data())
def test_no_spoilt_file_breaks_the_reading(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SHIPPED) - 1))
    end = data.draw(st.integers(start, min(len(SHIPPED), start + 300)))
    put = data.draw(st.one_of(st.binary(max_size=6), st.sampled_from([b"{", b"[", b'"2019-13-01"', b"null", b","])))
    try:
        assert read_calendar(SHIPPED[:start] + put + SHIPPED[end:], "days.json")
    except CalendarFaults as refused:
        assert all(fault.startswith("days.json:") for fault in refused.faults)
