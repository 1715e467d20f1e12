"""Invented families: who is in them, where they have lived, and when something happened. The same number gives the same family."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from alongside.demo.names import MIXED, Community, some_community

# The last day anything happens on, unless told otherwise: a generator that looked at the clock would not repeat itself.
UNTIL = date(2026, 11, 1)
YEARS_BACK = 4

# Where people live, in about the share of the region, and the letters their postcodes begin with.
PLACES = {
    "birmingham": (300, ("B8", "B11", "B19", "B23", "B29", "B33")),
    "coventry": (110, ("CV1", "CV2", "CV5", "CV6")),
    "dudley": (85, ("DY1", "DY2", "DY5", "DY8")),
    "sandwell": (95, ("B65", "B66", "B69", "B70", "B71")),
    "solihull": (55, ("B37", "B90", "B91", "B92")),
    "walsall": (80, ("WS1", "WS2", "WS3", "WS9")),
    "wolverhampton": (75, ("WV1", "WV3", "WV6", "WV10")),
    "stoke-on-trent": (75, ("ST1", "ST3", "ST4", "ST6")),
    "staffordshire": (125, ("ST16", "ST17", "DE13", "WS11", "WS13", "B77")),
}
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"
STREETS = (
    "Alder Apple Ash Aspen Birch Bramble Briar Canal Cedar Cherry Chestnut Clover Elder Elm Fern Foundry Furnace Hawthorn "
    "Hazel Heath Holly Ivy Juniper Kiln Larch Laurel Lime Linden Lock Maple Meadow Mill Oak Orchard Pear Pine Plum Poplar "
    "Quarry Rowan Sorrel Spruce Sycamore Thistle Thorn Vine Walnut Weaver Willow Yew"
)
KINDS_OF_STREET = ("Road", "Street", "Close", "Avenue", "Lane", "Drive", "Grove", "Way", "Croft", "Rise")
RELATIONS = {
    "partner": 34,
    "ex-partner": 30,
    "spouse": 18,
    "ex-spouse": 7,
    "child-of": 7,
    "sibling": 2,
    "other-family": 2,
}
LIVE_TOGETHER = {"partner": 0.85, "spouse": 0.95, "ex-partner": 0.1, "ex-spouse": 0.05, "child-of": 0.7}
PARENT_OF_ADULT = 38
# Ranges kept for drama: nobody can be reached on them.
DRAMA = ("07700 900", "07700 900", "01632 960", "0121 496 0", "020 7946 0")


@dataclass(frozen=True)
class Someone:
    """One invented human being. A name is a tuple of spellings, the usual one first."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    sex: str
    born: date
    community: Community
    language: str
    ethnicity: str
    phone: str
    email: str
    nhs_number: str


@dataclass(frozen=True)
class Home:
    """Where the family lived from a day on."""

    lines: str
    postcode: str
    area: str
    since: date


@dataclass(frozen=True)
class Family:
    """A victim, the person reported as causing harm (`relation`: what that person is to the victim), children, homes, incidents."""

    number: int
    victim: Someone
    harming: Someone
    relation: str
    together: bool
    children: tuple[Someone, ...]
    homes: tuple[Home, ...]
    incidents: tuple[datetime, ...]
    expecting: bool

    def home_on(self, day: date) -> Home:
        """Where the victim lived on a day."""
        return next((home for home in reversed(self.homes) if home.since <= day), self.homes[0])


def family(number: int, *, seed: int = 1, until: date = UNTIL) -> Family:
    """The family of a number. What is asked of it depends on nothing but the number, the seed and the day."""
    chance = Random(f"{seed}/{number}/{until}")  # noqa: S311 - invented, nothing to guess
    community = some_community(chance)
    other = some_community(chance) if chance.randrange(1000) < MIXED else community
    sex = "female" if chance.random() < 0.82 else "male"
    other_sex = sex if chance.random() < 0.03 else ("male" if sex == "female" else "female")
    age = min(82, max(18, int(chance.gauss(34, 11))))
    relation = _relation(chance, age)
    name = chance.choice(community.family)
    victim = _someone(chance, community, sex, name, _birthday(chance, until, age), number)
    harming = _harming(chance, other, other_sex, victim, relation, until, number)
    children = _children(chance, victim, harming, relation, until, number)
    homes = _homes(chance, until)
    return Family(
        number=number,
        victim=victim,
        harming=harming,
        relation=relation,
        together=chance.random() < LIVE_TOGETHER.get(relation, 0.3),
        children=children,
        homes=homes,
        incidents=_incidents(chance, until),
        expecting=sex == "female" and age < 42 and chance.random() < 0.07,
    )


