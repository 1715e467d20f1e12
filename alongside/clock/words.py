"""Moments and clocks in the words of the screens: "Monday 2 March, 10:14pm", "in 3 hours (…)", "was due 9:30pm"."""

from datetime import datetime, timedelta

from alongside.clock.zones import in_london, shown_twice, utc

IMMEDIATE_WORDS = ("immediate", "at once", "without delay")


def time_of_day(moment: datetime) -> str:
    """ "10:14pm", "9pm", "midday"; the hour that comes twice in autumn says which of the two it is."""
    local = in_london(moment)
    if (local.hour, local.minute) == (12, 0):
        return "midday"
    hour = local.hour % 12 or 12
    minutes = f":{local.minute:02}" if local.minute or local.hour == 0 else ""
    half = "am" if local.hour < 12 else "pm"
    which = f" ({'winter' if local.fold else 'summer'} time)" if shown_twice(moment) else ""
    return f"{hour}{minutes}{half}{which}"


def spoken_day(moment: datetime, *, year: bool = False) -> str:
    """ "Monday 2 March", with the year where asked."""
    local = in_london(moment)
    return f"{local:%A} {local.day} {local:%B}" + (f" {local.year}" if year else "")


def spoken(moment: datetime, *, year: bool = False) -> str:
    """ "Monday 2 March, 10:14pm", with the year where asked."""
    return f"{spoken_day(moment, year=year)}, {time_of_day(moment)}"


def length(span: timedelta) -> str:
    """A span in its largest sensible unit, rounded down: "4 minutes", "3 hours", "2 days"."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return _count(minutes, "minute")
    if minutes < 48 * 60:
        return _count(minutes // 60, "hour")
    return _count(minutes // (24 * 60), "day")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def is_immediate(due_text: str) -> bool:
    """Are these the words of a duty that is owed at once?"""
    return due_text.startswith(IMMEDIATE_WORDS)


def clock_words(due: datetime | None, now: datetime, due_text: str = "") -> str:
    """How a deadline reads at `now`.

    `due_text` is the deadline's own text (contract, section 1). Without a moment it is all there is to say; the
    words of an immediate duty count up ("immediately, 4 minutes so far"); any other counts down and then says
    when it was due, with the day if that is not today, and with the year if that is not this one.
    """
    if due is None:
        return due_text
    left = utc(due) - utc(now)
    if is_immediate(due_text):
        return f"{due_text}, {length(-left)} so far" if left < timedelta() else due_text
    here, there = in_london(now), in_london(due)
    if left < timedelta():
        return f"was due {time_of_day(due) if here.date() == there.date() else _dated(due, now)}"
    return f"in {length(left)} ({_dated(due, now)})"


def _dated(moment: datetime, now: datetime) -> str:
    return spoken(moment, year=in_london(moment).year != in_london(now).year)
