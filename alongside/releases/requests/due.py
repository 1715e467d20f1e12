"""By when a request is answered: the same day of the month so many months on, or that month's last."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def due_on(received: date, months: int) -> date:
    """The corresponding day, as the clock of the law counts it; the last of the month where there is none."""
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    return date(year, month + 1, min(received.day, monthrange(year, month + 1)[1]))
