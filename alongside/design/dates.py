"""Dates as people know them: in three parts, only a month and a year, or only a year; and moments with a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from alongside.design.moments import LONDON, clock_time


@dataclass(frozen=True)
class Part:
    name: str
    label: str
    width: int


DAY, MONTH, YEAR, TIME = (
    Part("day", "Day", 2),
    Part("month", "Month", 2),
    Part("year", "Year", 4),
    Part("time", "Time", 5),
)


class Parts(forms.MultiWidget):
    """Several short text boxes; the values travel as `name_0`, `name_1` …"""

    def __init__(self, *parts: Part) -> None:
        self.parts = parts
        super().__init__([forms.TextInput() for _ in parts])

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime):
            local = value.astimezone(LONDON)
            return [local.day, local.month, local.year, clock_time(local)][: len(self.parts)]
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        if isinstance(value, str) and value:
            numbers = [int(part) for part in value.split("-")]
            return [None] * (3 - len(numbers)) + list(reversed(numbers))
        return [None] * len(self.parts)


def _number(text: str, part: Part, lowest: int, highest: int) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise ValidationError(f"{part.label} must be a number from {lowest} to {highest}; “{text}” was typed.")
    return int(text)


def _day(parts: list[str]) -> date:
    day, month, year = parts
    if not (day and month and year):
        missing = [part.label.lower() for part, text in zip((DAY, MONTH, YEAR), parts, strict=True) if not text]
        raise ValidationError(f"The date must include a {' and a '.join(missing)}.")
    numbers = _number(year, YEAR, 1900, 2100), _number(month, MONTH, 1, 12), _number(day, DAY, 1, 31)
    try:
        return date(*numbers)
    except ValueError as fault:
        raise ValidationError(f"There is no day {day}/{month}/{year} in the calendar.") from fault


class _PartsField(forms.Field):
    parts: tuple[Part, ...]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", Parts(*self.parts))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        typed = [str(part or "").strip() for part in value or [""] * len(self.parts)]
        if not any(typed):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.read(typed)

    def read(self, typed: list[str]) -> Any:
        """The value of parts of which at least one is filled."""
        return _day(typed)


class Date(_PartsField):
    """A whole day: `datetime.date`, or None when left empty."""

    parts = (DAY, MONTH, YEAR)


class PartialDate(_PartsField):
    """A day known in part: `"1994-03-02"`, `"1994-03"` or `"1994"`, as in the notification; None when left empty."""

    parts = (DAY, MONTH, YEAR)

    def read(self, typed: list[str]) -> str:
        day, month, year = typed
        if not year:
            raise ValidationError("Give at least the year, or leave all three empty when nothing is known.")
        if day:
            return _day(typed).isoformat()
        number = _number(year, YEAR, 1900, 2100)
        return f"{number:04d}-{_number(month, MONTH, 1, 12):02d}" if month else f"{number:04d}"


class Moment(_PartsField):
    """A day and a time in London: an aware `datetime`; a time that the clocks skip or repeat is asked about."""

    parts = (DAY, MONTH, YEAR, TIME)

    def read(self, typed: list[str]) -> datetime:
        naive = datetime.combine(_day(typed[:3]), _time(typed[3]))  # given its zone below
        first, second = (naive.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
        if first.utcoffset() != second.utcoffset():
            raise ValidationError(
                "The clocks changed during that hour, so the time is not certain. Give a time outside it, and say so in the note."
            )
        return first


def _time(text: str) -> time:
    """ "9:30pm", "21:30", "2130" or "9pm"."""
    found = re.fullmatch(r"(\d{1,2})[:.]?(\d{2})?\s*([ap])?\.?m?\.?", text.lower().replace(" ", ""))
    if not found:
        raise ValidationError(f"Give the time like 9:30pm or 21:30; “{text}” was typed.")
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            raise ValidationError(f"Give the time like 9:30pm or 21:30; “{text}” was typed.")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59 or (not half and found[2] is None):
        raise ValidationError(f"Give the time like 9:30pm or 21:30; “{text}” was typed.")
    return time(hour, minute)
