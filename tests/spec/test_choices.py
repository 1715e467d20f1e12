"""The local choices: every area declares every conflict of the catalogue; two values are in force as shipped."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from .shelf import AREA_FOLDERS, Table, frozen, pack, rules

CODE = Path(__file__).resolve().parents[2] / "alongside"
DECLARED: Table = pack("england")["parameter"]
WEST_MIDLANDS = AREA_FOLDERS[:7]
IN_FORCE_BY_PRACTICE = {"local_callout_threshold", "contact_confirmed_days"}
CONDITIONS = {rule["id"]: rule for rule in rules()}
REPLACEMENTS = [(name, change) for name, choice in DECLARED.items() for change in choice.get("replaces", [])]


def choice(folder: str, name: str) -> Table:
    """A choice as it stands in an area: England's declaration with the area's differences laid over it."""
    return {**DECLARED[name], **pack(folder)["parameter"][name]}


def test_every_conflict_became_a_choice() -> None:
    wanted = {row["conflict"] for row in frozen("choices")}
    assert len(wanted) == 32
    assert {entry["conflict"] for entry in DECLARED.values()} == wanted


@pytest.mark.parametrize("folder", AREA_FOLDERS)
def test_an_area_declares_every_choice(folder: str) -> None:
    assert pack(folder)["parameter"].keys() == DECLARED.keys()


@pytest.mark.parametrize("folder", AREA_FOLDERS)
def test_only_the_shipped_values_are_in_force(folder: str) -> None:
    held = {name: choice(folder, name) for name in DECLARED}
    values = {name: entry["value"] for name, entry in held.items() if "value" in entry}
    shipped: dict[str, Any] = {"police_tool": "DASH", "force_in_encompass": True}
    if folder not in WEST_MIDLANDS:
        shipped = {"police_tool": "DIAL"}
    assert {name: value for name, value in values.items() if name not in IN_FORCE_BY_PRACTICE} == shipped
    assert {held[name]["status"] for name in shipped} == {"shipped"}
    assert {held[name]["status"] for name in IN_FORCE_BY_PRACTICE} == {"confirm"}


@pytest.mark.parametrize("name", DECLARED)
def test_a_choice_is_put_in_plain_words(name: str) -> None:
    entry = DECLARED[name]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", name)
    assert entry["type"] in ("integer", "boolean", "word", "list")
    assert entry["question"].endswith(("?", ".", "add them."))
    if entry["type"] == "integer":
        least, most = entry["may_vary"]
        assert least <= entry.get("text_says", least) <= most or name == "dvpo_max_days"
    elif entry["type"] in ("word", "list"):
        assert entry.get("may_vary") or entry.get("slot") in ("text", "content")


@pytest.mark.parametrize("name", [name for name, entry in DECLARED.items() if "proposed" in entry])
def test_what_is_proposed_may_be_chosen(name: str) -> None:
    entry = DECLARED[name]
    assert "value" not in entry
    proposed = entry["proposed"] if isinstance(entry["proposed"], list) else [entry["proposed"]]
    assert set(proposed) <= set(entry.get("may_vary", [True, False]))


SOURCES = "\n".join(path.read_text("utf-8") for path in sorted(CODE.rglob("*.py")))


def is_used(name: str) -> bool:
    """Whether a rule's condition, a deadline or a line of code asks for the choice."""
    asked = any(re.search(rf"\b{name}\b", f"{rule['when']} {rule.get('timer', '')}") for rule in CONDITIONS.values())
    return asked or "replaces" in DECLARED[name] or f'"{name}"' in SOURCES


def test_a_choice_is_used_or_says_that_it_changes_nothing_yet() -> None:
    used = {name for name in DECLARED if is_used(name)}
    explained = {name for name, entry in DECLARED.items() if entry.get("changes_nothing_yet")}
    assert used - explained and explained - used
    assert used | explained == DECLARED.keys(), "wire it, or say in the pack what stands instead"
    assert used & explained == set(), "it does change something"


@pytest.mark.parametrize("name", [name for name, entry in DECLARED.items() if "concerns" in entry])
def test_what_changes_nothing_names_the_rules_it_is_about(name: str) -> None:
    entry = DECLARED[name]
    assert entry["changes_nothing_yet"].endswith(".")
    assert set(entry["concerns"]) <= CONDITIONS.keys()


REPLACEMENT_IDS = [f"{name}:{change['rule']}" for name, change in REPLACEMENTS]


@pytest.mark.parametrize(("name", "change"), REPLACEMENTS, ids=REPLACEMENT_IDS)
def test_a_choice_replaces_words_that_are_there(name: str, change: Table) -> None:
    rule = CONDITIONS[change["rule"]]
    if change.get("part") == "timer":
        assert str(rule["timer"]["limit_hours"]) == change["was"]
    else:
        assert rule["when"].count(change["was"]) == 1
    assert f":{name}" in change["becomes"] or change["only_if"] in DECLARED[name]["may_vary"]
