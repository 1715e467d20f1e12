"""Every entry of the catalogue that has a condition is a rule of a pack, and every rule is whole."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from alongside.policy.rules import DECIDING_KINDS, PLACES

from .shelf import Table, actors, acts, cited, frozen, ids, rules

ATOMS = frozen("atoms")
EDITIONS = {"staffordshire-2019": date(2019, 9, 1), "west-midlands-2.24": date(2023, 9, 1)}


def test_all_352_entries_with_a_condition_are_here_and_no_other() -> None:
    found = Counter(ids(cited()))
    assert len(ATOMS) == 352
    assert not {atom["id"] for atom in ATOMS} - found.keys(), "entries without a rule"
    assert not found.keys() - {atom["id"] for atom in ATOMS}, "rules without an entry"


def test_no_rule_stands_twice() -> None:
    assert rules()
    assert [rule for rule, times in Counter(ids(rules())).items() if times > 1] == []


@pytest.mark.parametrize("atom", ATOMS, ids=[atom["id"] for atom in ATOMS])
def test_a_rule_says_what_its_entry_says(atom: dict[str, str]) -> None:
    rule = next(rule for rule in cited() if rule["id"] == atom["id"])
    said = {"kind": rule["kind"], "actor": rule["actor"], "document": rule["cite"]["document"]}
    assert said == {key: atom[key] for key in said}
    assert _bare(rule["when"]) == _bare(atom["when"])


def _bare(condition: str) -> str:
    return re.sub(r"\s+", " ", condition).strip()


@pytest.mark.parametrize("rule", rules(), ids=ids(rules()))
def test_a_rule_is_whole(rule: Table) -> None:
    assert 1 <= rule["severity"] <= 5
    assert len(rule["gist"].split()) >= 4, "the gist is a plain sentence"
    assert isinstance(rule["effective_from"], date)
    assert ("cite" in rule) != ("source" in rule)


@pytest.mark.parametrize("rule", cited(), ids=ids(cited()))
def test_a_rule_of_a_document_has_the_place_of_its_sentence(rule: Table) -> None:
    assert rule["effective_from"] == EDITIONS[rule["cite"]["document"]]
    cite = rule["cite"]
    assert cite["line"] >= 1
    assert cite["from"] >= 0
    assert cite["length"] >= 1
    assert cite["section"]
    assert re.fullmatch(r"[0-9a-f]{64}", cite["sha256"])


@pytest.mark.parametrize("rule", rules(), ids=ids(rules()))
def test_a_rule_says_how_it_reaches_people(rule: Table) -> None:
    how = rule["reaches_as"]
    if how == "duty":
        assert rule["action"] in acts()
        assert rule["discharged_by"], "nothing would close it"
    elif how == "bar":
        assert rule["forbids"] in acts()
    elif how in ("threshold", "permission"):
        assert rule["opens"] in acts()
    else:
        assert how in ("guidance", "reference")
        assert rule["place"] in PLACES
        if rule["kind"] in ("obligation", "deadline", "record-keeping"):
            assert rule["why_reaches"].strip()


@pytest.mark.parametrize("rule", rules(), ids=ids(rules()))
def test_a_rule_has_its_examples(rule: Table) -> None:
    outcomes = [example["then"] for example in rule["example"]]
    assert outcomes
    assert set(outcomes) <= {"fires", "does-not-fire", "cannot-decide"}
    if rule["kind"] in DECIDING_KINDS:
        assert {"fires", "does-not-fire"} <= set(outcomes)


def test_the_237_that_decide_or_oblige_are_counted() -> None:
    assert sum(rule["kind"] in DECIDING_KINDS for rule in cited()) == 237


@pytest.mark.parametrize("rule", rules(), ids=ids(rules()))
def test_an_actor_has_an_owner(rule: Table) -> None:
    assert rule["actor"] in actors()


def test_every_kind_of_way_to_reach_people_is_used() -> None:
    assert {rule["reaches_as"] for rule in rules()} == {
        *("duty", "bar", "threshold", "permission", "guidance", "reference")
    }
