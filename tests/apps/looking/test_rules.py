"""The rules by themselves: what is unusual, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.looking.rules import RULES, SCREENING, TO_BE_CONFIRMED, Known, Looker, out_of_hours, unusual
from alongside.looking.words import IN_PASSING
from tests.sweeps.source import PRODUCT

LOOKER, CASE, PERSON = UUID(int=1), UUID(int=2), UUID(int=3)
FAMILY = Known(people_of={CASE: frozenset({PERSON})}, cases_of={PERSON: frozenset({CASE})})
DAY = datetime(2026, 3, 3, 10, tzinfo=UTC)  # a Tuesday morning


def looker(surname: str = "marsh", role: str = "social-worker", kind: str = "childrens-social-care") -> Looker:
    return Looker(LOOKER, surname, role, kind)


def known(**more: object) -> Known:
    return Known(people_of=FAMILY.people_of, cases_of=FAMILY.cases_of, **more)  # type: ignore[arg-type]


def of_case(who: Looker, at: datetime = DAY, **more: object) -> list[str]:
    return unusual(who, "case", CASE, at, known(**more))


OWN = frozenset({(LOOKER, CASE)})


def test_work_on_ones_own_case_is_not_unusual_at_any_hour() -> None:
    assert of_case(looker(), worked_on=OWN) == []
    assert of_case(looker(), at=DAY.replace(hour=23), worked_on=OWN) == []


def test_no_case_of_theirs() -> None:
    assert of_case(looker()) == ["no-case"]
    assert unusual(looker(), "person", PERSON, DAY, known()) == ["no-case"]
    assert unusual(looker(), "person", PERSON, DAY, known(worked_on=OWN)) == []


@pytest.mark.parametrize("role", sorted(SCREENING))
def test_who_screens_others_cases_is_asked_only_out_of_hours(role: str) -> None:
    assert of_case(looker(role=role)) == []
    assert of_case(looker(role=role), at=DAY.replace(hour=23)) == ["hours"]


def test_the_same_surname_even_on_ones_own_case() -> None:
    assert of_case(looker(), worked_on=OWN, surnames={PERSON: frozenset({"marsh"})}) == ["surname"]
    assert of_case(looker(), worked_on=OWN, surnames={PERSON: frozenset({"hartley"})}) == []


def test_no_surname_is_the_same_as_none() -> None:
    assert of_case(looker(surname=""), worked_on=OWN, surnames={PERSON: frozenset({""})}) == []


def test_close_by_place_or_declared() -> None:
    assert of_case(looker(), worked_on=OWN, close=frozenset({(LOOKER, PERSON)})) == ["close"]


def test_of_somebody_protected_it_is_not_said_which() -> None:
    """A lead who read "lives where the looker does" would know where somebody hides."""
    protected = frozenset({PERSON})
    by_name = of_case(looker(), worked_on=OWN, surnames={PERSON: frozenset({"marsh"})}, protected=protected)
    by_place = of_case(looker(), worked_on=OWN, close=frozenset({(LOOKER, PERSON)}), protected=protected)
    assert by_name == by_place == ["close"]
    assert of_case(looker(), worked_on=OWN, protected=protected) == []


@pytest.mark.parametrize(
    ("at", "kind", "out"),
    [
        (DAY, "housing", False),
        (DAY.replace(hour=6), "housing", True),
        (DAY.replace(hour=20), "housing", True),
        (DAY + timedelta(days=4), "housing", True),  # a Saturday
        (DAY.replace(hour=3), "police", False),
        (datetime(2026, 7, 7, 6, 30, tzinfo=UTC), "housing", False),  # half past seven in London
        (datetime(2026, 7, 7, 19, 30, tzinfo=UTC), "housing", True),  # half past eight in London
    ],
)
def test_hours_are_londons(at: datetime, kind: str, out: bool) -> None:
    assert out_of_hours(kind, at) is out


@given(st.datetimes(timezones=st.just(UTC)), st.booleans(), st.booleans(), st.sampled_from(["housing", "police"]))
def test_more_that_agrees_never_makes_it_less_unusual(at: datetime, own: bool, close: bool, kind: str) -> None:
    ties = OWN if own else frozenset()
    pairs = frozenset({(LOOKER, PERSON)}) if close else frozenset()
    found = of_case(looker(kind=kind), at=at, worked_on=ties, close=pairs)
    assert set(of_case(looker(kind=kind), at=at, worked_on=OWN)) <= set(found)
    assert set(found) <= set(RULES)


def test_every_rule_says_where_its_number_comes_from() -> None:
    assert RULES
    assert all(rule.words and rule.number and rule.source == TO_BE_CONFIRMED for rule in RULES.values())


def test_every_code_that_is_read_in_passing_is_left_by_a_page() -> None:
    """A list that was renamed would count as opened, and its readers be asked why."""
    paths = [path for path in PRODUCT.rglob("*.py") if path != PRODUCT / "looking" / "words.py"]
    written = "".join(path.read_text("utf-8") for path in paths)
    made = {"marac.several": 'f"marac.{kind}"', "marac.again": 'f"marac.{kind}"', "refused": 'what="refused"'}
    assert [code for code in IN_PASSING if made.get(code, f'"{code}"') not in written] == []
