"""What a notification tells of one case, apart from whether it stands in JSON or in tables: the mapping to facts reads only this."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alongside.clock import completed_months, in_london, parse_birth_date
from alongside.intake.structure import as_moment

ADULT_MONTHS = 18 * 12
INCIDENT = (
    "police_attended",
    "minor",
    "weapons_used",
    "arrest_made",
    "sexual_assault",
    "attempted_strangulation",
    "threats_to_kill",
)
OUTSIDE = "other"
Relation = tuple[str, str, str]


@dataclass(frozen=True)
class Party:
    """One person's part. `id` is a ref or a person's id; None is *not known* everywhere; `months` the age, least and most."""

    id: str
    roles: frozenset[str]
    born: str = ""
    months: tuple[int, int] | None = None
    lives_in_household: bool | None = None
    experienced: bool | None = None
    harmed: bool | None = None
    pregnant: bool | None = None
    care_and_support_needs: bool | None = None
    home_educated: bool | None = None
    area: str = ""

    @property
    def is_under_18(self) -> bool:
        """Known to be under 18; somebody listed as a child is, unless the age is known to say otherwise."""
        if self.months is None or "unborn-child" in self.roles:
            return "child" in self.roles
        return self.months[1] < ADULT_MONTHS or ("child" in self.roles and self.months[0] < ADULT_MONTHS)

    @property
    def is_child(self) -> bool:
        """Listed as a child, and not known to be grown up."""
        return "child" in self.roles and self.is_under_18


@dataclass(frozen=True)
class Story:
    """One case as a notification tells it. `relations` are (from, to, kind), kind "" where not known."""

    kind: str
    received: datetime
    occurred: datetime | None
    local_authority: str
    people: tuple[Party, ...]
    relations: tuple[Relation, ...] = ()
    types: frozenset[str] = frozenset()
    incident: Mapping[str, bool | None] = field(default_factory=dict)
    known_incidents: int = 1
    events_12m: int = 1
    said_outright: frozenset[str] = frozenset()
    incident_area: str = ""

    def of(self, *roles: str) -> tuple[Party, ...]:
        """People in any of the roles."""
        return tuple(p for p in self.people if p.roles & set(roles))

    @property
    def victim(self) -> Party | None:
        """The victim, where somebody is named."""
        return next(iter(self.of("victim")), None)


@dataclass(frozen=True)
class CaseSaid:
    """One case a notification opens: its victim's ref (None: not known yet) and everybody's parts in it."""

    victim: str | None
    parts: tuple[tuple[str, str], ...]


def cases_of(content: Mapping[str, Any]) -> list[CaseSaid]:
    """A case for each victim, with everyone causing harm and every child; one with its victim not known when nobody is named."""
    people = content["people"]
    victims: list[str | None] = [p["ref"] for p in people if "victim" in p["roles"]]
    return [CaseSaid(victim, tuple(_parts(people, victim))) for victim in victims or [None]]


def belongs(person: str | None, said: CaseSaid, all_said: Sequence[CaseSaid]) -> bool:
    """Whether a row about `person` (None: nobody named) belongs to a case.

    Nobody named is the first victim. A victim's row goes to that victim's case alone, anybody else's to every case.
    """
    if person is None:
        return said == all_said[0]
    return person == said.victim or all(person != one.victim for one in all_said)


def _parts(people: Iterable[Mapping[str, Any]], victim: str | None) -> Iterator[tuple[str, str]]:
    for person in people:
        ref, own = person["ref"], person["ref"] == victim
        # Nobody causes themselves harm; the victim of another case is somebody else in this one.
        roles = [role for role in person["roles"] if own or role != "victim"]
        roles = [role for role in roles if not (own and role in ("person-causing-harm", "other"))]
        yield from ((ref, role) for role in roles or ["other"])


def age_in_months(born: str, moment: datetime) -> tuple[int, int] | None:
    """Completed months, least and most; 0 for a child not born yet at that moment; None when not known."""
    if not born:
        return None
    try:
        if parse_birth_date(born).first > in_london(moment).date():
            return (0, 0)
        return completed_months(born, moment)
    except ValueError:
        return None


def story_of(content: Mapping[str, Any], case: CaseSaid, areas: Iterable[str]) -> Story:
    """The story of one case, read from a notification that is sound in form."""
    occurred, received = as_moment(content.get("occurred_at")), as_moment(content["received_at"])
    if received is None:
        raise ValueError("a notification that was not checked: no moment it was received")
    incident = content.get("incident", {})
    by_ref = {person["ref"]: person for person in content["people"]}
    roles: dict[str, set[str]] = {}
    for ref, role in case.parts:
        roles.setdefault(ref, set()).add(role)
    people = tuple(_party(by_ref[ref], held, occurred or received) for ref, held in roles.items())
    return Story(
        kind=content["kind"],
        received=received,
        occurred=occurred,
        local_authority=local_authority(people, content["area"], areas),
        people=people,
        relations=tuple((r["from"], r["to"], r["kind"] or "") for r in content.get("relationships", ())),
        types=frozenset(incident.get("types", ())),
        incident={name: incident.get(name) for name in INCIDENT},
        said_outright=frozenset(name for name, value in content.get("facts", {}).items() if value is True),
        incident_area=area_code(_where(content), areas),
    )


def _where(content: Mapping[str, Any]) -> str:
    """Where it happened, as told: police that say no more were called in the area of their notification."""
    told = content.get("incident", {}).get("area") or ""
    return told or (content["area"] if content["kind"] == "police-incident" else "")


def _party(person: Mapping[str, Any], roles: Iterable[str], moment: datetime) -> Party:
    born = person.get("date_of_birth") or ""
    return Party(
        id=person["ref"],
        roles=frozenset(roles),
        born=born,
        months=age_in_months(born, moment),
        lives_in_household=person.get("lives_in_household"),
        experienced=person.get("experienced_incident"),
        harmed=person.get("harmed"),
        pregnant=person.get("pregnant"),
        care_and_support_needs=person.get("care_and_support_needs"),
        home_educated=(person.get("school") or {}).get("home_educated"),
        area=person.get("area") or "",
    )


def area_code(said: str, areas: Iterable[str]) -> str:
    """The code of an area of the partnership, `other` for one outside it, "" for none."""
    wanted = "-".join(said.lower().split())
    return wanted if wanted in set(areas) else OUTSIDE if wanted else ""


def local_authority(people: Iterable[Party], area: str, areas: Iterable[str]) -> str:
    """Where a child lives, else the victim, else the area told. With several children, one of the partnership's areas first."""
    known = list(areas)
    people = list(people)
    young = [p for p in people if p.is_child or "unborn-child" in p.roles]
    children = [code for p in young if (code := area_code(p.area, known))]
    victims = [code for p in people if "victim" in p.roles and (code := area_code(p.area, known))]
    return next(iter([*sorted(children, key=lambda code: code == OUTSIDE), *victims, area]))
