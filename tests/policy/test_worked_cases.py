"""Cases worked out by hand come out exactly: every rule that fires, that does not, and what the undecided ones ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from alongside.cli import alongside
from alongside.policy import Library
from tests.policy import worked

CASES = worked.cases()


def decide(case: dict[str, Any], library: Library, folder: Path) -> dict[str, dict[str, Any]]:
    """Run the real command on one case; results by rule."""
    path = folder / "facts.json"
    path.write_text(json.dumps(worked.facts_of(case, library)), encoding="utf-8")
    area, document = worked.AREA[case["area"]], case["area"]
    arguments = ["policy", "decide", "--area", area, "--at", worked.AT, "--document", document, str(path)]
    answer = CliRunner().invoke(alongside, arguments)
    assert answer.exit_code == 0, answer.output
    return {result["rule"]: result for result in json.loads(answer.stdout)["results"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['title']}")
def test_case_comes_out_exactly(case: dict[str, Any], library: Library, tmp_path: Path) -> None:
    results = decide(case, library, tmp_path)
    listed = {rule: result for rule, result in results.items() if result["kind"] in worked.COMPLETE_KINDS}
    expected = case["complete"]
    found = {
        outcome: {rule for rule, result in listed.items() if result["outcome"] == outcome}
        for outcome in ("fires", "does-not-fire", "cannot-decide")
    }
    assert found["fires"] == set(expected["fire"])
    assert found["does-not-fire"] == set(expected["not_fire"])
    assert {rule: listed[rule]["ask"] for rule in found["cannot-decide"]} == {
        rule: sorted(asked) for rule, asked in expected["undecided"].items()
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_probes_come_out(case: dict[str, Any], library: Library, tmp_path: Path) -> None:
    results = decide(case, library, tmp_path)
    outcomes = {"fire": "fires", "not_fire": "does-not-fire", "undecided": "cannot-decide"}
    expected = {rule: outcomes[word] for word, rules in case["probes"].items() for rule in rules}
    assert {rule: results[rule]["outcome"] for rule in expected} == expected


def test_lists_are_complete(library: Library) -> None:
    every = {rule.id for rule in library.every_rule() if rule.kind in worked.COMPLETE_KINDS and not rule.cite.sources}
    listed = {rule for case in CASES for rules in case["complete"].values() for rule in rules}
    assert len(every) == 237
    assert listed == every
