"""Deadlines, ages and safe hours: time as the procedures mean it.

Elapsed hours are counted in UTC and shown in Europe/London; working days and school days come from dated calendars.
What a calendar does not cover is undecided, with the reason, never guessed. No Django, no network, and nothing here
reads the clock: every moment comes in as an argument.
"""

from alongside.clock.ages import BirthDate, completed_months, completed_years, parse_birth_date
from alongside.clock.contact import ContactAnswer, ContactWindow, may_contact, next_opening
from alongside.clock.contact_hours import exact, read_windows, spoken_windows
from alongside.clock.deadline import (
    Deadline,
    cannot_be_worked_out,
    immediate,
    no_time_given,
    start_not_known,
    window,
    within_hours,
    words_only,
)
from alongside.clock.elapsed import add_days, add_hours, months_before, months_begun
from alongside.clock.school import NonSchoolDayRule, SchoolCalendar
from alongside.clock.timers import deadline_by_calendar, deadline_of_timer, deadline_without_timer
from alongside.clock.undecided import Undecided
from alongside.clock.words import clock_words, is_immediate, length, spoken, spoken_day, time_of_day
from alongside.clock.working_days import WorkingCalendar, england_and_wales, working_deadline
from alongside.clock.zones import LONDON, in_london, london

__all__ = [
    "LONDON",
    "BirthDate",
    "ContactAnswer",
    "ContactWindow",
    "Deadline",
    "NonSchoolDayRule",
    "SchoolCalendar",
    "Undecided",
    "WorkingCalendar",
    "add_days",
    "add_hours",
    "cannot_be_worked_out",
    "clock_words",
    "completed_months",
    "completed_years",
    "deadline_by_calendar",
    "deadline_of_timer",
    "deadline_without_timer",
    "england_and_wales",
    "exact",
    "immediate",
    "in_london",
    "is_immediate",
    "length",
    "london",
    "may_contact",
    "months_before",
    "months_begun",
    "next_opening",
    "no_time_given",
    "parse_birth_date",
    "read_windows",
    "spoken",
    "spoken_day",
    "spoken_windows",
    "start_not_known",
    "time_of_day",
    "window",
    "within_hours",
    "words_only",
    "working_deadline",
]
