"""Invented people to look up: households of the region, known once or several times, with the errors of real records.

`python -m bench.people.make_people COUNT FOLDER [SEED]` writes people.parquet (COUNT records with `entity` and `household`) and
queries.parquet (`kind`: known, household for a stranger who lives with somebody known, stranger). The same for the same seed.
Nobody is real; telephone numbers are of the ranges kept for drama, three digits longer: those ranges hold a thousand each, and a
number that a hundred people share is none to find anybody by.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench.people.names import COMMUNITIES, SHORT, SPELT, Community, made

DISTRICTS = (
    "CV1",
    "CV2",
    "CV3",
    "CV6",
    "B8",
    "B10",
    "B21",
    "B44",
    "DY1",
    "DY4",
    "WS1",
    "WS3",
    "WV1",
    "WV10",
    "ST1",
    "ST4",
    "ST16",
)
TOWNS = (
    "Coventry",
    "Birmingham",
    "Dudley",
    "Walsall",
    "Wolverhampton",
    "Stoke-on-Trent",
    "Stafford",
    "Solihull",
    "Sandwell",
)
STREETS = (
    "Oak",
    "Mill",
    "Church",
    "Station",
    "Victoria",
    "Elm",
    "Park",
    "Queens",
    "Albert",
    "Foundry",
    "Canal",
    "High",
    "New",
)
KINDS = ("Road", "Street", "Lane", "Close", "Avenue", "Drive")
JOBS = (
    "nurse",
    "driver",
    "cleaner",
    "teacher",
    "carer",
    "warehouse operative",
    "student",
    "retired",
    "chef",
    "electrician",
)
FIELDS = (
    *(
        "given_name",
        "middle_names",
        "family_name",
        "sex",
        "date_of_birth",
        "postcode",
        "address",
        "town",
        "phone",
        "email",
    ),
    *("nhs_number", "birth_place", "occupation"),
)
# How often a field is there at all.
FILLED = {
    "given_name": 0.97,
    "middle_names": 0.5,
    "family_name": 0.96,
    "sex": 0.95,
    "date_of_birth": 0.85,
    "postcode": 0.85,
    "address": 0.7,
    "town": 0.75,
    "phone": 0.55,
    "email": 0.3,
    "nhs_number": 0.2,
    "birth_place": 0.25,
    "occupation": 0.3,
}
PART_APART = 10_000_000  # more than the homes or entities of a part
CHILDREN_FROM = 3  # in a household of more, the last two are children
TWINS, NAMED_AFTER_FATHER = 0.06, 0.06
STAND_INS = (date(1900, 1, 1), date(1970, 1, 1), date(2000, 1, 1))


@dataclass(slots=True)
class Home:
    number: int
    postcode: str
    address: str
    town: str
    phone: str


@dataclass(slots=True)
class Human:
    entity: int
    home: Home
    community: Community
    sex: str
    given: str
    middle: str
    family: str
    born: date
    mobile: str
    email: str
    nhs_number: str
    birth_place: str
    job: str
    maiden: str = ""
    place: str = "adult"  # in the household: adult, child, twin, namesake (a father, or his son of the same name)


@dataclass(slots=True)
class Maker:
    """Everything drawn from one seed. `part` of a population too large for one: its telephone numbers and e-mail addresses, homes and
    entities are nobody's of another part."""

    chance: random.Random
    part: int = 0
    homes: int = 0
    entities: int = 0
    ending: str = ""
    today: date = field(default=date(2026, 3, 1))
    mailboxes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.homes = self.entities = self.part * PART_APART
        self.ending = f"{self.part:02}" if self.part else ""

    def home(self) -> Home:
        pick = self.chance
        self.homes += 1
        letters = "".join(pick.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return Home(
            self.homes,
            f"{pick.choice(DISTRICTS)} {pick.randint(1, 9)}{letters}",
            f"{pick.randint(1, 180)} {pick.choice(STREETS) if pick.random() < 0.15 else made(pick)} {pick.choice(KINDS)}",
            pick.choice(TOWNS),
            f"01632 960{pick.randrange(10**6):06}{self.ending}",
        )

    def household(self) -> list[Human]:
        pick = self.chance
        home = self.home()
        community = pick.choices(COMMUNITIES, [c.share for c in COMMUNITIES])[0]
        family = community.surname(pick)
        size = pick.choices((1, 2, 3, 4, 5, 6), (30, 30, 16, 14, 6, 4))[0]
        found: list[Human] = []
        for place in range(size):
            found.append(self._human(home, community, family, place, {human.given for human in found}))
        if size > CHILDREN_FROM and pick.random() < TWINS:
            self._make_twins(found[-2], found[-1])
        if size > CHILDREN_FROM - 1 and found[0].sex == "m" == found[-1].sex and pick.random() < NAMED_AFTER_FATHER:
            found[-1].given, found[-1].family = found[0].given, found[0].family
            found[0].place = found[-1].place = "namesake"
        return found

    def _make_twins(self, one: Human, other: Human) -> None:
        """Born on one day, to one family; their names often begin alike."""
        other.born, other.family, other.birth_place = one.born, one.family, one.birth_place
        one.place = other.place = "twin"
        if self.chance.random() < 0.3:
            names = other.community.men if other.sex == "m" else other.community.women
            other.given = next((x for x in names if x[0] == one.given[0] and x != one.given), other.given)

    def _human(self, home: Home, community: Community, family: str, place: int, taken: set[str]) -> Human:
        pick = self.chance
        self.entities += 1
        sex = pick.choice("mf")
        age = pick.uniform(18, 80) if place < 2 else pick.uniform(0, 25)
        given = community.given(pick, sex)
        while given in taken and pick.random() < 0.97:  # few give a child the name of somebody at home
            given = community.given(pick, sex)
        own = family if pick.random() < 0.8 else community.surname(pick)
        if community.patronymic and pick.random() < 0.6:
            own = community.given(pick, "m")
        digits = "".join(pick.choices("0123456789", k=9))
        return Human(
            entity=self.entities,
            home=home,
            community=community,
            sex=sex,
            given=given,
            middle=community.given(pick, sex),
            family=own,
            born=self.today - timedelta(days=age * 365.25),
            mobile=f"07700 900{pick.randrange(10**6):06}{self.ending}",
            email=self.email(given, own),
            nhs_number=f"9{digits}",
            birth_place=pick.choice(community.places),
            job=pick.choice(JOBS),
            maiden=community.surname(pick) if sex == "f" and age > 20 and pick.random() < 0.3 else "",
            place="adult" if place < 2 else "child",
        )

    def email(self, given: str, family: str) -> str:
        """An address of one's own: no provider gives one to two namesakes."""
        mailbox = f"{given}.{family}{self.chance.randint(1, 99)}".lower().replace(" ", "")
        while mailbox in self.mailboxes:
            mailbox += str(len(self.mailboxes) % 10)
        self.mailboxes.add(mailbox)
        return f"{mailbox}.{self.ending}@example.org" if self.ending else f"{mailbox}@example.org"

    def record(self, human: Human, away: float = 0.22) -> dict[str, Any]:
        """The human as somebody wrote them down, some day, somewhere: at another address so often."""
        pick = self.chance
        home = self.home() if pick.random() < away else human.home
        family = human.maiden if human.maiden and pick.random() < 0.4 else human.family
        said = {
            "given_name": human.given,
            "middle_names": human.middle,
            "family_name": family,
            "sex": human.sex,
            "date_of_birth": human.born.isoformat(),
            "postcode": home.postcode,
            "address": home.address,
            "town": home.town,
            "phone": home.phone if pick.random() < 0.4 else human.mobile,
            "email": human.email,
            "nhs_number": human.nhs_number,
            "birth_place": human.birth_place,
            "occupation": human.job if pick.random() < 0.7 else pick.choice(JOBS),
        }
        self._misname(said)
        said["date_of_birth"] = self._misdate(human.born)
        for name in ("address", "town", "email", "nhs_number", "postcode", "birth_place"):
            if pick.random() < 0.03:
                said[name] = self._slip(said[name])
        if pick.random() < 0.01:
            said["sex"] = "m" if human.sex == "f" else "f"
        return {name: value if pick.random() < FILLED[name] else "" for name, value in said.items()}

    def _misname(self, said: dict[str, str]) -> None:
        pick = self.chance
        for name in ("given_name", "family_name"):
            spellings = SPELT.get(said[name].lower(), ())
            if spellings and pick.random() < 0.15:
                said[name] = pick.choice(spellings).title()
            if pick.random() < 0.05:
                said[name] = self._slip(said[name])
        short = SHORT.get(said["given_name"].lower(), ())
        if short and pick.random() < 0.12:
            said["given_name"] = pick.choice(short).title()
        if pick.random() < 0.015:
            said["given_name"] = said["given_name"][:1]
        if pick.random() < 0.02:
            said["given_name"], said["middle_names"] = said["middle_names"], said["given_name"]
        if pick.random() < 0.02:
            said["given_name"], said["family_name"] = said["family_name"], said["given_name"]
        if pick.random() < 0.02:
            said["family_name"] = f"{said['family_name']}-{pick.choice(COMMUNITIES).surname(pick)}"

    def _misdate(self, born: date) -> str:
        pick = self.chance
        drawn = pick.random()
        if drawn < 0.015 and born.day <= 12:
            return f"{born.year}-{born.day:02}-{born.month:02}"
        if drawn < 0.045:
            return f"{born.year}-01-01"
        if drawn < 0.055:
            return pick.choice(STAND_INS).isoformat()
        if drawn < 0.07:
            return str(born.year)
        if drawn < 0.08:
            return f"{born.year}-{born.month:02}"
        if drawn < 0.12:
            at = pick.choice((3, 5, 6, 8, 9))
            text = born.isoformat()
            return text[:at] + pick.choice("0123456789") + text[at + 1 :]
        return born.isoformat()

    def _slip(self, text: str) -> str:
        pick = self.chance
        if len(text) < 3:
            return text
        at, kind = pick.randrange(1, len(text) - 1), pick.random()
        if kind < 0.3:
            return text[:at] + text[at + 1 :]
        if kind < 0.6:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        letter = pick.choice("0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz")
        return text[:at] + letter + text[at + (kind < 0.8) :]


def make(
    count: int, seed: int = 1, *, queries: int | None = None, part: int = 0
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """So many records of people known, and queries: a tenth as many, at most 3,000, if not said."""
    maker = Maker(random.Random(seed), part)
    people: list[dict[str, Any]] = []
    strangers: list[tuple[str, Human]] = []
    known: list[Human] = []
    for human, kind in _humans(maker):
        if len(people) >= count:
            break
        if kind != "known":
            strangers.append((kind, human))
            continue
        known.append(human)
        for _ in range(maker.chance.choices((1, 2, 3), (75, 18, 7))[0]):
            people.append(row(maker, human, f"p{len(people)}"))
    asked = min(3000, count // 10) if queries is None else queries
    chosen = [("known", human) for human in maker.chance.choices(known, k=asked // 2)] + strangers[: asked - asked // 2]
    found = [row(maker, human, f"q{place}") | {"kind": kind} for place, (kind, human) in enumerate(chosen)]
    return people[:count], found


def _humans(maker: Maker) -> Iterator[tuple[Human, str]]:
    """People by household; in one of eight, one member is not known yet, and one household of ten not at all."""
    while True:
        household = maker.household()
        unknown = maker.chance.random() < 0.1
        hidden = maker.chance.randrange(8) if len(household) > 1 else None
        for place, human in enumerate(household):
            yield human, "stranger" if unknown else "household" if place == hidden else "known"


def row(maker: Maker, human: Human, id_: str, away: float = 0.22) -> dict[str, Any]:
    """The human written down once more: at another address so often."""
    return {
        "id": id_,
        **maker.record(human, away),
        "entity": human.entity,
        "household": human.home.number,
        "place": human.place,
    }


def write(people: list[dict[str, Any]], queries: list[dict[str, Any]], folder: Path) -> None:
    """people.parquet and queries.parquet; what is not known is null."""
    import polars as pl

    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("people", people), ("queries", queries)):
        frame = pl.DataFrame(rows, infer_schema_length=None).with_columns(pl.col(*FIELDS).replace("", None))
        frame.write_parquet(folder / f"{name}.parquet")


def main() -> None:
    """Command line."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    people, queries = make(count, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    write(people, queries, folder)
    print(f"{len(people):,} records and {len(queries):,} queries in {folder}")


if __name__ == "__main__":
    main()
