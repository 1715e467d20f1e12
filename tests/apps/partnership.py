"""An invented partnership of one area, small enough to read: used by the tests of the apps that people see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from alongside.agencies.models import Agency, Area, Membership, Team, TeamRole, User
from alongside.audit.api import action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.duties.models import ObservedFact
from alongside.people.actions import record_people
from alongside.people.models import Person
from alongside.people.records import AddressSaid, PersonSaid, SafeContactSaid

NOW = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
PASSWORD = "a long word of twelve"
DESKS = {
    "west-midlands-police": ("police", {"response": ["front-line"], "desk": ["safeguarding-desk", "supervisor"]}),
    "coventry-childrens-social-care": ("childrens-social-care", {"csc": ["csc-duty"]}),
    "coventry-adult-social-care": ("adult-social-care", {"asc": ["asc-duty"]}),
    "haven": ("domestic-abuse-service", {"haven-idva": ["idva"]}),
    "partnership": ("partnership", {"marac": ["marac-coordinator"], "office": ["partnership-administration"]}),
}
PEOPLE = {
    "officer": ("police-officer", "west-midlands-police", "response"),
    "second": ("police-officer", "west-midlands-police", "response"),
    "sergeant": ("police-supervisor", "west-midlands-police", "desk"),
    "manager": ("social-care-manager", "coventry-childrens-social-care", "csc"),
    "idva": ("specialist-worker", "haven", "haven-idva"),
    "administrator": ("partnership-administrator", "partnership", "office"),
    "auditor": ("auditor", "partnership", "office"),
}


@dataclass
class Partnership:
    """Areas, teams and people by their codes."""

    area: Area
    other_area: Area
    agencies: dict[str, Agency]
    teams: dict[str, Team]
    users: dict[str, User]


def build() -> Partnership:
    """Coventry with five agencies; Walsall with nobody to do anything."""
    area = Area.objects.create(code="coventry", name="Coventry", police="west-midlands-police")
    other = Area.objects.create(code="walsall", name="Walsall", police="west-midlands-police")
    agencies: dict[str, Agency] = {}
    teams: dict[str, Team] = {}
    for code, (kind, desks) in DESKS.items():
        agencies[code] = Agency.objects.create(code=code, name=code.replace("-", " ").title(), kind=kind)
        agencies[code].areas.add(area, other)
        for desk, roles in desks.items():
            teams[desk] = Team.objects.create(
                agency=agencies[code],
                code=desk,
                name=f"{desk.title()} team",
                phone="0121 496 0101",
                out_of_hours_phone="0121 496 0909",
            )
            for role in roles:
                TeamRole.objects.create(team=teams[desk], role=role, area=area)
    users: dict[str, User] = {}
    for name, (role, agency, desk) in PEOPLE.items():
        users[name] = User.objects.create_user(
            f"{name}@alongside.example", PASSWORD, name=f"Ash {name.title()}", agency=agencies[agency], role=role
        )
        Membership.objects.create(user=users[name], team=teams[desk], from_on=NOW.date() - timedelta(days=30))
    return Partnership(area, other, agencies, teams, users)


@action("tests.facts_stated")
def _state(*, case: Case, facts: dict[str, object], by: User, at: datetime) -> None:
    for name, value in facts.items():
        ObservedFact.objects.create(
            case=case,
            name=name,
            value=value,
            manner="notified",
            said_by="Police officer",
            stated_at=at,
            stated_by=by,
            agency=by.agency,
        )
    record(case, by=by, at=at)


CALL = {
    "domestic_abuse_known_or_suspected": True,
    "abuse_incident": True,
    "police_attended_incident": True,
    "police_called_to_incident": True,
    "child_in_household": True,
    "youngest_child_age_months": 11,
    "da_notified_at": "2026-03-02T21:50:00Z",
    "incident_at": "2026-03-02T21:30:00Z",
}


def call(
    there: Partnership,
    *,
    at: datetime = NOW,
    facts: dict[str, object] | None = None,
    area: Area | None = None,
    incident_area: Area | None = None,
    people: bool = True,
) -> Case:
    """A call to the police about a mother with a baby, with an evaluation of what follows."""
    by, team = there.users["officer"], there.teams["response"]
    case = cases.open_case(
        area=area or there.area,
        local_authority=(area or there.area).code,
        incident_area=incident_area,
        agency=by.agency,
        team=team,
        received_on=at - timedelta(minutes=30),
        occurred_on=at - timedelta(minutes=50),
        by=by,
        at=at,
    )
    if people:
        add_family(there, case, at=at)
    _state(case=case, facts=CALL if facts is None else facts, by=by, at=at)
    cases.changed(case=case, by=by, at=at)
    return case


def add_family(there: Partnership, case: Case, *, at: datetime = NOW) -> dict[str, Person]:
    """Amina, the person reported as causing her harm, and her baby."""
    by = there.users["officer"]
    held = record_people(
        agency=by.agency,
        people=[
            PersonSaid(
                ref="v",
                given_name="Amina",
                family_name="Hartley",
                date_of_birth="1996-05-04",
                sex="female",
                phones=["07700 900123"],
                addresses=[AddressSaid("14 Sample Street", "CV1 4AA", current=True)],
                safe_contacts=[
                    SafeContactSaid(
                        "text",
                        "07700 900123",
                        safe=True,
                        hours="weekdays 9 to 3",
                        who_may_answer="only her",
                        note="he sees the phone at night",
                    )
                ],
            ),
            PersonSaid(ref="p", given_name="Dean", family_name="Marsh", date_of_birth="1991-02", sex="male"),
            PersonSaid(ref="c", given_name="Lily", family_name="Hartley", date_of_birth="2025-03-20", sex="female"),
        ],
        by=by,
        at=at,
    )
    roles = {"v": "victim", "p": "person-causing-harm", "c": "child"}
    cases.add_people(
        case=case,
        members=[CaseMember(case=case, person=held[ref], role=role, ref=ref) for ref, role in roles.items()],
        by=by,
        at=at,
    )
    return held


def add_people(there: Partnership, case: Case, count: int, *, at: datetime = NOW) -> dict[str, Person]:
    """So many more children of the family."""
    by = there.users["officer"]
    said = [
        PersonSaid(ref=f"c{n}", given_name=f"Child{n}", family_name="Hartley", date_of_birth=f"201{n % 9}-04-05")
        for n in range(count)
    ]
    held = record_people(agency=by.agency, people=said, by=by, at=at)
    cases.add_people(
        case=case, members=[CaseMember(case=case, person=p, role="child", ref=r) for r, p in held.items()], by=by, at=at
    )
    return held
