"""Days on a London calendar as moments: what stands until a day stands through it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.clock import in_london, london


def today(at: datetime) -> date:
    """The day it is in London."""
    return in_london(at).date()


def end_of(day: date) -> datetime:
    """The moment a day is over."""
    return london(day + timedelta(days=1), time())
