"""A deadline as a value: the moment where it can be worked out, and always the words."""

from dataclasses import dataclass
from datetime import datetime

from alongside.clock.elapsed import add_days, add_hours
from alongside.clock.undecided import Undecided
from alongside.clock.words import clock_words, spoken
from alongside.clock.zones import in_london, utc

NO_TIME_GIVEN = "no time is given"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when.

    `due`: the latest moment, None where there is none or it cannot be worked out; `text`: the `due_text` of the
    contract; `earliest`: where the act may not come before a moment (14 to 28 days); `undecided`: why it cannot be
    worked out, with what to do meanwhile.
    """

    due: datetime | None
    text: str
    earliest: datetime | None = None
    undecided: Undecided | None = None

    def words(self, now: datetime) -> str:
        """How it reads at `now`: see `clock_words`; advice is added where the moment is missing."""
        if self.undecided is not None:
            return f"cannot be worked out: {self.undecided}"
        if self.earliest is not None and utc(now) < utc(self.earliest):
            return f"not before {spoken(self.earliest)}; {clock_words(self.due, now, self.text)}"
        return clock_words(self.due, now, self.text)

    def is_past(self, now: datetime) -> bool:
        """Is the moment known and over? What is owed at once is past as soon as it is owed, and says its age."""
        return self.due is not None and utc(now) > utc(self.due)


def no_time_given() -> Deadline:
    """The text gives no time."""
    return Deadline(None, NO_TIME_GIVEN)


def words_only(text: str) -> Deadline:
    """The text gives a time that no clock can count ("before the meeting")."""
    return Deadline(None, text)


def cannot_be_worked_out(undecided: Undecided) -> Deadline:
    """A deadline that waits for what `undecided` names."""
    return Deadline(None, undecided.due_text, undecided=undecided)


def start_not_known(fact: str) -> Deadline:
    """The deadline of a rule whose starting moment is not known; `fact` is its name."""
    return cannot_be_worked_out(Undecided(f"{fact} is not known"))


def immediate(start: datetime, words: str = "immediately") -> Deadline:
    """Owed from the start on, in the text's own words: immediately, at once, without delay."""
    return Deadline(in_london(start), words)


def within_hours(start: datetime, hours: int) -> Deadline:
    """`hours` elapsed hours from the start."""
    due = add_hours(start, hours)
    return Deadline(due, by(due))


def window(start: datetime, earliest_days: int, latest_days: int) -> Deadline:
    """Between two numbers of calendar days after the start (14 to 28 days)."""
    if not 0 <= earliest_days <= latest_days:
        raise ValueError("The earliest day of a window must not come after its latest.")
    earliest, due = add_days(start, earliest_days), add_days(start, latest_days)
    return Deadline(due, f"from {spoken(earliest)} to {spoken(due)}", earliest)


def by(due: datetime) -> str:
    """ "by Wednesday 4 March, 10:14pm"."""
    return f"by {spoken(due)}"
