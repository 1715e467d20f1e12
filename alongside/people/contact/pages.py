"""How reaching somebody is written on pages. Whoever opens what is sealed here has recorded the read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.clock import spoken_windows
from alongside.clock.contact import ContactWindow
from alongside.design.moments import ago, when
from alongside.people.contact import codes
from alongside.people.contact.rules import Answer
from alongside.people.models import CHANNELS, ContactTask, ContactTry, SafeContact, SafeHours

HEADS = {
    "yes": "Yes, as things are recorded now",
    "no": "No: do not do this",
    "decide": "You decide: read the hours first",
}
# Ours, for when nothing was agreed; it tells nothing to whoever hears it.
SAY_NOTHING = "Nothing was agreed. Say that you have a wrong number, and end the call."
IS_KNOWN = {True: "Yes", False: "No", None: ""}


def hours(rows: Iterable[SafeHours]) -> str:
    """The hours of a way, days with the same hours together: "Monday to Friday, 9:00am to 3:00pm"."""
    days: dict[tuple[object, object], set[int]] = {}
    held = {(row.opens, row.closes): row for row in rows}
    for row in rows:
        days.setdefault((row.opens, row.closes), set()).add(row.weekday)
    return spoken_windows(ContactWindow(frozenset(days[span]), row.opens, row.closes) for span, row in held.items())


def when_safe(row: SafeContact) -> str:
    """When a way is safe, in words; empty when it is not known."""
    if row.when == "any":
        return "At any time"
    said = hours(list(row.safe_hours.all())) if row.when == "hours" else ""
    return said or (f"“{row.hours}” (a colleague decides)" if row.hours else "")


def way_rows(row: SafeContact, now: datetime, days: int, *, stands: bool = True) -> list[dict[str, object]]:
    """One way of reaching somebody, opened; one that no longer stands says so first."""
    over: list[dict[str, object]] = (
        [] if stands else [{"key": "Over", "text": "Something later was said of this way. Do not go by this."}]
    )
    who = dict(codes.WHO_MAY_ANSWER).get(row.answered_by, "") if row.answered_by else ""
    counts_until = row.confirmed_at + timedelta(days=days)
    said_until = when(counts_until) if counts_until > now else "Too old: ask again"
    until: list[dict[str, object]] = [{"key": "Counts until", "text": said_until}] if stands else []
    note: list[dict[str, object]] = [{"key": "Note", "text": row.note.open()}] if row.note else []
    return [
        *over,
        {"key": "How", "text": f"{dict(CHANNELS)[row.channel].capitalize()} {row.value.open()}".strip()},
        {"key": "Safe", "text": IS_KNOWN[row.safe]},
        {"key": "May somebody else see or hear it", "text": IS_KNOWN[row.monitored]},
        {"key": "Shared with anybody", "text": IS_KNOWN[row.shared]},
        {"key": "When", "text": when_safe(row)},
        {"key": "Who may answer", "text": ". ".join(filter(None, (who, row.who_may_answer)))},
        {"key": "May anything be left", "text": IS_KNOWN[row.may_leave]},
        {"key": "Words to use", "text": row.code_word.open()},
        {"key": "If somebody else answers", "text": row.say_to_others.open()},
        *note,
        {"key": "Last confirmed", "text": ago(row.confirmed_at, now)},
        *until,
    ]


def to_act_on(act: str, row: SafeContact) -> list[dict[str, object]]:
    """What somebody needs who may go on: the number, who may answer, the words. A letter's address stands on the letter's own page."""
    who = dict(codes.WHO_MAY_ANSWER).get(row.answered_by, "") if row.answered_by else ""
    rows: list[dict[str, object]] = [{"key": "When", "text": when_safe(row) or "At any hour"}]
    if row.value:
        rows.insert(0, {"key": "Number or address", "text": row.value.open()})
    if act in codes.ANSWERED:
        rows.append({"key": "Who may answer", "text": ". ".join(filter(None, (who, row.who_may_answer)))})
        rows.append({"key": "If somebody else answers", "text": row.say_to_others.open() or SAY_NOTHING})
    elif act == "voicemail" and row.say_to_others:
        rows.append({"key": "Say this and nothing else", "text": row.say_to_others.open()})
    rows.append({"key": "Word by which they know you", "text": row.code_word.open() or "None was agreed"})
    if row.note:
        rows.append({"key": "Note", "text": row.note.open()})
    return rows


def verdict(said: Answer) -> dict[str, object]:
    """The answer as the page shows it."""
    return {
        "code": said.verdict,
        "head": HEADS[said.verdict],
        "reasons": [codes.REASONS[reason] for reason in said.reasons],
        "opens_on": said.opens_on,
        "can_be_found_out": bool(codes.CAN_BE_FOUND_OUT.intersection(said.reasons)),
    }


def try_lines(rows: Iterable[ContactTry]) -> list[dict[str, object]]:
    """Tries so far, without a word that is sealed."""
    outcomes = dict(codes.OUTCOMES)
    return [
        {
            "what": codes.ACTS[row.act],
            "answer": dict(codes.VERDICTS)[row.verdict],
            "outcome": outcomes.get(row.outcome, "Nothing recorded yet"),
            "by": f"{row.asked_by.name}, {row.asked_by.agency.name}",
            "at": row.asked_at,
        }
        for row in rows
    ]


@dataclass(frozen=True)
class TaskWords:
    """What waits for a colleague, without a name."""

    what: str
    reasons: list[str]
    team: str
    closing: str


def task_words(task: ContactTask) -> TaskWords:
    """A task as it is read."""
    return TaskWords(
        what=codes.ACTS[task.act],
        reasons=[codes.REASONS.get(reason, reason) for reason in task.reasons],
        team=f"{task.team.name}, {task.team.agency.name}",
        closing=dict(codes.CLOSINGS).get(task.closing, ""),
    )
