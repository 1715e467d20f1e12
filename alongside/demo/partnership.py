"""The invented partnership: nine areas, their agencies, teams and what each team does, and one person for every desk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from django.contrib.auth.hashers import make_password

from alongside.agencies.models import Agency, Area, Membership, Team, TeamRole, User
from alongside.clock import in_london

WEST_MIDLANDS = ("birmingham", "coventry", "dudley", "sandwell", "solihull", "walsall", "wolverhampton")
STAFFORDSHIRE = ("stoke-on-trent", "staffordshire")
NAMES = {area: area.replace("-", " ").title() for area in (*WEST_MIDLANDS, *STAFFORDSHIRE)} | {"stoke-on-trent": "Stoke-on-Trent"}
FORCES = {
    "west-midlands-police": ("West Midlands Police", WEST_MIDLANDS),
    "staffordshire-police": ("Staffordshire Police", STAFFORDSHIRE),
}

# Team: its name, what it does, and the staff role of who works there. Police teams are made for each area they serve.
POLICE_TEAMS = {
    "response": ("Response team", ("front-line",), "police-officer"),
    "supervisors": ("Response supervisors", ("supervisor",), "police-supervisor"),
    "safeguarding": ("Safeguarding desk", ("safeguarding-desk",), "police-supervisor"),
    "marac": ("MARAC coordination", ("marac-coordinator",), "marac-coordinator"),
}
TEAMS = {
    "childrens-social-care": {
        "duty": ("Duty and assessment", ("csc-duty", "front-line"), "social-care-manager"),
        "mash": ("Multi-agency safeguarding hub", ("mash",), "mash-worker"),
        "family-support": ("Family support", ("service-manager",), "social-worker"),
    },
    "adult-social-care": {"duty": ("Adult safeguarding duty", ("asc-duty", "front-line"), "adult-social-care")},
    "housing": {"advice": ("Housing advice", ("housing-advice", "front-line"), "housing")},
    "domestic-abuse-service": {
        "idva": ("Independent advisers", ("idva", "front-line"), "specialist-worker"),
        "refuge": ("Refuge", ("refuge",), "refuge"),
        "management": ("Service management", ("service-manager",), "safeguarding-lead"),
    },
    "schools": {"notices": ("Key adults in schools", ("school-notices", "front-line"), "school-key-adult")},
    "health": {"safeguarding": ("Safeguarding nurses", ("health-safeguarding", "front-line"), "health")},
}
KIND_NAMES = {
    "childrens-social-care": "Children's Social Care",
    "adult-social-care": "Adult Social Care",
    "housing": "Housing",
    "domestic-abuse-service": "Domestic Abuse Service",
    "schools": "Schools",
    "health": "Health",
}
OVERSIGHT = ("partnership-administrator", "policy-lead", "information-governance-lead", "auditor")
GIVEN = (
    "Amara Bethan Cyrus Davina Emeka Farah Gareth Hana Idris Jasmin Kwame Leila Marek Nadia Owen Priya Rafal Sana Tomasz Uma Viktor Wanda "
    "Yusuf Zoe"
).split()
FAMILY = (
    "Abara Birchall Cieslak Dhaliwal Eastwell Farrow Gulzar Hartnoll Ibekwe Jessop Kowal Lomas Mistry Nwosu Oakden Parveen Quarmby Rashford "
    "Sandhu Thornley Uddin Vance Whitlock Yafai Zielin"
).split()


@dataclass
class Partnership:
    """Everything made, by code: `teams` by team code, `users` by (staff role, area), "" for those of no area."""

    areas: dict[str, Area] = field(default_factory=dict)
    agencies: dict[str, Agency] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)

    def user(self, role: str, area: str = "coventry") -> User:
        """Somebody with a staff role, in an area or for the whole partnership."""
        return self.users.get((role, area)) or self.users[(role, "")]


@dataclass
class _Making:
    made: Partnership
    at: datetime
    password: str
    numbers: Callable[[], int]
    roles: list[TeamRole] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)


def build_partnership(at: datetime, password: str | None = None) -> Partnership:
    """Make the partnership as of a day. Without a password nobody in it can sign in by one."""
    making = _Making(Partnership(), at, make_password(password), count(1).__next__)
    _make_areas(making)
    _make_agencies(making)
    for code, (_, areas) in FORCES.items():
        for area in areas:
            for short, team in POLICE_TEAMS.items():
                _add_team(making, code, f"{code}-{area}-{short}", team, [area], area)
    for area in making.made.areas:
        for kind, teams in TEAMS.items():
            for short, team in teams.items():
                _add_team(making, f"{area}-{kind}", f"{area}-{kind}-{short}", team, [area], area)
    _add_team(making, "probation", "probation-duty", ("Probation duty", ("probation-duty", "front-line"), "probation"), list(making.made.areas), "")
    _add_oversight(making)
    _save(making)
    return making.made


def _make_areas(making: _Making) -> None:
    force = {area: code for code, (_, areas) in FORCES.items() for area in areas}
    rows = Area.objects.bulk_create(Area(code=code, name=name, police=force[code]) for code, name in NAMES.items())
    making.made.areas = {row.code: row for row in rows}


def _make_agencies(making: _Making) -> None:
    told: list[tuple[str, str, str, tuple[str, ...]]] = [(code, name, "police", areas) for code, (name, areas) in FORCES.items()]
    told += [(f"{area}-{kind}", f"{NAMES[area]} {name}", kind, (area,)) for area in NAMES for kind, name in KIND_NAMES.items()]
    everywhere = tuple(NAMES)
    told += [("probation", "Probation Service", "probation", everywhere), ("partnership", "The Partnership", "partnership", everywhere)]
    rows = Agency.objects.bulk_create(Agency(code=code, name=name, kind=kind) for code, name, kind, _ in told)
    making.made.agencies = {row.code: row for row in rows}
    serving = Agency.areas.through
    serving.objects.bulk_create(
        serving(agency_id=making.made.agencies[code].pk, area_id=area) for code, _, _, areas in told for area in areas
    )


def _add_team(
    making: _Making, agency: str, code: str, team: tuple[str, tuple[str, ...], str], areas: list[str], area: str
) -> None:
    name, roles, staff = team
    made, number = making.made, making.numbers()
    where = f"{NAMES[area]}: " if area else ""
    row = Team(agency=made.agencies[agency], code=code, name=f"{where}{name}" if agency.endswith("police") else name, **_reached(number, code))
    made.teams[code] = row
    making.roles += [TeamRole(team=row, role=role, area=made.areas[one]) for role in roles for one in areas]
    person = _person(making, staff, made.agencies[agency], area)
    making.members.append(Membership(user=person, team=row, from_on=in_london(making.at).date()))
    row.deputy = person


def _reached(number: int, code: str) -> dict[str, str]:
    """Numbers kept for drama, and mail to a name that never resolves."""
    return {
        "phone": f"0121 496 0{number % 1000:03}",
        "out_of_hours_phone": f"01632 960{number % 1000:03}",
        "email": f"{code}@alongside.example",
    }


def _person(making: _Making, role: str, agency: Agency, area: str) -> User:
    number = len(making.made.users)
    given, family = GIVEN[number % len(GIVEN)], FAMILY[(number + number // len(GIVEN)) % len(FAMILY)]
    key = (role, area)
    if key in making.made.users:
        key = (f"{role} of {agency.code} {number}", area)
    where = f".{area}" if area else ""
    user = User(
        email=f"{role}{where}@alongside.example" if key[0] == role else f"{role}{where}.{number}@alongside.example",
        name=f"{given} {family}",
        agency=agency,
        role=role,
        password=making.password,
    )
    making.made.users[key] = user
    return user


def _add_oversight(making: _Making) -> None:
    made = making.made
    team = Team(agency=made.agencies["partnership"], code="partnership-administration", name="Partnership administration", **_reached(0, "partnership"))
    made.teams[team.code] = team
    making.roles += [TeamRole(team=team, role="partnership-administration", area=area) for area in made.areas.values()]
    for role in OVERSIGHT:
        person = _person(making, role, made.agencies["partnership"], "")
        making.members.append(Membership(user=person, team=team, from_on=in_london(making.at).date()))


def _save(making: _Making) -> None:
    made = making.made
    User.objects.bulk_create(made.users.values())
    Team.objects.bulk_create(made.teams.values())
    TeamRole.objects.bulk_create(making.roles)
    Membership.objects.bulk_create(making.members)
