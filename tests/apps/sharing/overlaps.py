"""Staff who are, or are close to, somebody in a case: invented, so that it is known who must see nothing. No rule of the product is used
to say so: an overlap is made, and whoever it is of is kept apart by its making.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alongside.agencies.models import Membership, User
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.gate.actions import open_ground
from alongside.people.actions import record_people
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid
from alongside.sharing.conflicts import actions
from alongside.sharing.conflicts.models import RELATIONS
from tests.apps.partnership import NOW, Partnership, call

PARTS = {"v": "victim", "p": "person-causing-harm", "c": "child"}
# Roles somebody may hold in the agency that holds the case; an administrator among them, for whom a block holds as well.
ROLES = (
    "police-officer", "police-supervisor", "mash-worker", "safeguarding-lead", "partnership-administrator", "auditor",
    "information-governance-lead", "marac-coordinator", "specialist-worker", "social-care-manager",
)  # fmt: skip
FIRST = ("Zoltan", "Yewande", "Ximena", "Wilhelmina", "Vasilis", "Ursula", "Thandiwe", "Sunniva", "Rukmini", "Quillon")
LAST = ("Abernathy", "Brzezicki", "Csizmadia", "Dlamini", "Eyjolfsdottir", "Fotheringham", "Grzybowski", "Hjelmqvist")
STREETS = ("Sample Street", "Example Road", "Invented Lane", "Model Close")


@dataclass(frozen=True)
class Family:
    """Three people of a case as they are recorded."""

    people: dict[str, PersonSaid]


@dataclass
class Close:
    """A member of staff and how they are close to whom; `said` None where it is said of the case itself, or a lead is told."""

    how: str
    part: str
    role: str
    relation: str
    said: PersonSaid | None
    user: User = field(init=False)


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - invents people


def family(rng: random.Random) -> Family:
    """A victim, a person reported as causing harm and a child, each with what anybody can be found by."""
    house, postcode = (
        rng.randint(1, 399),
        f"CV{rng.randint(1, 9)} {rng.randint(1, 9)}{rng.choice('ABDEFG')}{rng.choice('HJLNP')}",
    )
    people = {}
    for ref in PARTS:
        year = rng.randint(2012, 2022) if ref == "c" else rng.randint(1955, 2003)
        born = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        street = AddressSaid(f"{house if ref != 'p' else house + 1} {rng.choice(STREETS)}", postcode, current=True)
        people[ref] = PersonSaid(
            ref=ref,
            given_name=f"{rng.choice(FIRST)}{rng.choice('aeiou')}",
            family_name=f"{rng.choice(LAST)}{rng.choice(('', 'son', 'ova'))}",
            date_of_birth=born,
            sex=rng.choice(("female", "male")),
            phones=[f"07700 900{rng.randint(0, 999):03}"],
            email=f"{ref}{rng.randint(1, 10**6)}@mail.example",
            addresses=[street],
        )
    return Family(people)


def overlap(rng: random.Random, held: Family) -> Close:
    """Somebody on the staff who is one of a family, or close to one, as people say such things: with slips and in other spellings."""
    part = rng.choice(list(PARTS))
    how = rng.choice(("name and birth", "telephone", "address", "e-mail", "kin", "of the case", "a lead was told"))
    person, relation = held.people[part], rng.choice([code for code in RELATIONS if code != "myself"])
    own = PersonSaid(ref="x", given_name="Sam", family_name="Elsewhere", date_of_birth="1980-01-30")
    said: PersonSaid | None
    if how == "name and birth":
        relation = "myself"
        said = replace(
            own,
            given_name=_slip(rng, person.given_name),
            family_name=person.family_name,
            date_of_birth=person.date_of_birth,
        )
    elif how == "telephone":
        said = replace(own, phones=[_dialled(rng, person.phones[0])])
    elif how == "address":
        said = replace(own, addresses=[_addressed(rng, person.addresses[0])])
    elif how == "e-mail":
        said = replace(own, email=person.email.upper() if rng.random() < 0.5 else person.email)
    elif how == "kin":
        said = replace(person, ref="x", phones=[], email="", addresses=[], given_name=person.given_name.upper())
    else:
        said = None
    return Close(how, part, rng.choice(ROLES), relation, said)


def _slip(rng: random.Random, name: str) -> str:
    return rng.choice((name, name.lower(), f" {name}", f"{name[:-1]}{name[-1] * 2}"))


def _dialled(rng: random.Random, number: str) -> str:
    plain = number.replace(" ", "")
    return rng.choice((number, plain, f"+44 {plain[1:]}", f"0044{plain[1:]}", f"{plain[:5]}-{plain[5:8]}-{plain[8:]}"))


def _addressed(rng: random.Random, said: AddressSaid) -> AddressSaid:
    return rng.choice(
        (
            said,
            replace(said, postcode=said.postcode.lower()),
            replace(said, postcode=said.postcode.replace(" ", "")),
            replace(said, lines=said.lines.replace("Street", "St").replace("Road", "Rd")),
            replace(said, lines=f"{said.lines}, Coventry"),
        )
    )


def employ(there: Partnership, close: Close, number: int, at: datetime = NOW) -> None:
    """Take somebody on in the agency that holds the case."""
    email = f"close-{number}@alongside.example"
    agency = there.agencies["west-midlands-police"]
    close.user = User.objects.create(email=email, name=f"Close {number}", agency=agency, role=close.role)
    Membership.objects.create(user=close.user, team=there.teams["response"], from_on=at.date() - timedelta(days=30))


def declare(close: Close, at: datetime = NOW) -> None:
    """They say who they are, or who is close to them."""
    if close.said is not None:
        actions.declare(relation=close.relation, said=close.said, by=close.user, at=at)


def open_with(there: Partnership, held: Family, at: datetime = NOW) -> tuple[Case, dict[str, Person]]:
    """A case with that family in it."""
    case = call(there, at=at, people=False)
    by = there.users["officer"]
    people = record_people(agency=by.agency, people=list(held.people.values()), by=by, at=at)
    members = [CaseMember(case=case, person=people[ref], role=part, ref=ref) for ref, part in PARTS.items()]
    cases.add_people(case=case, members=members, by=by, at=at)
    cases.changed(case=case, by=by, at=at)
    return case, people


def let_in(there: Partnership, case: Case, user: User, at: datetime = NOW) -> None:
    """A ground of their own, so that it is the block alone that stands between them and the case."""
    open_ground(
        subject_kind="case", subject_id=case.pk, viewer=user, ground="case-team", purpose="test", by=there.users["officer"], at=at
    )  # fmt: skip


def keep_apart_by_word(there: Partnership, case: Case, close: Close, at: datetime = NOW) -> None:
    """What is not found but said: of the case by themselves, or to a lead."""
    if close.how == "of the case":
        actions.declare_case(case=case, reason="Somebody I know.", by=close.user, at=at)
    elif close.how == "a lead was told":
        actions.tell(user=close.user, case=case, reason="A neighbour told me.", by=there.users["lead"], at=at)


def many(seed: int, count: int, held: Family) -> Iterator[Close]:
    """So many overlaps with one family."""
    rng = chance(seed)
    for _ in range(count):
        yield overlap(rng, held)
