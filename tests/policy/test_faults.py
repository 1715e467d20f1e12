"""Every fault a pack can have is told with its file and line, all together, and with what to write instead."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from alongside.policy import PackFaults, load_library
from alongside.policy.faults import KINDS
from tests.policy.conftest import SMALL_PACKS

RULES, FACTS, TOWN = "region/01-rules.toml", "vocabulary/10-facts.toml", "town/pack.toml"
LAND, LOCAL, ACTS = "land/pack.toml", "town/01-local.toml", "acts/10-acts.toml"
BABY = '{ given = { incident = true, child_months = 11 }, then = "fires" },'

REVERSED = "ticks_needed = { effective_from = 2026-02-01, effective_to = 2026-01-31 }"
CITE = next(line for line in (SMALL_PACKS / RULES).read_text().splitlines() if line.startswith("cite = "))

# kind · file · words there · what stands there instead · words of the message, and of its remedy
ROWS = [
    ("toml-syntax", RULES, 'id = "rg-baby"', "id = rg-baby", "not TOML"),
    ("toml-syntax", ACTS, 'label = "Refer"', 'label = "Refer"\nlabel = "Refer"', "not TOML"),
    (
        "unknown-fact",
        RULES,
        "incident AND child_months < 12",
        "incident AND child_month < 12",
        "did you mean child_months?",
    ),
    ("unknown-fact", RULES, "incident = true, child_months = 11", "incidnt = true, child_months = 11", "incident"),
    ("unknown-fact", FACTS, "calls >= call_threshold", "cals >= call_threshold", "did you mean calls?"),
    ("unknown-parameter", FACTS, ":tool <>", ":tol <>", "did you mean tool?"),
    ("wrong-type", RULES, "ticks >= 14", "ticks >= 'many'", "compares a integer with a word"),
    ("wrong-type", RULES, "ticks >= 14", "ticks >= 14.5", "decimal"),
    ("wrong-type", RULES, "ticks >= 14", "ticks", "not a boolean"),
    ("wrong-type", RULES, "ticks >= 14", "14 >= 13", "says nothing of the case"),
    ("wrong-type", RULES, "ticks >= 14", "ticks BETWEEN 14 AND 9", "never true"),
    ("wrong-type", RULES, "incident AND pregnant", "incident = pregnant", "a boolean stands in the comparison"),
    ("wrong-type", RULES, "NOT relation = 'family'", "NOT relation > 'family'", "words in an order"),
    ("wrong-type", RULES, "child_months = 12 }", 'child_months = "old" }', "whole number"),
    ("wrong-type", RULES, "severity = 4", 'severity = "4"', "a whole number"),
    ("wrong-type", RULES, "effective_from = 2020-01-01", 'effective_from = "2020-01-01"', "without quotes"),
    ("unknown-word", RULES, "relation = 'family'", "relation = 'famly'", "did you mean family?"),
    ("follows", ACTS, 'label = "Refer"', 'label = "Refer"\nfollows = "hme"', "one of home, incident, victim"),
    ("condition", RULES, "ticks >= 14", "ticks == 14", "write = for equal"),
    ("condition", RULES, "ticks >= 14", "ticks >= 14 AND incident OR pregnant", "put brackets"),
    ("condition", RULES, "ticks >= 14", "ticks >= 14 and incident", "capitals"),
    ("condition", RULES, "ticks >= 14", "(ticks >= 14", "expected )"),
    ("condition", RULES, "ticks >= 14", "ticks + 1 >= 14", "cannot be read"),
    ("condition", RULES, "ticks >= 14", "", "expected a fact"),
    ("condition", RULES, "ticks >= 14", "(" * 500 + "ticks >= 14" + ")" * 500, "give parts of it as derived facts"),
    ("condition", RULES, "ticks >= 14", "ticks >= 14 AND " * 700 + "incident", "a condition of 11,208 characters"),
    ("parameter-type", LAND, "may_vary = [10, 14]", "may_vary = [14, 10]", "may_vary = [least, most]"),
    ("parameter-type", LAND, 'may_vary = ["aunt", "uncle"]', "may_vary = [1]", 'may_vary = ["word", …]'),
    ("vocabulary", FACTS, "range = [0, 24]", "range = [24, 0]", "range = [least, most]"),
    ("vocabulary", FACTS, "range = [0, 24]", "range = [0]", "a range has two ends"),
    ("example", RULES, 'ask = ["child_months"]', "ask = [{}]", "does not ask a list of facts"),
    ("form", LAND, 'was = "ticks >= 14"', "was = 14", "rule, was, becomes"),
    ("wrong-type", LAND, "may_vary = [10, 14]", "may_vary = [10, 14]\nconcerns = [{}]", "not a list of words"),
    ("no-pack", "region/pack.toml", "[pack]", "[peck]", "the file has no [pack]"),
    ("twice", LOCAL, 'id = "rg-note"', 'id = "rg-note"', "is the id of a rule at"),
    ("condition", RULES, "ticks >= 14", "NOT " * 60 + "incident", "inside one another"),
    ("always-open", RULES, "ticks >= 14", "incident OR NOT incident", "stays undecided"),
    ("missing-citation", RULES, ', sha256 = "00"', "", "without sha256"),
    ("missing-citation", RULES, "cite = ", "#cite = ", "has no citation"),
    ("unknown-document", RULES, 'document = "region-2.24"', 'document = "region-2.42"', "did you mean region-2.24?"),
    ("missing-gist", RULES, 'gist = "Fourteen ticks meet the criterion."', "", "has no gist"),
    ("missing-date", RULES, "effective_from = 2020-01-01", "", "no effective_from"),
    ("missing-id", RULES, 'id = "rg-ticks"', "", "without an id"),
    (
        "missing-example",
        RULES,
        '{ given = { incident = true, child_months = 12 }, then = "does-not-fire" },',
        "",
        "does not fire",
    ),
    ("failing-example", RULES, BABY, BABY.replace("11", "13"), "comes out does-not-fire"),
    ("failing-example", RULES, 'ask = ["child_months"]', 'ask = ["incident"]', "asks"),
    ("example", RULES, "{ given = { ticks = 14 }, then", "{ gven = { ticks = 14 }, then", "given, then, ask"),
    ("unknown-key", RULES, 'by = "at once"', 'bye = "at once"', "did you mean by?"),
    ("unknown-key", TOWN, "[parameter]", "[paramter]", "did you mean parameter?"),
    ("unknown-actor", RULES, 'actor = "anyone"', 'actor = "anyon"', "did you mean anyone?"),
    ("unknown-act", RULES, 'action = "refer"', 'action = "refre"', "did you mean refer?"),
    ("duty-act", RULES, 'action = "refer"', "", "without an act"),
    ("duty-evidence", RULES, 'discharged_by = ["referral.sent"]', "", "no record discharges"),
    ("duty-owner", ACTS, 'owner = "front-line"', "", "nobody can be routed to"),
    ("bar-act", RULES, 'forbids = "leave_note"', "", "forbids no act"),
    ("opens-act", RULES, 'opens = "refer"', "", "opens no act"),
    ("guidance-place", RULES, 'reaches_as = "threshold"', 'reaches_as = "guidance"', "without a place"),
    ("guidance-place", RULES, 'opens = "refer"', 'opens = "refer"\nplace = "scen"', "did you mean scene?"),
    ("why-reaches", RULES, 'reaches_as = "duty"', 'reaches_as = "guidance"\nplace = "scene"', "does not say why"),
    ("why-reaches", RULES, 'reaches_as = "duty"', 'reaches_as = "reference"', "does not say why"),
    ("reaches", RULES, 'reaches_as = "duty"', 'reaches_as = "dutie"', "did you mean duty?"),
    ("severity", RULES, "severity = 5", "severity = 9", "1 to 5"),
    ("timer", RULES, 'starts = "called_at"', 'starts = "called_att"', "did you mean called_at?"),
    ("timer", RULES, "limit_hours = 48", 'limit = "immediate", limit_hours = 48', "one of limit, limit_hours"),
    (
        "unproved",
        TOWN,
        "ticks_needed = {}",
        'ticks_needed = { value = 15, status = "shipped" }',
        "policy check --write",
    ),
    (
        "unproved",
        TOWN,
        "ticks_needed = {}",
        'ticks_needed = { value = 0, status = "shipped" }',
        "ticks_needed = 0 lies outside 10 to 14 and was not proved",
    ),
    ("unproved", LOCAL, "weakens = ", "#weakens = ", "was not proved to ask for no less"),
    ("replaces", RULES, 'gist = "Leave no note."', 'gist = "Leave no note."\nweakens = "x"', "replaces none"),
    ("may-vary", TOWN, "ticks_needed = {}", "ticks_needed = { proposed = 15 }", "within [10, 14]"),
    ("dates-reversed", RULES, "from = 2020-01-01", "from = 2020-01-01\neffective_to = 2019-12-31", "before it begins"),
    ("dates-reversed", TOWN, "ticks_needed = {}", REVERSED, "before it begins on 2026-02-01"),
    ("gap", RULES, 'id = "rg-note"', 'effective_to = 2024-06-30\nid = "rg-note"', "neither here nor in a pack below"),
    ("may-vary", LAND, 'proposed = "yes"', 'proposed = "perhaps"', "outside what may vary"),
    ("parameter-type", TOWN, 'value = "DASH"', "value = 14", "is no word"),
    ("parameter-type", LAND, 'type = "list"', 'type = "set"', "unknown type"),
    ("parameter-question", LAND, 'question = "Who counts as family?"', "", "no question"),
    ("status", TOWN, 'value = true, status = "shipped"', "value = true", "whether it is in force"),
    ("unknown-rule", LAND, 'rule = "rg-ticks"', 'rule = "rg-tick"', "did you mean rg-ticks?"),
    ("replaces-words", LAND, 'was = "ticks >= 14"', 'was = "ticks >= 15"', "does not say"),
    ("replaces", LOCAL, "replaces = ", "#replaces = ", "without saying why"),
    ("replaces", LOCAL, 'id = "rg-note"', 'id = "rg-notes"', "not there"),
    ("unknown-pack", TOWN, '"region"]', '"regions"]', "not here"),
    ("cyclic-extends", LAND, 'version = "1"', 'version = "1"\nextends = ["region/townley"]', "extends itself"),
    ("cyclic-fact", FACTS, "calls >= call_threshold", "escalating OR calls >= 3", "made of itself"),
    ("vocabulary", FACTS, 'type = "integer"', 'type = "whole"', "unknown type"),
    ("vocabulary", FACTS, 'question = "Was there an incident?"', "", "no question"),
    ("overlap", LOCAL, "[[rule]]", "", "twice on the same day"),
    ("gap", LOCAL, "[[rule]]", "", "is not in force from 2025-07-01 to 2025-12-31"),
    ("not-utf-8", RULES, "Refer where there is a baby.", "\udcff", "not UTF-8"),
    ("twice", ACTS, "[act.leave_note]", "", "described twice"),
    ("form", LAND, 'becomes = "ticks >= :ticks_needed"', 'become = "ticks"', "rule, was, becomes"),
    ("yields", RULES, 'opens = "refer"', 'opens = "refer"\nyields_to = ["rg-baby"]', "its own does not exclude"),
    ("yields", ACTS, 'label = "Refer"', 'label = "Refer"\nexcludes = ["refer"]', "excludes itself"),
    (
        "unknown-act",
        ACTS,
        'label = "Refer"',
        'label = "Refer"\nexcludes = ["leave_note", "refr"]',
        "did you mean refer?",
    ),
    ("unknown-rule", RULES, 'opens = "refer"', 'opens = "refer"\nyields_to = ["rg-babe"]', "did you mean rg-baby?"),
    ("promise", "promises.toml", 'why = "Somebody may be killed."', "", "has no why"),
    ("source", LAND, 'source = "usual"', 'source = "usal"', "did you mean usual?"),
    ("source", LAND, 'mark = "confirm"', 'mark = "heard"', "one of seen, confirm, ours"),
    ("source", LAND, "read_on = 2026-01-31", "", "without where and when"),
    ("source", LAND, "line = 7", "", "no place in the list"),
    ("source", RULES, "cite = { document", 'source = "law"\ncite = { document', "both a document and a source"),
    ("unconfirmed", LAND, 'status = "confirm"', 'status = "shipped"', "a source nobody has seen"),
    ("unconfirmed", RULES, CITE, 'source = "usual"', "a source nobody has seen"),
    ("no-pack", "region/pack.toml", "", None, "without pack.toml"),
]


def spoil(root: Path, kind: str, file: str, words: str, instead: str | None) -> int:
    """Put the fault into a copy of the packs; the line on which it stands."""
    path = root / file
    text = path.read_text()
    assert words in text
    if instead is None:
        path.unlink()
        return 1
    if kind in ("overlap", "gap") and file == LOCAL:
        later = text.replace(
            "effective_from = 2025-01-01", f"effective_from = {'2026-01-01' if kind == 'gap' else '2025-06-30'}"
        )
        path.write_text(
            text.replace("effective_from = 2025-01-01", "effective_from = 2025-01-01\neffective_to = 2025-06-30")
            + later
        )
    elif kind == "twice" and file == LOCAL:
        (root / "elsewhere").mkdir()
        (root / "elsewhere" / "pack.toml").write_text((root / "land/pack.toml").read_text().replace('"land"', '"else"'))
        (root / "elsewhere" / "01.toml").write_text(text)
    elif kind == "twice":
        (root / "acts" / "20-more.toml").write_text(text)
    elif kind == "duty-owner":
        path.write_text(text.replace(words, instead))
        rules = root / RULES
        rules.write_text(rules.read_text().replace('actor = "anyone"', 'actor = "court"', 1))
    else:
        path.write_bytes(text.replace(words, instead, 1).encode("utf-8", "surrogateescape"))
    return text[: text.index(words)].count("\n") + 1


@pytest.mark.parametrize(("kind", "file", "words", "instead", "told"), ROWS, ids=lambda value: str(value)[:30])
def test_the_fault_is_told(packs_copy: Path, kind: str, file: str, words: str, instead: str | None, told: str) -> None:
    spoil(packs_copy, kind, file, words, instead)
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    found = [fault for fault in refused.value.faults if fault.kind == kind]
    assert any(told in str(fault) for fault in found), str(refused.value)
    assert all(fault.line >= 1 and (packs_copy / fault.file).exists() for fault in found)


def test_every_kind_of_fault_has_its_row() -> None:
    assert {row[0] for row in ROWS} | {"no-packs", "unreadable", "weaker"} == KINDS


@pytest.mark.parametrize(
    ("file", "words", "instead", "line"),
    [
        (RULES, "ticks >= 14", "tickz >= 14", 25),
        (RULES, 'gist = "Leave no note."', "", 107),
        (TOWN, "ticks_needed = {}", 'ticks_needed = { value = 15, status = "shipped" }', 11),
        (TOWN, "ticks_needed = {}", REVERSED, 11),
        (FACTS, 'words = ["partner", "ex-partner", "family"]', "", 54),
        (RULES, BABY, BABY.replace("11", "13"), 13),
    ],
)
def test_the_line_is_the_one_to_change(packs_copy: Path, file: str, words: str, instead: str, line: int) -> None:
    spoil(packs_copy, "", file, words, instead)
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    assert (file, line) in {(fault.file, fault.line) for fault in refused.value.faults}


def test_all_faults_come_together(packs_copy: Path) -> None:
    for words, instead in (
        ("ticks >= 14", "tickz >= 14"),
        ('forbids = "leave_note"', ""),
        ("incident AND pregnant", "insident"),
    ):
        spoil(packs_copy, "", RULES, words, instead)
    spoil(packs_copy, "", LAND, 'type = "list"', 'type = "set"')
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    assert {fault.kind for fault in refused.value.faults} >= {"unknown-fact", "bar-act", "parameter-type"}
    assert len(refused.value.faults) >= 4
    assert list(refused.value.faults) == sorted(refused.value.faults)


def test_an_empty_folder_and_none_at_all(tmp_path: Path) -> None:
    for root in (tmp_path, tmp_path / "none"):
        with pytest.raises(PackFaults) as refused:
            load_library(root)
        assert [fault.kind for fault in refused.value.faults] == ["no-packs"]


def test_a_file_that_cannot_be_opened(packs_copy: Path) -> None:
    (packs_copy / "region" / "02-more.toml").mkdir()
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    assert [fault.kind for fault in refused.value.faults] == ["unreadable"]


@pytest.mark.parametrize(
    "text", ["a." * 20_000 + "a = 1\n", "a = " + "[" * 5_000 + "]" * 5_000 + "\n", "[" + ".".join("a" * 60) + "]\n"]
)
def test_a_file_that_is_nested_without_end_is_a_fault_with_its_remedy(packs_copy: Path, text: str) -> None:
    (packs_copy / "region" / "02-more.toml").write_text(text)
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    [fault] = refused.value.faults
    assert (fault.file, fault.kind) == ("region/02-more.toml", "unreadable")
    assert "nested too deeply" in fault.message and "at most 50 deep" in fault.remedy


def test_a_pipe_or_a_device_is_not_waited_for(packs_copy: Path) -> None:
    os.mkfifo(packs_copy / "region" / "02-pipe.toml")
    (packs_copy / "region" / "03-device.toml").symlink_to("/dev/zero")
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    assert [fault.kind for fault in refused.value.faults] == ["unreadable"] * 2
    assert all(fault.remedy for fault in refused.value.faults)


def test_where_the_only_example_that_fires_fails_it_is_named(packs_copy: Path) -> None:
    spoil(packs_copy, "", RULES, BABY, BABY.replace("fires", "does-not-fire"))
    with pytest.raises(PackFaults) as refused:
        load_library(packs_copy)
    told = str(refused.value)
    assert "has no example that fires" in told
    assert "example 1 of rg-baby says does-not-fire, and it comes out fires" in told
