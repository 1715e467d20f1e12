"""Safe hours in writing: one exact form that the machine keeps to, and words for people.

Exact is "Mon-Fri 09:00-15:00; Sat 22:00-02:00": days, then from and until on the 24-hour clock. Anything else is words, which a colleague
reads: "weekdays 9 to 3" does not say in the morning of which 9.
"""

import re
from collections.abc import Iterable
from datetime import time

from alongside.clock.contact import ContactWindow

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBER = {name.lower(): number for number, name in enumerate(DAYS)}
_TIME = r"([01]\d|2[0-3]):([0-5]\d)"
_PART = re.compile(
    rf"(?P<days>[a-z]{{3}}(?:-[a-z]{{3}})?(?:, ?[a-z]{{3}}(?:-[a-z]{{3}})?)*) {_TIME} ?[-–] ?{_TIME}", re.IGNORECASE
)


def read_windows(text: str) -> tuple[ContactWindow, ...] | None:
    """The windows of an exact text; None when any part of it is not exact."""
    found = [_window(part.strip()) for part in text.split(";")]
    return None if None in found else tuple(window for window in found if window is not None)


def _window(part: str) -> ContactWindow | None:
    held = _PART.fullmatch(part)
    if held is None:
        return None
    days = [_span(one.strip().lower()) for one in held["days"].split(",")]
    if not all(days):
        return None
    hours, minutes, last_hours, last_minutes = (int(number) for number in held.groups()[1:])
    try:
        return ContactWindow(
            frozenset(day for span in days for day in span), time(hours, minutes), time(last_hours, last_minutes)
        )
    except ValueError:
        return None


def _span(text: str) -> range:
    """The days from the first to the last; nothing for a name that is no day, or a week read backwards."""
    first, _, last = text.partition("-")
    start, end = _NUMBER.get(first), _NUMBER.get(last or first)
    return range(0) if start is None or end is None else range(start, end + 1)


def exact(windows: Iterable[ContactWindow]) -> str:
    """Windows in the exact form, so that `read_windows` gives them again."""
    return "; ".join(
        f"{','.join(DAYS[day] for day in sorted(window.weekdays))} {window.opens:%H:%M}-{window.closes:%H:%M}"
        for window in windows
    )


def spoken_windows(windows: Iterable[ContactWindow]) -> str:
    """ "Monday to Friday, 9:00am to 3:00pm; Saturday, 10:00pm to 2:00am"."""
    return "; ".join(
        f"{_spoken_days(sorted(window.weekdays))}, {_clock(window.opens)} to {_clock(window.closes)}"
        for window in windows
    )


def _spoken_days(days: list[int]) -> str:
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{NAMES[days[0]]} to {NAMES[days[-1]]}"
    said = [NAMES[day] for day in days]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _clock(at: time) -> str:
    return f"{at:%I:%M%p}".lstrip("0").lower()
