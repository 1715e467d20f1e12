"""The risk instruments kept as data."""

from __future__ import annotations

import pytest

from .shelf import ROOT, facts, pack, read

TOPICS = [
    "injury",
    "frightened",
    "fear_of_further",
    "isolated",
    "depressed_or_suicidal",
    "separated_within_year",
    "conflict_over_child_contact",
    "stalking",
    "pregnant_or_baby",
    "happening_more_often",
    "getting_worse",
    "controls_everything",
    "weapons_or_objects",
    "threats_to_kill",
    "strangulation_or_suffocation",
    "sexual_harm",
    "others_threatening",
    "harmed_others",
    "animal_cruelty",
    "money",
    "substance_or_mental_health",
    "threatened_suicide",
    "breached_orders",
    "criminal_history",
]
FILES = sorted((ROOT / "checklists").glob("*.toml"))
ANSWERS = ["yes", "no", "not-known", "refused", "not-asked", "not-safe-to-ask"]


def test_the_three_instruments_of_the_contract_are_here() -> None:
    assert [read(path)["checklist"]["code"] for path in FILES] == ["dash", "dial", "graded"]


def test_the_24_topics_stand_in_the_contracts_order() -> None:
    assert [topic["key"] for topic in read(ROOT / "checklists" / "dash.toml")["topic"]] == TOPICS


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_an_instrument_is_whole(path: object) -> None:
    held = read(ROOT / "checklists" / str(path).rsplit("/", 1)[-1])
    form = held["checklist"]
    assert form["scoring"] in ("count-yes", "grade")
    assert form["grade_fact"] in facts()
    assert form["graded_high"] == form["grades"][-1]
    if form["scoring"] == "count-yes":
        assert form["counts"] in facts()
        assert form["text_says"] == pack("england")["parameter"][form["threshold"]]["text_says"]
    for topic in held.get("topic", []):
        assert form["answers"] == ANSWERS
        assert topic["label"]
        assert topic["help"]
        assert isinstance(topic["sensitive"], bool)
        assert "fact" not in topic or topic["fact"] in facts()
