"""From fields to facts: the contract's table, one function for each of its rows or few.

A fact about a child or a person causing harm comes twice: for that person, and for the case as the table's words for it say.
A fact the fields leave open is *not known*: for a case it is left out, for one of several people it is said to be so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from alongside.intake.story import ADULT_MONTHS, Party, Story
from alongside.policy import Range, Value

SCHOOL_MONTHS = 48
OLDEST_CHILD = ADULT_MONTHS - 1
SPECIALIST_FIRST = {"honour-based": "honour_based_abuse", "forced-marriage": "forced_marriage", "fgm": "fgm"}
INCIDENT_FACTS = {
    "police_attended": "police_attended_incident",
    "minor": "incident_minor",
    "weapons_used": "weapon_used",
    "arrest_made": "arrest_made",
    "sexual_assault": "sexual_assault",
    "attempted_strangulation": "attempted_strangulation",
    "threats_to_kill": "threats_to_kill",
}
RELATIONSHIP_FACTS = {
    "partner": "intimate-partner",
    "spouse": "intimate-partner",
    "ex-partner": "ex-partner",
    "ex-spouse": "ex-partner",
    "parent-of": "family",
    "child-of": "family",
    "sibling": "family",
    "other-family": "family",
    "carer": "other",
    "none": "other",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One fact as the fields say it; `about` is a party's id. `field` is where it stands, for a message.

    `of`: ids of the parties whom a fact of the whole family was worked out from.
    """

    name: str
    value: Value
    field: str
    about: str | None = None
    of: tuple[str, ...] = ()


def facts_of(story: Story) -> Iterator[Said]:
    """Every fact the fields of a notification carry."""
    for row in ROWS:
        yield from row(story)


def _any_notification(story: Story) -> Iterator[Said]:
    yield Said("domestic_abuse_known_or_suspected", True, "")
    yield Said("abuse_incident", True, "")
    yield Said("da_incident_count", Range(story.known_incidents, None), "")
    yield Said("da_events_12m", Range(story.events_12m, None), "")
    yield Said("da_notified_at", story.received, "/received_at")
    if story.occurred is not None:
        yield Said("incident_at", story.occurred, "/occurred_at")


def _kind(story: Story) -> Iterator[Said]:
    if story.kind == "police-incident":
        yield Said("police_called_to_incident", True, "/kind")
    if story.kind == "telephone-referral":
        yield Said("telephone_referral_made", True, "/kind")
        yield Said("telephone_referral_at", story.received, "/received_at")
    if story.kind in ("self-referral", "disclosure") and not story.said_outright & {
        "disclosure_by_child",
        "disclosure_by_perpetrator",
    }:
        yield Said("disclosure_by_victim", True, "/kind")


def _area(story: Story) -> Iterator[Said]:
    yield Said("local_authority", story.local_authority, "/area")


def _incident(story: Story) -> Iterator[Said]:
    for field, fact in INCIDENT_FACTS.items():
        value = story.incident.get(field)
        if value is not None:
            yield Said(fact, value, f"/incident/{field}")
    for kind, fact in SPECIALIST_FIRST.items():
        if kind in story.types:
            yield Said(fact, True, "/incident/types")


def _household(story: Story) -> Iterator[Said]:
    if young := _young_at_home(story):
        yield Said("child_in_household", True, "/people", of=_ids(young))


def _young_at_home(story: Story) -> list[Party]:
    return [p for p in story.people if p.is_under_18 and p.lives_in_household is True]


def _family(story: Story) -> Iterator[Said]:
    """Children of the family, and the youngest of them; the youngest at home."""
    parties = {p.id for p in story.of("victim", "person-causing-harm")}
    related = {child for child, other, kind in story.relations if kind == "child-of" and other in parties}
    related |= {child for other, child, kind in story.relations if kind == "parent-of" and other in parties}
    family = [p for p in story.people if p.is_child and (p.id in related or p.lives_in_household is True)]
    if family:
        yield Said("child_in_family", True, "/people", of=_ids(family))
        yield from _youngest("youngest_child_age_months", family)
    yield from _youngest("youngest_child_in_household_months", _young_at_home(story))


def _ids(people: Iterable[Party]) -> tuple[str, ...]:
    return tuple(p.id for p in people)


