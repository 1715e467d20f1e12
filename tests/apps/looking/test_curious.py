"""T1: fifty curious looks among ten thousand ordinary ones: at least forty-eight are raised, at most one in a hundred of the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest

from alongside.agencies.models import Agency, Area, Membership, Team, User
from alongside.audit.testing import writing
from alongside.cases.models import Case, CaseMember
from alongside.gate.models import Ground
from alongside.looking import hooks
from alongside.looking.models import Look
from alongside.looking.queries import facts
from alongside.looking.rules import unusual
from alongside.people.models import Person

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
ORDINARY, FAMILIES, TEAMS, IN_A_TEAM = 10_000, 240, 8, 6
SYLLABLES = ("ba", "den", "gor", "hul", "jen", "kim", "lor", "mun", "nel", "por", "ros", "tam")
NAMES = [f"{a}{b}{c}".title() for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
# As unlike one another as surnames of a large city: the commonest in a hundred, two people alike in four hundred.
WEIGHTS = [1 / (place + 20) for place in range(len(NAMES))]


class City:
    """Two agencies of four teams each, their families, and who is close to whom."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.close = chance, set[tuple[UUID, UUID]]()
        self.curious_about: set[tuple[UUID, UUID]] = set()
        area = Area.objects.create(code="coventry", name="Coventry", police="police")
        kinds = ("police", "childrens-social-care")
        agencies = [Agency.objects.create(code=kind, name=kind, kind=kind) for kind in kinds]
        self.teams = [Team(agency=agencies[n % 2], code=f"t{n}", name=f"Team {n}") for n in range(TEAMS)]
        Team.objects.bulk_create(self.teams)
        self.staff = [self._user(team, n) for team in self.teams for n in range(IN_A_TEAM)]
        User.objects.bulk_create(user for user, _ in self.staff)
        Membership.objects.bulk_create(Membership(user=u, team=t, from_on=AT.date()) for u, t in self.staff)
        self.cases = [self._case(area) for _ in range(FAMILIES)]

    def name(self) -> str:
        return self.chance.choices(NAMES, WEIGHTS)[0]

    def _user(self, team: Team, number: int) -> tuple[User, Team]:
        role = {"police": ("police-supervisor", "police-officer")}.get(
            team.agency.kind, ("mash-worker", "social-worker")
        )
        name = f"Ash {self.name()}"
        return User(email=f"{team.code}-{number}@x.example", name=name, agency=team.agency, role=role[number > 0]), team

    def _case(self, area: Area) -> Case:
        """A family of three with two surnames, recorded by one team."""
        user, team = self.chance.choice(self.staff)
        case = Case.objects.create(
            area=area,
            local_authority="coventry",
            opened_by_agency=team.agency,
            recording_team=team,
            opened_at=AT,
            opened_by=user,
            received_on=AT,
        )
        hers, his = self.name(), self.name()
        parts = (("victim", hers), ("person-causing-harm", his), ("child", self.chance.choice((hers, his))))
        for role, surname in parts:
            person = Person.objects.create(
                recorded_by_agency=team.agency, given_name="A", family_name=surname, recorded_at=AT, recorded_by=user
            )
            CaseMember.objects.create(case=case, person=person, role=role)
        Ground.objects.create(
            subject_kind="case",
            subject_id=case.pk,
            agency=team.agency,
            ground="own-record",
            purpose="x",
            opened_at=AT,
            opened_by=user,
        )
        return case

    def looks(self, user: User, case: Case, at: datetime, times: int = 1) -> Iterator[Look]:
        for number in range(times):
            yield Look(
                event=0,
                chain=user.agency.code,
                looker=user.pk,
                what="cases.now",
                subject_kind="case",
                subject=case.pk,
                is_opened=True,
                looked_on=at + timedelta(minutes=number),
            )

    def at_work(self, user: User) -> datetime:
        """Police and supervisors at any hour they work; social work by day, and one evening in ten for one's own cases."""
        day = AT + timedelta(days=self.chance.choice((0, 1, 2, 3, 4)))
        if user.agency.kind == "police":
            return day + timedelta(minutes=self.chance.randrange(1440))
        return day + timedelta(hours=self.chance.randrange(8, 18), minutes=self.chance.randrange(60))

    def ordinary(self) -> Iterator[Look]:
        """Work on the cases of one's team; supervisors and MASH workers look at their agency's too; one in 250 covers for another team."""
        for _ in range(ORDINARY):
            user, team = self.chance.choice(self.staff)
            screens = user.role in ("police-supervisor", "mash-worker")
            covers = self.chance.random() < 0.004
            own = [one for one in self.cases if one.recording_team_id == team.pk]
            agencies = [one for one in self.cases if one.opened_by_agency_id == team.agency_id]
            case = self.chance.choice(agencies if screens or covers else own)
            if (user.pk, case.pk) in self.curious_about:
                case = next(one for one in own if (user.pk, one.pk) not in self.curious_about)
            at = self.at_work(user)
            is_evening = case in own and not screens and self.chance.random() < 0.1
            yield from self.looks(user, case, at.replace(hour=21) if is_evening else at)

    def curious(self) -> Iterator[Look]:
        """Fifty who look without need, in five ways; two are friends of a family of their own team, whom no rule sees."""
        for number in range(50):
            way = number % 5
            user, team = self.chance.choice([one for one in self.staff if (one[0].role in SCREEN) == (way == 4)])
            own = self.chance.choice([one for one in self.cases if one.recording_team_id == team.pk])
            other = self.chance.choice(
                [c for c in self.cases if c.opened_by_agency_id == team.agency_id and c.recording_team_id != team.pk]
            )
            person = CaseMember.objects.filter(case=own, role="victim").get().person
            self.curious_about |= {(user.pk, own.pk), (user.pk, other.pk)}
            if number in (1, 3):
                yield from self.looks(user, own, self.at_work(user))
            elif way == 1:  # a relative by name, in a case of one's own team
                Person.objects.filter(pk=person.pk).update(family_name=user.name.split()[-1].upper())
                yield from self.looks(user, own, self.at_work(user))
            elif way == 2 or way == 4:  # a neighbour, or an agency's supervisor who is close to somebody
                self.close.add((user.pk, person.pk))
                yield from self.looks(user, own, self.at_work(user))
            else:  # no case of theirs, by day or by night
                yield from self.looks(user, other, self.at_work(user))


SCREEN = ("police-supervisor", "mash-worker")


def test_curious_looks_are_raised_and_ordinary_ones_hardly_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    with writing():
        city = City(Random(37))  # noqa: S311 - repeatable, not secret
        curious = list(city.curious())
        ordinary = list(city.ordinary())
    monkeypatch.setattr(hooks, "CLOSE", [lambda staff, people: city.close])
    known, staff = facts.known(ordinary + curious), facts.lookers(ordinary + curious)

    def count(looks: list[Look]) -> int:
        held = ((staff[one.looker][1], one) for one in looks)
        return sum(bool(unusual(who, one.subject_kind, one.subject, one.looked_on, known)) for who, one in held)

    assert len(ordinary) == ORDINARY and len(curious) == 50
    assert count(curious) >= 48
    assert count(ordinary) <= ORDINARY // 100
