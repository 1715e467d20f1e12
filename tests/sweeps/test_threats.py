"""The table of threats and the table of the verification standard name what there is: every test, every place, each item once."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.sweeps.source import ROOT

THREATS = [f"T{number}" for number in range(1, 51)]
LEAKS = [f"L{number}" for number in range(1, 9)]
# How many items OWASP ASVS 5.0.0 has of each level, and how many of them are asked of Alongside.
ALL, ASKED = {"1": 70, "2": 183, "3": 92}, {"1": 64, "2": 160, "3": 82}
MOST_WORDS = 12
REASONS = ("Hosting:", "Library:", "Python:", "No means:")


@cache
def generator(name: str) -> Any:
    """A generator of the documents, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"generate_{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@cache
def written(path: str) -> frozenset[str]:
    """Names of the tests that stand in a file; empty where there is no such file."""
    file = ROOT / path
    if not file.is_file() or not path.startswith("tests/") or not file.name.startswith("test_"):
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name.startswith("Test")]
    inside = {f"{one.name}::{name}" for one in classes for name in _tests(one)}
    return frozenset(_tests(tree) | inside)


def _tests(holder: ast.Module | ast.ClassDef) -> set[str]:
    return {one.name for one in holder.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}


def entries() -> list[dict[str, Any]]:
    """Every threat, leak and item; never few."""
    threats, asvs = generator("threats").data(), generator("asvs").data()
    found = [*threats["threat"], *threats["leak"], *asvs["item"]]
    assert len(found) > 350, "the sweep has lost the tables"
    return found


def test_every_threat_and_every_leak_is_there_once() -> None:
    held = generator("threats").data()
    assert sorted(one["id"] for one in held["threat"]) == sorted(THREATS)
    assert [one["id"] for one in held["leak"]] == LEAKS
    risks = {one["code"] for one in held["risk"]}
    assert {one["risk"] for one in held["threat"]} == risks and len(risks) == len(held["risk"])
    assert {one["danger"] for one in held["threat"]} == {1, 2, 3}
    assert {id_ for one in held["leak"] for id_ in one["threats"]} <= set(THREATS)


def test_every_item_of_the_standard_that_is_asked_is_there_once() -> None:
    asvs = generator("asvs")
    held = asvs.data()
    asked, out = (asvs.levels(held["chapter"], applicable=yes) for yes in (True, False))
    assert (len(asked), len(out)) == (306, 39)
    assert Counter(asked.values()) == ASKED
    assert Counter([*asked.values(), *out.values()]) == ALL
    assert [one["id"] for one in held["item"]] == list(asked)
    assert all(section in chapter["levels"] for chapter in held["chapter"] for section in chapter.get("out", {}))


def test_every_test_that_is_named_is_there() -> None:
    named = [(one["id"], test) for one in entries() for test in one.get("tests", [])]
    assert len(named) > 400, "the sweep has lost the tests"
    lost = [f"{id_}: {test}" for id_, test in named if test.partition("::")[2] not in written(test.partition("::")[0])]
    assert lost == []
    twice = [one["id"] for one in entries() if len(set(one.get("tests", []))) < len(one.get("tests", []))]
    assert twice == []


def test_a_test_that_is_not_there_is_seen() -> None:
    here = "tests/sweeps/test_threats.py"
    assert "test_a_test_that_is_not_there_is_seen" in written(here)
    assert "test_of_nothing" not in written(here)
    assert "TestApp::test_in_those_days_its_code_opens" in written("tests/apps/config/test_second_factor.py")
    assert written("tests/sweeps/test_of_nothing.py") == written("alongside/gate/viewing.py") == frozenset()


def test_every_place_that_is_named_is_there() -> None:
    named = [(one["id"], where) for one in entries() for where in one.get("where", [])]
    assert len(named) > 250, "the sweep has lost the places"
    assert [f"{id_}: {where}" for id_, where in named if not (ROOT / where).exists()] == []


def test_what_has_no_test_is_planned() -> None:
    held = generator("threats").data()
    silent = [one["id"] for one in (*held["threat"], *held["leak"]) if not one["tests"] and not one.get("planned")]
    assert silent == []
    assert [one["id"] for one in held["threat"] if not one["where"] or not one["now"]] == []


@pytest.mark.parametrize(
    ("state", "has_tests", "has_why"),
    [("met", True, False), ("partly", True, True), ("not-yet", None, True), ("exception", None, True)],
)
def test_a_state_has_what_it_needs(state: str, has_tests: bool | None, has_why: bool) -> None:
    found = [one for one in generator("asvs").data()["item"] if one["state"] == state]
    assert found, f"nothing is {state}"
    for one in found:
        assert bool(one.get("why")) is has_why, one["id"]
        assert has_tests is None or bool(one.get("tests")) is has_tests, one["id"]
        if state in ("met", "partly"):
            assert one.get("where"), one["id"]
        if state == "exception":
            assert one["why"].startswith(REASONS), one["id"]


def test_items_are_said_in_few_words_of_ours_and_in_known_states() -> None:
    asvs = generator("asvs")
    for one in asvs.data()["item"]:
        assert one["state"] in asvs.STATES, one["id"]
        assert 0 < len(one["gist"].split()) <= MOST_WORDS, one["id"]
        assert not one["gist"].startswith("Verify"), one["id"]


@pytest.mark.parametrize("name", ["threats", "asvs"])
def test_the_page_is_as_the_table_says(name: str) -> None:
    done = subprocess.run(
        [sys.executable, f"docs/generate_{name}.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
