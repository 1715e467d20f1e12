"""The vocabulary: all 206 facts, each with words a person would say and somebody who can know."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from alongside.agencies.roles import ROLES

from .shelf import ROOT, Table, cited, facts, frozen, read, rules

FACTS = facts()
# Ours: what the rules of law and practice ask for besides.
OURS = read(ROOT / "vocabulary" / "95-law-and-practice.toml")["fact"]
NEVER_ASKED = ("event", "setting", "derived", "moment", "timer")
MOMENT = {"staff_trained", "practitioner_service", "planned_contact_channel", "within_office_hours"}
KEYWORDS = {"AND", "OR", "NOT", "BETWEEN", "IN"}
NEVER_SAID = re.compile(
    r"alleg|\bclaims?\b|perpetrator|offender|\babuser|(low|standard) risk|refus|witnessed|fail\w* to (protect|engage)"
    r"|did not engage|hostile|\bmerg|overrid|overrul|volatile|provok",
    re.I,
)
# What of a pack stands on a page.
SHOWN = ("gist", "label", "button", "does", "says", "question", "meaning", "said", "not_said", "words_said", "title")


def test_the_206_facts_of_the_catalogue_are_here_and_no_other() -> None:
    wanted = {row["name"]: row["unknown_ok"] == "true" for row in frozen("facts")}
    assert len(wanted) == 206
    assert {name: fact["unknown_ok"] for name, fact in FACTS.items() if name not in OURS} == wanted


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_can_be_asked_or_never_is(name: str) -> None:
    fact = FACTS[name]
    assert fact["meaning"].strip()
    assert fact["per"] in ("case", "pair", "child", "consent")
    if fact["kind"] in NEVER_ASKED:
        assert fact["who"] == []
    else:
        assert fact["kind"] in ("observed", "judgement")
        assert fact["who"], "nobody could answer"
        assert set(fact["who"]) <= ROLES.keys()
        assert "?" in fact["question"]


def shown(held: object, key: str = "") -> Iterator[str]:
    """Every text of a table that stands on a page."""
    if isinstance(held, dict):
        for name, value in held.items():
            yield from shown(value, name)
    elif isinstance(held, list):
        for value in held:
            yield from shown(value, key)
    elif isinstance(held, str) and key in SHOWN:
        yield held


def test_no_word_of_a_pack_blames_or_belittles() -> None:
    said = [text for path in sorted(ROOT.rglob("*.toml")) for text in shown(read(path))]
    assert len(said) > 1300, "the sweep has lost the packs"
    assert [text for text in said if NEVER_SAID.search(text)] == []


@pytest.mark.parametrize("name", [name for name, fact in FACTS.items() if "range" in fact or "words" in fact])
def test_bounds_and_words_fit_the_type(name: str) -> None:
    fact: Table = FACTS[name]
    if "range" in fact:
        assert fact["type"] in ("integer", "number")
        assert fact["range"][0] < fact["range"][1]
    if "words" in fact:
        assert fact["type"] == "word"
        assert len(set(fact["words"])) == len(fact["words"]) > 1


def test_the_acts_of_a_moment_are_the_four_of_the_contract() -> None:
    assert {name for name, fact in FACTS.items() if fact["kind"] == "moment"} == MOMENT


def test_only_three_facts_can_be_not_applicable() -> None:
    assert {name: fact["applies_when"] for name, fact in FACTS.items() if "applies_when" in fact} == {
        "youngest_child_age_months": "child_in_family",
        "youngest_child_in_household_months": "child_in_household",
        "dash_yes_count": ":police_tool <> 'DIAL'",
    }


def test_a_condition_speaks_only_of_facts() -> None:
    conditions = [rule["when"] for rule in rules()] + [fact["derived"] for fact in FACTS.values() if "derived" in fact]
    assert len(cited()) == 352
    assert len(conditions) == len(rules()) + 4 + 1
    unquoted = [re.sub(r"'[^']*'", "", text) for text in conditions]
    names = {name for text in unquoted for name in re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text)}
    assert names - FACTS.keys() - KEYWORDS == set()
