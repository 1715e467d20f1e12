"""The register of invented schools, their terms, and the MARAC meetings to come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.audit.actors import SystemActor
from alongside.children.models import School, Term
from alongside.clock import in_london, london
from alongside.demo import actions
from alongside.demo.partnership import NAMES, Partnership
from alongside.marac.actions import plan_meeting
from alongside.marac.models import Meeting

# The first two are in Coventry: the one the example names, and one that has appointed no key adult.
COVENTRY = ("Example Primary School", "Sample Lane Academy")
WITHOUT_KEY_ADULT = "Sample Lane Academy"
ELSEWHERE = ("{} Park Primary School", "{} Bridge School", "{} Sixth Form and College")
# Nobody has entered this area's term dates: deadlines that hang on them cannot be worked out.
WITHOUT_TERMS = "walsall"
# First and last days of half-terms as they commonly fall; no council's own.
TERMS = (
    ("2025-09-02", "2025-10-24"),
    ("2025-11-03", "2025-12-19"),
    ("2026-01-05", "2026-02-13"),
    ("2026-02-23", "2026-03-27"),
    ("2026-04-13", "2026-05-22"),
    ("2026-06-01", "2026-07-21"),
    ("2026-09-02", "2026-10-23"),
    ("2026-11-02", "2026-12-18"),
    ("2027-01-04", "2027-02-12"),
    ("2027-02-22", "2027-03-25"),
    ("2027-04-12", "2027-05-28"),
    ("2027-06-07", "2027-07-21"),
    ("2027-09-02", "2027-10-22"),
    ("2027-11-01", "2027-12-17"),
    ("2028-01-04", "2028-02-18"),
    ("2028-02-28", "2028-04-07"),
    ("2028-04-24", "2028-05-26"),
    ("2028-06-05", "2028-07-21"),
)
TUESDAY, FORTNIGHT, MEETINGS = 1, timedelta(days=14), 6


def register_schools(made: Partnership, *, at: datetime) -> list[School]:
    """Three schools an area and five in Coventry, each with a key adult and a deputy, one without; terms for all areas but one."""
    named = [("coventry", name) for name in COVENTRY]
    named += [(area, pattern.format(NAMES[area])) for area in NAMES for pattern in ELSEWHERE]
    schools = [_school(made, number, area, name) for number, (area, name) in enumerate(named, 1)]
    terms = [
        Term(area=area, first_on=date.fromisoformat(first), last_on=date.fromisoformat(last))
        for code, area in made.areas.items()
        if code != WITHOUT_TERMS
        for first, last in TERMS
    ]
    actions.register_schools(schools=schools, terms=terms, by=SystemActor("demo"), at=at)
    return schools


def _school(made: Partnership, number: int, area: str, name: str) -> School:
    has_key_adult = name != WITHOUT_KEY_ADULT
    return School(
        urn=f"{number:06}",
        name=name,
        area=made.areas[area],
        team=made.teams[f"{area}-schools-notices"],
        key_adult=made.user("school-key-adult", area) if has_key_adult else None,
        deputy=made.deputy("school-key-adult", area) if has_key_adult else None,
        phone=f"0808 157 0{number:03}",
    )


def plan_meetings(made: Partnership, *, at: datetime) -> list[Meeting]:
    """The next fortnightly meetings of every area, on Tuesday mornings."""
    today = in_london(at).date()
    first = today + timedelta(days=(TUESDAY - today.weekday()) % 7 or 7)
    return [
        plan_meeting(
            area=made.areas[area],
            team=made.coordinators(area),
            held_on=london(first + FORTNIGHT * place, time(9, 30)),
            by=made.user("marac-coordinator", area),
            at=at,
        )
        for area in made.areas
        for place in range(MEETINGS)
    ]
