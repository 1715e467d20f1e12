"""The contract's table is read twice: from the JSON, to find what contradicts it, and from the tables, to decide. Both say the same."""

from __future__ import annotations

from itertools import count
from json import dumps
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.duties.models import Evaluation
from alongside.intake.actions import receive
from alongside.intake.checking import faults_of
from alongside.intake.mapping import INCIDENT_FACTS, RELATIONSHIP_FACTS, SPECIALIST_FIRST, facts_of
from alongside.intake.outright import of_other_fields
from alongside.intake.queries import held_against
from alongside.intake.story import cases_of, story_of
from alongside.policy.codec import to_json
from alongside.risk.instruments import instruments
from tests.apps.intake.conftest import NOW, Content

MANY = settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making an example smaller would store hundreds more
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NUMBERS = count(1)
YES_NO = st.sampled_from([True, False, None])
BORN = st.sampled_from(
    [None, "1990-05-11", "1996", "2008-03", "2009-01-02", "2021-12", "2022", "2025-03-20", "2026-03"]
)
REFS = ("v", "w", "p", "q", "c", "d", "u")


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with any of these fields, each left out or not."""
    return st.fixed_dictionaries({}, optional=fields)


def person(ref: str, *roles: str) -> st.SearchStrategy[dict[str, Any]]:
    fields = some(
        date_of_birth=BORN,
        pregnant=YES_NO,
        care_and_support_needs=YES_NO,
        lives_in_household=YES_NO,
        experienced_incident=YES_NO,
        harmed=YES_NO,
        area=st.sampled_from([None, "dudley", "Leeds"]),
    )
    return fields.map(lambda held: {"ref": ref, "roles": list(roles), **held})


def listed(*people: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.tuples(*(st.none() | one for one in people)).map(lambda held: [one for one in held if one])


PEOPLE = listed(
    person("v", "victim"),
    person("w", "victim"),
    person("p", "person-causing-harm"),
    person("q", "person-causing-harm", "child"),
    person("c", "child"),
    person("d", "child"),
    person("u", "unborn-child"),
).filter(bool)
RELATIONS = st.lists(
    st.fixed_dictionaries(
        {
            "from": st.sampled_from(REFS),
            "to": st.sampled_from(REFS),
            "kind": st.none() | st.sampled_from(list(RELATIONSHIP_FACTS)),
        }
    ),
    max_size=4,
)
INCIDENT = some(
    types=st.lists(st.sampled_from([*SPECIALIST_FIRST, "physical"]), unique=True, max_size=2),
    **dict.fromkeys(INCIDENT_FACTS, YES_NO),
)
ANSWERS = st.dictionaries(
    st.sampled_from(instruments()["dash"].keys), st.sampled_from(["yes", "no", "not-known", "refused"]), max_size=24
)
RISK = st.lists(
    some(
        grade=st.sampled_from(["standard", "medium", "high", None]),
        serious_concern=YES_NO,
        person=st.sampled_from(REFS),
    ).flatmap(
        lambda held: st.one_of(
            ANSWERS.map(lambda answers: {"instrument": "dash", "answers": answers, **held}),
            st.sampled_from([None, "2026-03-02T22:00:00Z"]).map(
                lambda at: {"instrument": "dial", "answers": {}, "completed_at": at, **held}
            ),
        )
    ),
    max_size=2,
)
CONSENT = st.lists(
    some(person=st.sampled_from(REFS)).flatmap(
        lambda held: st.sampled_from(["given", "refused", "not-sought", None]).map(
            lambda status: {"purpose": "referral", "status": status, **held}
        )
    ),
    max_size=1,
)


@st.composite
def notifications(draw: st.DrawFn) -> Content:
    people = draw(PEOPLE)
    there = {one["ref"] for one in people}
    agency = draw(st.sampled_from(["west-midlands-police", "coventry-housing"]))
    about_somebody_there = [row for row in [*draw(RISK)] if row.get("person", next(iter(there))) in there]
    return {
        "id": f"T-{next(NUMBERS)}",
        "kind": draw(st.sampled_from(["police-incident", "telephone-referral", "self-referral", "disclosure"])),
        "source": {"agency": agency},
        "received_at": "2026-03-02T22:14:00Z",
        "area": "coventry",
        "people": people,
        "incident": draw(INCIDENT),
        "relationships": [
            row for row in draw(RELATIONS) if {row["from"], row["to"]} <= there and row["from"] != row["to"]
        ],
        "risk": about_somebody_there,
        "consent": [row for row in draw(CONSENT) if row.get("person", next(iter(there))) in there],
        **draw(some(occurred_at=st.sampled_from([None, "2026-03-02T21:30:00Z", "2025-03-19T12:00:00Z"]))),
    }


def as_read(content: Content, place: int) -> dict[str, set[str]]:
    """What the JSON says of one of its cases: every value that is said of a fact."""
    known = held_against(content, at=NOW)
    case = cases_of(content)[place]
    said: dict[str, set[str]] = {}
    rows = [*facts_of(story_of(content, case, known.areas)), *of_other_fields(content, case, known)]
    for row in rows:
        if row.about is None and row.value is not None:
            said.setdefault(row.name, set()).add(dumps(to_json(row.value), sort_keys=True))
    return said


def as_decided(case: Case) -> dict[str, Any]:
    latest = Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at").first()
    assert latest is not None
    return {row["name"]: dumps(row["value"], sort_keys=True) for row in latest.facts if row["about"] is None}


@MANY
@given(content=notifications())
def test_both_readings_say_the_same(content: Content, partnership: Partnership) -> None:
    if faults_of(content, held_against(content, at=NOW)):
        return
    by = next(one for one in partnership.users.values() if one.agency.code == content["source"]["agency"])
    answer = receive(content=content, by=by, at=NOW).answer
    for place, reference in enumerate([answer["case"], *answer["also"]]):
        decided = as_decided(Case.objects.get(reference=reference))
        read = as_read(content, place)
        agreed = {name: min(values) for name, values in read.items() if len(values) == 1}
        assert {name: decided.get(name) for name in agreed} == agreed
        told = {"child_in_household", "child_in_family", "relationship", "victim_pregnant", "dash_yes_count"}
        assert {name for name in told if decided.get(name, "null") != "null"} <= read.keys()
