"""How people are written on pages: ages from dates known in part, likeness, ways of reaching somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.clock import completed_months
from alongside.design.jinja import sentence
from alongside.design.moments import ago, day
from alongside.people.models import CHANNELS, Address, LinkDecision, Person, SafeContact
from alongside.people.queries import Candidate

NOT_KNOWN = "Not known"
LIKELY = ((0.95, "Very likely"), (0.5, "Likely"), (0.0, "Possible"))
STATES = {
    "same": "Same person as another record",
    "not-same": "Not the same as another record",
    "unsure": "Left open: not sure",
}
# What the choice on a card sends, and the code that is kept; and back.
ANSWERS = {"same": "same", "different": "not-same", "unsure": "unsure"}
CHOICES = {code: choice for choice, code in ANSWERS.items()}


def age(born: str, at: datetime) -> str:
    """ "11 months", "8 years", "7 or 8 years"; empty when the date of birth is not known or cannot be."""
    if not born:
        return ""
    try:
        youngest, oldest = completed_months(born, at)
    except ValueError:
        return ""
    if oldest < 24:
        return _span(youngest, oldest, "month")
    return _span(youngest // 12, oldest // 12, "year")


def _span(low: int, high: int, unit: str) -> str:
    if low == high:
        return f"{low} {unit}{'' if low == 1 else 's'}"
    return f"{low} {'or' if high == low + 1 else 'to'} {high} {unit}s"


def born(text: str) -> str:
    """A date of birth as people write it; what is not known of it is said."""
    if not text:
        return ""
    parts = text.split("-")
    if len(parts) == 3:
        return day(datetime.fromisoformat(text).date(), year=True).split(" ", 1)[1]
    if len(parts) == 2:
        return f"{datetime(int(parts[0]), int(parts[1]), 1):%B %Y}, day not known"  # noqa: DTZ001 - only its month is shown
    return f"{text}, day and month not known"


def likely(probability: float) -> str:
    """How alike two records are, in a word: never a number, never certainty."""
    return next(words for least, words in LIKELY if probability >= least)


@dataclass(frozen=True)
class Card:
    """One candidate as `candidate_card` draws it."""

    value: str
    number: int
    because: tuple[str, ...]
    strength: str
    held_by: str
    answer: str


def cards(found: list[Candidate], standing: Mapping[UUID, LinkDecision], names: dict[str, str]) -> list[Card]:
    """Candidates, best first, with the answer that stands; `names` maps an agency's code to its name."""
    return [
        Card(
            value=str(one.person),
            number=number,
            because=tuple(reason[0].upper() + reason[1:] for reason in one.because),
            strength=likely(one.probability),
            held_by=", ".join(names.get(code, code) for code in one.held_by),
            answer=CHOICES.get(standing[one.person].answer, "") if one.person in standing else "",
        )
        for number, one in enumerate(found, 1)
    ]


def groups(cards: Iterable[Card]) -> list[tuple[str, list[Card]]]:
    """Cards nobody has answered yet, then those left at *not sure*, each under its heading."""
    held = list(cards)
    parts = (
        ("", [card for card in held if not card.answer]),
        ("Not sure yet", [card for card in held if card.answer]),
    )
    return [part for part in parts if part[1]]


def given(person: Person, at: datetime) -> list[dict[str, object]]:
    """The person as told, for the left of "Who is this?"; what is not known is said."""
    years = age(person.date_of_birth, at)
    written = born(person.date_of_birth)
    rows: list[dict[str, object]] = [
        {"key": "Name", "text": person.full_name if person.given_name or person.family_name else ""},
        {"key": "Also known as", "text": ", ".join(other.name for other in person.other_names.all())},
        {"key": "Born", "text": f"{written} ({years})" if written and years else written},
        {"key": "Sex", "text": person.get_sex_display() if person.sex else ""},
        {"key": "First language", "text": person.first_language},
    ]
    return rows


def yes_no(value: bool | None) -> str:
    """Yes, No, or empty for *not known*."""
    return {True: "Yes", False: "No", None: ""}[value]


def contact_rows(row: SafeContact, now: datetime) -> list[dict[str, object]]:
    """One way of reaching somebody, opened. Whoever calls this has recorded the read."""
    return [
        {"key": "How", "text": f"{dict(CHANNELS)[row.channel].capitalize()} {row.value.open()}".strip()},
        {"key": "Safe", "text": yes_no(row.safe)},
        {"key": "May somebody else see or hear it", "text": yes_no(row.monitored)},
        {"key": "When", "text": row.hours},
        {"key": "Who may answer", "text": row.who_may_answer},
        {"key": "Words to use", "text": row.code_word.open()},
        {"key": "Note", "text": row.note.open()},
        {"key": "Last confirmed", "text": ago(row.confirmed_at, now)},
    ]


def answers(links: Iterable[LinkDecision]) -> list[dict[str, object]]:
    """Answers that stand: what was said, on what, by whom and when; each can be undone."""
    return [
        {
            "link": link,
            "words": STATES[link.answer],
            "because": sentence(link.because),
            "by": f"{link.decided_by.role_held.label}, {link.decided_by.agency.name}",
        }
        for link in links
    ]


def address_rows(rows: Iterable[Address]) -> list[dict[str, object]]:
    """Addresses, opened. Whoever calls this has recorded the read."""
    return [
        {
            "key": {True: "Lives here", False: "Lived here", None: "Not known whether still"}[row.current],
            "text": ", ".join(part for part in (row.lines.open(), row.postcode.open()) if part),
            "confidential": row.confidential,
        }
        for row in rows
    ]
