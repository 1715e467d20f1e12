"""Hours in which somebody may be contacted, on a London wall clock. In doubt the answer is no, with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alongside.clock.zones import in_london, london, shown_twice, utc

NO_HOURS = "No safe hours are recorded."
OUTSIDE = "This is outside the safe hours."
CLOCKS_CHANGE = "The clocks change within these hours: it cannot be told whether this is a safe time."


@dataclass(frozen=True, slots=True)
class ContactWindow:
    """Safe from `opens` until `closes` (not at it) on these weekdays (Monday is 0).

    A window whose end is not after its beginning runs past midnight and belongs to the day it opens on.
    """

    weekdays: frozenset[int]
    opens: time
    closes: time

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= set(range(7)):
            raise ValueError("A contact window needs at least one weekday, Monday (0) to Sunday (6).")
        if self.opens == self.closes:
            raise ValueError("A contact window must not end at the time it begins.")

    def opening_on(self, day: date) -> tuple[datetime, datetime] | None:
        """From and until when it is open, for the window that opens on `day`; None on other weekdays."""
        if day.weekday() not in self.weekdays:
            return None
        last_day = day if self.closes > self.opens else day + timedelta(days=1)
        return london(day, self.opens), london(last_day, self.closes)

    def is_doubtful_on(self, day: date) -> bool:
        """Does a clock change make one of its ends come twice or never?"""
        opening = self.opening_on(day)
        if opening is None:
            return False
        return any(
            shown_twice(end) or end.time() != said for end, said in zip(opening, (self.opens, self.closes), strict=True)
        )


@dataclass(frozen=True, slots=True)
class ContactAnswer:
    """May contact be made now, and if not, why not, as a sentence."""

    allowed: bool
    reason: str = ""


def may_contact(windows: Iterable[ContactWindow], at: datetime) -> ContactAnswer:
    """Is it safe to make contact at this moment? Without any window the safe hours are not known: no."""
    given = tuple(windows)
    if not given:
        return ContactAnswer(False, NO_HOURS)
    local = in_london(at)
    # A window that opened yesterday may run past midnight.
    days = (local.date() - timedelta(days=1), local.date())
    open_now = [
        (window, day)
        for window in given
        for day in days
        if (opening := window.opening_on(day)) is not None and utc(opening[0]) <= utc(at) < utc(opening[1])
    ]
    if any(not window.is_doubtful_on(day) for window, day in open_now):
        return ContactAnswer(True)
    if open_now or _in_a_doubtful_hour(given, days, local):
        return ContactAnswer(False, CLOCKS_CHANGE)
    return ContactAnswer(False, OUTSIDE)


def _in_a_doubtful_hour(windows: tuple[ContactWindow, ...], days: tuple[date, date], local: datetime) -> bool:
    return shown_twice(local) and any(window.is_doubtful_on(day) for window in windows for day in days)


def next_opening(windows: Iterable[ContactWindow], after: datetime, *, days: int = 14) -> datetime | None:
    """The first moment from `after` on, within so many days, at which contact may be made; None when there is none.

    Nothing is promised for that moment: whoever waits for it asks again then.
    """
    given = tuple(windows)
    first = in_london(after).date() - timedelta(days=1)
    openings = (
        max(utc(opening[0]), utc(after))
        for day in (first + timedelta(days=offset) for offset in range(days + 2))
        for window in given
        if (opening := window.opening_on(day)) is not None and utc(opening[1]) > utc(after)
    )
    return next((moment for moment in sorted(openings) if may_contact(given, moment).allowed), None)
