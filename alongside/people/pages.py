"""How people are written on pages: ages from dates known in part, likeness, ways of reaching somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.clock import completed_months
from alongside.design.jinja import sentence
from alongside.design.moments import day
from alongside.gate.viewing import Viewer
from alongside.people.forms import ANSWERS as ANSWER_WORDS
from alongside.people.forms import AnswerForm
from alongside.people.models import Address, LinkDecision, Person, Shield
from alongside.people.queries import Candidate
from alongside.people.queries.reviewing import Again, Lookout
from alongside.people.shielding import WHY, Source

NOT_KNOWN = "Not known"
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


def likely(one: Candidate) -> str:
    """How alike two records are, in a word: never a number, never certainty. *Very likely* is what an agency counts as held."""
    if one.is_sure:
        return "Very likely"
    return "Likely" if one.probability >= 0.5 else "Possible"


@dataclass(frozen=True)
class Card:
    """One candidate as `candidate_card` draws it; `form` holds what is said about it."""

    value: str
    number: int
    because: tuple[str, ...]
    strength: str
    held_by: str
    answer: str
    form: AnswerForm | None = None

    @property
    def record(self) -> UUID:
        """The record it is about."""
        return UUID(self.value)


def cards(
    found: list[Candidate],
    standing: Mapping[UUID, LinkDecision],
    names: dict[str, str],
    forms: Mapping[UUID, AnswerForm] | None = None,
) -> list[Card]:
    """Candidates, best first, with the answer that stands; `names` maps an agency's code to its name."""
    return [
        Card(
            value=str(one.person),
            number=number,
            because=tuple(reason[0].upper() + reason[1:] for reason in one.because),
            strength=likely(one),
            held_by=", ".join(names.get(code, code) for code in one.held_by),
            answer=CHOICES.get(standing[one.person].answer, "") if one.person in standing else "",
            form=(forms or {}).get(one.person),
        )
        for number, one in enumerate(found, 1)
    ]


def answer_forms(
    found: Iterable[Candidate], standing: Mapping[UUID, LinkDecision], typed: Mapping[str, str] | None
) -> dict[UUID, AnswerForm]:
    """A form for each candidate: as typed, or with the answer that stands and its id, so that a later one is noticed."""
    forms: dict[UUID, AnswerForm] = {}
    for one in found:
        link = standing.get(one.person)
        held = {"how": link.how, "reason": link.reason, "seen": str(link.pk)} if link else {}
        initial = held | {"who": CHOICES[link.answer] if link else ""}
        forms[one.person] = AnswerForm(typed, prefix=str(one.person), initial=initial)
    return forms


def faults(found: Iterable[Candidate], forms: Mapping[UUID, AnswerForm]) -> list[dict[str, str]]:
    """What is wrong on which card, for the top of the page: text and where it leads."""
    return [
        {"text": f"Possible match {number}: {error}", "href": f"#{forms[one.person][name].auto_id}"}
        for number, one in enumerate(found, 1)
        for name, errors in forms[one.person].errors.items()
        for error in errors
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


def answers(links: Iterable[LinkDecision], viewer: Viewer) -> list[dict[str, object]]:
    """Answers that stand: what was said, on what, by whom and when; each can be undone. That a second person is waited for is told
    only to those who may be the second: to anybody else it would tell that the other record is protected."""
    cleared = viewer.user.may("confirm_links")
    return [
        {
            "link": link,
            "words": STATES[link.answer],
            "because": sentence(link.because),
            "how": how_known(link),
            "by": f"{link.decided_by.role_held.label}, {link.decided_by.agency.name}",
            "waits": cleared and not link.counts,
            "second": _second(link) if cleared and link.second_agrees else "",
        }
        for link in links
    ]


def how_known(link: LinkDecision) -> str:
    """How somebody said they know: their choice, as they read it, and their own words."""
    said = f"“{link.get_how_display()}”" if link.how else ""
    return ": ".join(filter(None, (said, link.reason)))


def _second(link: LinkDecision) -> str:
    by = link.second_by
    return f"{by.role_held.label}, {by.agency.name}" if by else ""


def yes_or_no(link: LinkDecision) -> str:
    """An answer as a word on a card."""
    return dict(ANSWER_WORDS)[CHOICES[link.answer]]


REVIEW = {
    "waiting": "Wait for a second person",
    "differs": "Another agency answered otherwise",
    "changed": "A record changed since it was linked",
    "new": "A record came up since the last answer",
    "unsure": "Left at “not sure”",
}


def covers(came_up: Lookout) -> str:
    """Among whom records that came up since an answer were looked for."""
    looked_at, answered, first = came_up.looked_at, came_up.answered, came_up.first
    if not came_up.is_told:
        return (
            "Whether a record came up since somebody answered cannot be told just now: what people are found by is being made ready. "
            "Everything else is here."
        )
    if not answered:
        return ""
    if looked_at == answered:
        among = "the one person" if answered == 1 else f"all {answered:,} people"
        return f"Records that came up since were looked for among {among} answered about."
    who = f"the {looked_at:,} people" if not first else f"people {first + 1:,} to {first + looked_at:,}"
    return f"Records that came up since were looked for among {who} answered about most recently, of {answered:,}. Everything else is complete."


def further(came_up: Lookout) -> str:
    """Words of the link to the people that were not looked among yet."""
    rest = came_up.answered - came_up.first - came_up.looked_at
    return (
        f"Look among the next {came_up.looked_at:,}" if rest > came_up.looked_at else f"Look among the other {rest:,}"
    )


def review_rows(
    found: Iterable[Again], references: Mapping[UUID, list[str]], viewer: Viewer
) -> list[dict[str, object]]:
    """Lines of the queue: initials and references only, because people pass behind screens."""
    return [_review_row(one, references.get(one.person.pk, []), viewer) for one in found]


def _review_row(one: Again, references: list[str], viewer: Viewer) -> dict[str, object]:
    link = one.link
    by = f"{link.decided_by.role_held.label}, {link.decided_by.agency.name}" if link else ""
    own = link is not None and link.decided_by_id == viewer.user.pk
    because = link.because if link else one.came_up.because if one.came_up else ()
    return {
        "kind": one.kind,
        "words": REVIEW[one.kind],
        "initials": one.person.initials,
        "records": one.records,
        "references": references,
        "said": yes_or_no(link) if link else "",
        "because": sentence(because),
        "since": one.since,
        "by": "you" if own else by,
        "own": own and one.kind == "waiting",
        "link": link.pk if link and one.kind == "waiting" else None,
        "person": one.person.pk,
    }


def shield_lines(rows: Iterable[tuple[Source, Person | None, Shield | None]], person: Person) -> list[str]:
    """Why somebody is shielded, for a cleared reader; opened, so whoever calls this has recorded the read."""
    found: dict[str, None] = {}
    for source, whose, shield in rows:
        if whose is None:
            found["Through a record you may not see. Ask your safeguarding lead."] = None
            continue
        who = "For themselves" if whose.pk == person.pk else f"Through {whose.full_name}"
        said = f" “{shield.reason.open()}”" if shield else ""
        found[f"{who}: {WHY[source.why]}.{said}"] = None
    return list(found)


def address_rows(rows: Iterable[Address]) -> list[dict[str, object]]:
    """Addresses, opened. Whoever calls this has recorded the read."""
    return [
        {
            "key": {True: "Lives here", False: "Lived here", None: "Not known whether still"}[row.current],
            "text": ", ".join(part for part in (row.lines.open(), row.postcode.open()) if part),
            "confidential": row.confidential,
            "pk": row.pk,
        }
        for row in rows
    ]
