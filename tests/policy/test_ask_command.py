"""`alongside policy ask`: the ranking as JSON, and status 2 with the wrong thing named."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from alongside.cli import alongside
from tests.policy.conftest import SMALL_PACKS


def ask(*more: str, facts: str = '{"incident": true}', area: str = "townley") -> Result:
    arguments = ["policy", "ask", "--packs", str(SMALL_PACKS), "--area", area, "--at", "2026-03-02T22:14:00Z"]
    return CliRunner().invoke(alongside, [*arguments, *more, "-"], input=facts)


def test_the_questions_of_a_case_with_what_each_could_settle() -> None:
    answer = json.loads(ask().stdout)
    assert [one["fact"] for one in answer["questions"]] == ["child_months", "pregnant", "relation", "calls", "ticks"]
    assert answer["questions"][0]["rules"] == [
        {
            "rule": "rg-baby",
            "reaches_as": "duty",
            "severity": 5,
            "expected": 1.0,
            "could_fire": [["child_months"]],
            "could_not_fire": [["child_months"]],
            "settles": [["child_months"]],
        }
    ]
    assert "certain" not in answer, "of all rules together nobody would ask for it"


def test_only_what_a_role_can_know() -> None:
    answer = json.loads(ask("--role", "health").stdout)
    assert {one["fact"] for one in answer["questions"]} == {"child_months", "pregnant"}


def test_what_is_certain_to_close_a_rule_or_an_act() -> None:
    answer = json.loads(ask("--rule", "rg-at-once", "--rule", "rg-baby").stdout)
    assert (answer["open"], answer["certain"], answer["stays_open"]) == (
        ["rg-at-once", "rg-baby"],
        [["child_months", "pregnant"]],
        [],
    )
    act = json.loads(
        CliRunner().invoke(alongside, ["policy", "ask", *REAL, "-"], input='{"abuse_incident": true}').stdout
    )
    assert "wm-under-12-months-refer" in act["open"]
    assert act["certain"]
    assert act["stays_open"], "no question tells what was decided before"


REAL = ["--area", "coventry", "--at", "2026-11-02T10:00:00Z", "--act", "refer_to_childrens_social_care"]


@pytest.mark.parametrize(
    ("more", "facts", "named"),
    [
        (("--role", "healht"), "{}", ["healht", "health"]),
        (("--rule", "rg-bady"), "{}", ["rg-bady", "rg-baby"]),
        (("--act", "ring_the_bel"), "{}", ["ring_the_bel"]),
        (("--set", "ticks_needed=many"), "{}", ["ticks_needed", "many"]),
        ((), '{"tickz": 1}', ["tickz", "ticks"]),
        ((), "[1]", ["object"]),
    ],
)
def test_what_is_wrong_is_named(more: tuple[str, ...], facts: str, named: list[str]) -> None:
    answer = ask(*more, facts=facts)
    assert answer.exit_code == 2
    assert all(word in answer.stderr for word in named), answer.stderr
    assert not answer.stdout
