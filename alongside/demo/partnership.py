"""The invented partnership: nine areas, their agencies, teams and what each team does, and two people for every desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password

from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, Area, Membership, Team, TeamRole, User
from alongside.clock import in_london
from alongside.demo import accounts
from alongside.demo.names import staff_name

WEST_MIDLANDS = ("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton")
STAFFORDSHIRE = ("stoke-on-trent", "staffordshire")
NAMES = {area: area.title() for area in (*WEST_MIDLANDS, *STAFFORDSHIRE)} | {"stoke-on-trent": "Stoke-on-Trent"}
FORCES = {
    "west-midlands-police": ("West Midlands Police", WEST_MIDLANDS),
    "staffordshire-police": ("Staffordshire Police", STAFFORDSHIRE),
}
# Who runs the MARACs is no part of the police: a coordinator sees a case once it is referred, not before.
SAFETY_PARTNERSHIPS = {
    "west-midlands-community-safety": ("West Midlands Community Safety Partnership", WEST_MIDLANDS),
    "staffordshire-community-safety": ("Staffordshire Community Safety Partnership", STAFFORDSHIRE),
}
KIND_NAMES = {
    "childrens-social-care": "Children's Social Care",
    "adult-social-care": "Adult Social Care",
    "housing": "Housing",
    "domestic-abuse-service": "Domestic Abuse Service",
    "schools": "Schools",
    "health": "Health",
}


def agency_codes() -> list[str]:
    """Codes of every agency that is made."""
    councils = [f"{area}-{kind}" for area in NAMES for kind in KIND_NAMES]
    return [*FORCES, *SAFETY_PARTNERSHIPS, *councils, "probation", "partnership"]


@dataclass(frozen=True)
class Desk:
    """A team as it is made in an area: its name, what it does there, and the staff role of who works in it."""

    name: str
    does: tuple[str, ...]
    staff: str


POLICE_DESKS = {
    "response": Desk("Response team", ("front-line",), "police-officer"),
    "supervisors": Desk("Response supervisors", ("supervisor",), "police-supervisor"),
    "safeguarding": Desk("Safeguarding desk", ("safeguarding-desk",), "police-supervisor"),
}
SAFETY_DESKS = {"marac": Desk("MARAC coordination", ("marac-coordinator",), "marac-coordinator")}
DESKS = {
    "childrens-social-care": {
        "duty": Desk("Duty and assessment", ("csc-duty", "front-line"), "social-care-manager"),
        "mash": Desk("Multi-agency safeguarding hub", ("mash",), "mash-worker"),
        "family-support": Desk("Family support", ("service-manager",), "social-worker"),
    },
    "adult-social-care": {"duty": Desk("Adult safeguarding duty", ("asc-duty", "front-line"), "adult-social-care")},
    "housing": {"advice": Desk("Housing advice", ("housing-advice", "front-line"), "housing")},
    "domestic-abuse-service": {
        "idva": Desk("Independent advisers", ("idva", "front-line"), "specialist-worker"),
        "refuge": Desk("Refuge", ("refuge",), "refuge"),
        "management": Desk("Service management", ("service-manager",), "safeguarding-lead"),
    },
    "schools": {"notices": Desk("Key adults in schools", ("school-notices", "front-line"), "school-key-adult")},
    "health": {"safeguarding": Desk("Safeguarding nurses", ("health-safeguarding", "front-line"), "health")},
}
PROBATION = Desk("Probation duty", ("probation-duty", "front-line"), "probation")
# Left to nobody on purpose, so that the administrator's page has something to show: (role, area).
UNROUTED = ("idva", "dudley")


@dataclass
class Partnership:
    """Everything made, by code: `teams` by team code, `users` by (staff role, area), "" for those of no area."""

    areas: dict[str, Area] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    deputies: dict[tuple[str, str], User] = field(default_factory=dict)

    def user(self, role: str, area: str = accounts.HOME) -> User:
        """Who holds a staff role, in an area or for the whole partnership."""
        return self.users.get((role, area)) or self.users[(role, "")]

    def coordinators(self, area: str = accounts.HOME) -> Team:
        """The team that runs the MARAC of an area."""
        code = next(code for code, (_, areas) in SAFETY_PARTNERSHIPS.items() if area in areas)
        return self.teams[f"{code}-{area}-marac"]

    def deputy(self, role: str, area: str = accounts.HOME) -> User:
        """The colleague who stands in for `user`."""
        return self.deputies.get((role, area)) or self.deputies[(role, "")]


@dataclass
class _Making:
    made: Partnership
    at: datetime
    password: str
    roles: list[TeamRole] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)


def build_partnership(at: datetime, password: str | None = None) -> Partnership:
    """Make the partnership as of a day, with nobody's duties in it. Without a password nobody in it can sign in by one.

    Raises `Refused` outside a demonstration: its accounts are known to everybody.
    """
    check_is_demo()
    making = _Making(Partnership(), at, make_password(password))
    _make_areas(making)
    _make_agencies(making)
    for agencies, desks in ((FORCES, POLICE_DESKS), (SAFETY_PARTNERSHIPS, SAFETY_DESKS)):
        for code, (_, areas) in agencies.items():
            for area in areas:
                for short, desk in desks.items():
                    _add_team(making, code, f"{code}-{area}-{short}", desk, [area], area)
    for area in making.made.areas:
        for kind, desks in DESKS.items():
            for short, desk in desks.items():
                _add_team(making, f"{area}-{kind}", f"{area}-{kind}-{short}", desk, [area], area)
    _add_team(making, "probation", "probation-duty", PROBATION, list(making.made.areas), "")
    _add_oversight(making)
    _save(making)
    return making.made


def check_is_demo() -> None:
    """Refuse where real people may be: these accounts exist only in the demonstration."""
    if not settings.ALONGSIDE_DEMO:
        raise Refused("Demonstration accounts are made only where ALONGSIDE_DEMO=yes. Nothing was made.")


def _make_areas(making: _Making) -> None:
    force = {area: code for code, (_, areas) in FORCES.items() for area in areas}
    rows = Area.objects.bulk_create(Area(code=code, name=name, police=force[code]) for code, name in NAMES.items())
    making.made.areas = {row.code: row for row in rows}


def _make_agencies(making: _Making) -> None:
    told: list[tuple[str, str, str, Sequence[str]]] = [
        (code, name, kind, areas)
        for kind, agencies in (("police", FORCES), ("partnership", SAFETY_PARTNERSHIPS))
        for code, (name, areas) in agencies.items()
    ]
    told += [
        (f"{area}-{kind}", f"{NAMES[area]} {name}", kind, (area,))
        for area in NAMES
        for kind, name in KIND_NAMES.items()
    ]
    everywhere = tuple(NAMES)
    told.append(("probation", "Probation Service", "probation", everywhere))
    told.append(("partnership", "The Partnership", "partnership", everywhere))
    rows = Agency.objects.bulk_create(Agency(code=code, name=name, kind=kind) for code, name, kind, _ in told)
    making.made.agencies = {row.code: row for row in rows}
    serving = Agency.areas.through
    serving.objects.bulk_create(
        serving(agency_id=making.made.agencies[code].pk, area_id=area) for code, _, _, areas in told for area in areas
    )


def _add_team(making: _Making, agency: str, code: str, desk: Desk, areas: list[str], area: str) -> None:
    made = making.made
    where = f"{NAMES[area]}: " if agency in (*FORCES, *SAFETY_PARTNERSHIPS) else ""
    row = Team(agency=made.agencies[agency], code=code, name=f"{where}{desk.name}", **_reached(len(made.teams), code))
    made.teams[code] = row
    held = [(role, one) for role in desk.does for one in areas if (role, one) != UNROUTED]
    making.roles += [TeamRole(team=row, role=role, area=made.areas[one]) for role, one in held]
    lead = _person(making, desk.staff, row.agency, area)
    row.deputy = _person(making, desk.staff, row.agency, area, deputy=True)
    _put_in_team(making, row, lead, row.deputy)


def _reached(number: int, code: str) -> dict[str, str]:
    """Numbers kept for drama, in and out of hours, and mail to a name that never resolves."""
    return {
        "phone": f"0121 496 0{number % 1000:03}",
        "out_of_hours_phone": f"01632 960{number % 1000:03}",
        "email": f"{code}@{accounts.DOMAIN}",
    }


def _person(making: _Making, role: str, agency: Agency, area: str, *, deputy: bool = False) -> User:
    """The one holder, or the one deputy, of a staff role in an area."""
    held = making.made.deputies if deputy else making.made.users
    if (role, area) not in held:
        number = len(making.made.users) + len(making.made.deputies)
        held[role, area] = User(
            email=accounts.email(role, area, deputy=deputy),
            name=staff_name(number),
            agency=agency,
            role=role,
            password=making.password,
        )
    return held[role, area]


def _put_in_team(making: _Making, team: Team, *people: User) -> None:
    since = in_london(making.at).date() - timedelta(days=365)
    making.members += [Membership(user=person, team=team, from_on=since) for person in people]


def _add_oversight(making: _Making) -> None:
    made = making.made
    agency = made.agencies["partnership"]
    team = Team(
        agency=agency,
        code="partnership-administration",
        name="Partnership administration",
        **_reached(len(made.teams), "partnership-administration"),
    )
    made.teams[team.code] = team
    making.roles += [TeamRole(team=team, role="partnership-administration", area=area) for area in made.areas.values()]
    _put_in_team(making, team, *(_person(making, role, agency, "") for role in accounts.OVERSIGHT))
    # What takes two people needs a second one.
    team.deputy = _person(making, accounts.OVERSIGHT[0], agency, "", deputy=True)
    _put_in_team(making, team, team.deputy)


def _save(making: _Making) -> None:
    made = making.made
    User.objects.bulk_create([*made.users.values(), *made.deputies.values()])
    Team.objects.bulk_create(made.teams.values())
    TeamRole.objects.bulk_create(making.roles)
    Membership.objects.bulk_create(making.members)
