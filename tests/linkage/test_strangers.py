"""The benchmark's strangers are what they are called, and are counted as they are."""

from datetime import date
from typing import Any

import pytest

from bench.people.first_day import records
from bench.strangers import FEW, RELATIONS, TOLD, measured, related

SIZE, EACH = 400, 12


@pytest.fixture(scope="module")
def found() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return related(SIZE, EACH, 5)


def test_each_relation_is_asked_as_often_and_lives_with_somebody_known(
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    people, queries = found
    known, homes = ({row[name] for row in people} for name in ("entity", "household"))
    strangers = [row for row in queries if row["kind"] == "household"]
    assert [row["place"] for row in strangers] == [relation for relation in RELATIONS for _ in range(EACH)]
    assert {row["household"] for row in strangers} <= homes
    assert not {row["entity"] for row in strangers} & known
    assert {row["entity"] for row in queries if row["kind"] == "known"} <= known


@pytest.mark.parametrize(
    ("relation", "names", "years"),
    [
        ("twin", False, (0, 0)),
        ("sibling", False, (0, 4)),
        ("parent or child", False, (17, 41)),
        ("parent or child of the same name", True, (17, 41)),
    ],
)
def test_a_relation_is_what_it_is_called(
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]], relation: str, names: bool, years: tuple[int, int]
) -> None:
    people, queries = found
    met = 0
    for row in (row for row in queries if row["place"] == relation and row["kind"] == "household"):
        at_home = [other for other in people if other["household"] == row["household"]]
        met += any(_fits(row, other, names, years) for other in at_home)
    assert met > EACH / 3  # names and dates are written down wrongly or not at all, now and then


def _fits(row: dict[str, Any], other: dict[str, Any], names: bool, years: tuple[int, int]) -> bool:
    try:
        apart = abs((date.fromisoformat(row["date_of_birth"]) - date.fromisoformat(other["date_of_birth"])).days) / 365
    except ValueError:
        return False
    same = row["given_name"] == other["given_name"]
    return same == names and years[0] <= apart <= years[1]


def test_what_is_taken_for_somebody_known_is_counted_by_relation(
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    numbers = measured(*found)
    assert numbers["asked"] == EACH * len(RELATIONS) == sum(count for count, _ in numbers["by"].values())
    assert numbers["taken"] == pytest.approx(
        sum(share for _, share in numbers["by"].values()) / len(RELATIONS), abs=1e-3
    )
    curve = [(at["taken"], at["held"]) for at in numbers["curve"].values()]
    assert curve == sorted(curve, reverse=True)
    assert numbers["held"] + numbers["wrong"] <= 1
    assert numbers["recall"] > 0.8


def test_a_list_of_few_columns_tells_no_more(
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []
    monkeypatch.setattr("bench.strangers.records", lambda rows: asked.extend(rows) or records(rows))
    measured(*found, few=True)
    assert all(name in FEW | TOLD or not value for row in asked for name, value in row.items())
    assert any(row["postcode"] for row in asked)