def _youngest(fact: str, children: Sequence[Party]) -> Iterator[Said]:
    """The least age of the youngest is 0 while anybody's age is not known; nothing is said when nobody's is."""
    ages = [p.months for p in children]
    known = [months for months in ages if months is not None]
    if known:
        least = min(low for low, _ in known) if len(known) == len(ages) else 0
        most = min(high for _, high in known)
        may_be = [p for p in children if p.months is None or p.months[0] <= most]
        yield Said(fact, _number(least, most), "/people", of=_ids(may_be))


def _school_age(story: Story) -> Iterator[Said]:
    children = story.of("child")
    each = {p.id: _is_of_school_age(p) for p in children}
    yield from (Said("child_of_school_age", value, "/people", child) for child, value in each.items())
    yield from (
        Said("child_of_school_age", False, "/people", p.id) for p in story.of("unborn-child") if p.id not in each
    )
    if True in each.values():
        yield Said("child_of_school_age", True, "/people")
    elif children and all(p.months is not None and p.months[1] < SCHOOL_MONTHS for p in children):
        yield Said("child_of_school_age", False, "/people")


def _taught_at_home(story: Story) -> Iterator[Said]:
    for child in story.of("child"):
        if child.home_educated is not None:
            yield Said("child_home_educated", child.home_educated, "/people", child.id)


def _is_of_school_age(child: Party) -> bool | None:
    if child.months is None:
        return None
    low, high = child.months
    if low >= SCHOOL_MONTHS and high < ADULT_MONTHS:
        return True
    return False if high < SCHOOL_MONTHS or low >= ADULT_MONTHS else None


def _of_each_child(fact: str, answer: Callable[[Party], bool | None]) -> Callable[[Story], Iterator[Said]]:
    """True if true for any; else not known if not known for any; else false. A sibling's *yes* says nothing of the unborn."""

    def row(story: Story) -> Iterator[Said]:
        each = {p.id: answer(p) for p in story.people if p.is_child}
        yield from (Said(fact, value, "/people", child) for child, value in each.items())
        if True in each.values():
            yield Said(fact, True, "/people")
            yield from (
                Said(fact, None, "/people", p.id) for p in story.of("child", "unborn-child") if p.id not in each
            )
        elif each and None not in each.values():
            yield Said(fact, False, "/people")

    return row


def _victim(story: Story) -> Iterator[Said]:
    victim = story.victim
    if unborn := story.of("unborn-child"):
        yield Said("victim_pregnant", True, "/people", of=_ids(unborn))
    elif victim is not None and victim.pregnant is not None:
        yield Said("victim_pregnant", victim.pregnant, "/people")
    if victim is None:
        return
    if victim.care_and_support_needs is not None:
        yield Said("adult_care_and_support_needs", victim.care_and_support_needs, "/people")
    if victim.months is not None:
        yield Said("victim_age_years", _years(victim.months), "/people")


def _pairs(story: Story) -> Iterator[Said]:
    """Of each person causing harm; of the case when there is one, or all agree."""
    causing = story.of("person-causing-harm")
    relationships = {p.id: _relationship(story, p) for p in causing}
    ages: dict[str, Value] = {p.id: _years(p.months) if p.months else None for p in causing}
    for fact, each, field in (
        ("relationship", relationships, "/relationships"),
        ("perpetrator_age_years", ages, "/people"),
    ):
        yield from (Said(fact, value, field, person) for person, value in each.items())
        values = set(each.values())
        if len(values) == 1 and None not in values:
            yield Said(fact, values.pop(), field)


def _relationship(story: Story, person: Party) -> str | None:
    if story.victim is None:
        return None
    pair = {person.id, story.victim.id}
    said = {kind for one, other, kind in story.relations if {one, other} == pair}
    found = {RELATIONSHIP_FACTS[kind] for kind in said if kind}
    return found.pop() if len(found) == 1 else None


def _years(months: tuple[int, int]) -> Value:
    return _number(months[0] // 12, months[1] // 12)


def _number(low: int, high: int) -> Value:
    return low if low == high else Range(low, high)


ROWS: tuple[Callable[[Story], Iterable[Said]], ...] = (
    _any_notification,
    _kind,
    _area,
    _incident,
    _household,
    _family,
    _school_age,
    _taught_at_home,
    _of_each_child("child_experienced_incident", lambda child: child.experienced),
    _of_each_child("child_harmed_in_incident", lambda child: child.harmed),
    _victim,
    _pairs,
)
