"""When looking is unusual: each rule with its words, its number and where that comes from. Pure: told everything it asks about.

No rule says that somebody did wrong: each names a thing a lead asks about. The numbers are ours, *to be confirmed* by each
partnership with its information governance leads; no document of the five gives any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from alongside.clock import in_london

TO_BE_CONFIRMED = "to be confirmed by the partnership"


@dataclass(frozen=True, slots=True)
class Rule:
    """`words` is what the lead reads; `number` what it turns on, in words."""

    words: str
    number: str
    source: str = TO_BE_CONFIRMED


# Who looks at cases of other teams because that is the work.
SCREENING = frozenset(
    {
        "police-supervisor",
        "mash-worker",
        "social-care-manager",
        "marac-coordinator",
        "safeguarding-lead",
        "information-governance-lead",
        "auditor",
        "partnership-administrator",
        "service",
    }
)
# Kinds of agency that work round the clock.
ROUND_THE_CLOCK = frozenset({"police", "health", "domestic-abuse-service"})
OPENS, CLOSES = time(7), time(20)
SATURDAY = 5
A_DAY = 250  # different records one member of staff may open
SLOW_FROM = A_DAY * 3 // 4
PAUSE = timedelta(seconds=20)
QUIET = timedelta(days=90)  # what was explained is not raised anew so long
NOT_OLDER = timedelta(days=14)  # a chain that is copied for the first time raises nothing from years ago

RULES = {
    "surname": Rule("somebody on this record has the looker’s surname", "the same surname, however it is spelled"),
    "close": Rule(
        "something on this record agrees with what is known of the looker; it is not said what",
        "the street or postcode that staff said is their own; where somebody on the record is protected, the surname too",
    ),
    "hours": Rule(
        "opened outside the hours the agency works, and not a case of the looker’s",
        f"Monday to Friday, {OPENS:%-H}:00 to {CLOSES:%-H}:00; police, health and domestic abuse services work round the clock",
    ),
    "no-case": Rule(
        "no case of the looker’s: neither their team nor they themselves have worked on it",
        "for roles that do not screen other teams’ cases",
    ),
    "many": Rule(
        "opened more different records in one day than almost anybody needs",
        f"{SLOW_FROM} in a day; from there each new one waits {PAUSE.seconds} seconds, and at {A_DAY} no new one opens",
    ),
}


@dataclass(frozen=True, slots=True)
class Looker:
    """What is known of who looked."""

    id: UUID
    surname: str
    role: str
    agency_kind: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules ask about, for many looks at once; surnames in comparable form.

    `worked_on` are pairs of looker and case, `close` pairs of looker and person.
    """

    surnames: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    people_of: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    cases_of: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    worked_on: frozenset[tuple[UUID, UUID]] = frozenset()
    close: frozenset[tuple[UUID, UUID]] = frozenset()
    protected: frozenset[UUID] = frozenset()


def unusual(looker: Looker, subject_kind: str, subject: UUID, at: datetime, known: Known) -> list[str]:
    """The codes of the rules that hold for one record somebody opened; none for most."""
    people = {subject} if subject_kind == "person" else known.people_of.get(subject, frozenset())
    cases = {subject} if subject_kind == "case" else known.cases_of.get(subject, frozenset())
    is_theirs = any((looker.id, case) in known.worked_on for case in cases)
    found = _close(looker, people, known)
    if not is_theirs and out_of_hours(looker.agency_kind, at):
        found.append("hours")
    if not is_theirs and looker.role not in SCREENING:
        found.append("no-case")
    return found


def _close(looker: Looker, people: set[UUID] | frozenset[UUID], known: Known) -> list[str]:
    """Same surname, or close. Where somebody is protected, it is not said which: the reason would tell where they live."""
    found = []
    if looker.surname and any(looker.surname in known.surnames.get(one, frozenset()) for one in people):
        found.append("surname")
    if any((looker.id, one) in known.close for one in people):
        found.append("close")
    return ["close"] if found and people & known.protected else found


def out_of_hours(agency_kind: str, at: datetime) -> bool:
    """Whether an agency of this kind is not at work at a moment, by London's clock."""
    if agency_kind in ROUND_THE_CLOCK:
        return False
    there = in_london(at)
    return there.weekday() >= SATURDAY or not OPENS <= there.time() < CLOSES