def _relation(chance: Random, age: int) -> str:
    """What the person causing harm is to the victim; a grown-up child only to somebody old enough to have one."""
    held = {kind: share for kind, share in RELATIONS.items() if kind != "child-of" or age >= PARENT_OF_ADULT}
    return chance.choices(list(held), list(held.values()))[0]


def _someone(chance: Random, community: Community, sex: str, name: tuple[str, ...], born: date, number: int) -> Someone:
    given = chance.choice(community.given(sex))
    return Someone(
        given=given,
        family=name,
        sex=sex,
        born=born,
        community=community,
        language=chance.choices(community.languages, range(len(community.languages), 0, -1))[0],
        ethnicity=chance.choice(community.ethnicity),
        phone=f"{chance.choice(DRAMA)}{chance.randrange(1000):03}",
        email=f"{given[0]}.{name[0]}{number}@mail.example".lower().replace("'", ""),
        nhs_number=_nhs_number(chance),
    )


def _nhs_number(chance: Random) -> str:
    """A number that begins with 999, as those for tests do and no patient's does, with its check digit."""
    while True:
        digits = [9, 9, 9, *(chance.randrange(10) for _ in range(6))]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return "".join(map(str, [*digits, check % 11]))


def _birthday(chance: Random, until: date, age: int) -> date:
    return until - timedelta(days=age * 365 + age // 4 + 1 + chance.randrange(364))


def _harming(
    chance: Random, community: Community, sex: str, victim: Someone, relation: str, until: date, number: int
) -> Someone:
    age = (until - victim.born).days // 365
    if relation == "child-of":
        theirs = max(18, age - chance.randrange(18, 32))
        return _someone(chance, victim.community, sex, victim.family, _birthday(chance, until, theirs), number)
    theirs = min(85, max(18, int(chance.gauss(age + 2, 4))))
    shared = relation in ("spouse", "sibling") and chance.random() < 0.7
    name = victim.family if shared else chance.choice(community.family)
    return _someone(chance, community, sex, name, _birthday(chance, until, theirs), number)


def _children(
    chance: Random, victim: Someone, harming: Someone, relation: str, until: date, number: int
) -> tuple[Someone, ...]:
    """None older than fits a parent of eighteen, twins now and then, named for one parent or the other."""
    age = (until - victim.born).days // 365
    count = chance.choices(range(6), (26, 27, 25, 14, 6, 2))[0]
    oldest = min(17, age - 18)
    if oldest < 0 or relation == "child-of":
        return ()
    name = victim.family if chance.random() < 0.6 else harming.family
    held = []
    for _ in range(count):
        days = chance.randrange(0, oldest * 365 + 300)
        sex = chance.choice(("female", "male"))
        held.append(_someone(chance, victim.community, sex, name, until - timedelta(days=days + 20), number))
    return tuple(sorted(held, key=lambda child: child.born))


def _homes(chance: Random, until: date) -> tuple[Home, ...]:
    """One to three, the later ones mostly in the same area."""
    areas, shares = list(PLACES), [share for share, _ in PLACES.values()]
    area = chance.choices(areas, shares)[0]
    held, since = [], until - timedelta(days=365 * 8)
    for _ in range(chance.choices((1, 2, 3), (55, 32, 13))[0]):
        held.append(_home(chance, area, since))
        since += timedelta(days=chance.randrange(200, 1400))
        area = area if chance.random() < 0.8 else chance.choices(areas, shares)[0]
    return tuple(held)


def _home(chance: Random, area: str, since: date) -> Home:
    street = f"{chance.choice(STREETS.split())} {chance.choice(KINDS_OF_STREET)}"
    flat = f"Flat {chance.randrange(1, 24)}, " if chance.random() < 0.2 else ""
    unit = f"{chance.randrange(1, 10)}{chance.choice(LETTERS)}{chance.choice(LETTERS)}"
    return Home(f"{flat}{chance.randrange(1, 180)} {street}", f"{chance.choice(PLACES[area][1])} {unit}", area, since)


def _incidents(chance: Random, until: date) -> tuple[datetime, ...]:
    """One for most, more for some, closer together towards the end; evenings and nights more than mornings."""
    count = chance.choices((1, 2, 3, 4, 6, 9), (55, 20, 11, 7, 5, 2))[0]
    days, back = [], float(chance.randrange(1, 120))
    for _ in range(count):
        days.append(until - timedelta(days=int(back) + 3))
        back = min(back * 1.6 + chance.randrange(5, 60), YEARS_BACK * 365)
    hours = chance.choices(
        range(24), (6, 5, 4, 2, 1, 1, 1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 6, 7, 8, 9, 10, 10, 9, 8), k=count
    )
    held = {
        day: datetime.combine(day, time(hour, chance.randrange(60)), UTC) for day, hour in zip(days, hours, strict=True)
    }
    return tuple(sorted(held.values()))
