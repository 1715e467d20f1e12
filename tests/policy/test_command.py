"""The command: what it prints, and status 2 with the wrong thing named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.cli import alongside
from alongside.policy.citation import build_citation
from tests.policy.conftest import SMALL_PACKS


def run(*arguments: str, facts: str = "{}") -> Result:
    return CliRunner().invoke(alongside, ["policy", *arguments], input=facts)


def decide(*more: str, facts: str = "{}", area: str = "townley", at: str = "2026-03-02T22:14:00Z") -> Result:
    return run("decide", "--packs", str(SMALL_PACKS), "--area", area, "--at", at, *more, "-", facts=facts)


def test_one_rule_may_be_asked_for() -> None:
    answer = decide("--rule", "rg-ticks", facts='{"ticks": 14}')
    assert [one["rule"] for one in json.loads(answer.stdout)["results"]] == ["rg-ticks"]
    missing = decide("--rule", "rg-tick")
    assert missing.exit_code == 2
    assert "no rule rg-tick is in force there and then" in missing.stderr


def test_answers_in_json() -> None:
    answer = decide(facts='{"ticks": 14}')
    assert answer.exit_code == 0
    assert {one["rule"]: one["outcome"] for one in json.loads(answer.stdout)["results"]}["rg-ticks"] == "fires"


@pytest.mark.parametrize(
    ("more", "facts", "named"),
    [
        (("--area", "townly"), "{}", ["townly", "townley"]),
        (("--document", "region-2.42"), "{}", ["region-2.42", "region-2.24"]),
        (("--set", "ticks_neded=12"), "{}", ["ticks_neded", "ticks_needed"]),
        (("--set", "ticks_needed=many"), "{}", ["ticks_needed", "many"]),
        (("--set", "tool=DAHS"), "{}", ["tool", "DAHS", "DASH"]),
        (("--set", "kin=aunt,uncel"), "{}", ["kin", "uncel", "uncle"]),
        (("--set", "ticks_needed"), "{}", ["ticks_needed", "NAME=VALUE"]),
        (("--set", "school_scheme=perhaps"), "{}", ["school_scheme", "perhaps"]),
        (("--set", "call_threshold=2"), '{"call_threshold": 3}', ["call_threshold", "3", "2"]),
        (("--at", "2026-03-02"), "{}", ["2026-03-02"]),
        (("--at", "2026-13-02T00:00:00Z"), "{}", ["2026-13-02"]),
        (("--at", "0001-01-01T00:00:00Z"), "{}", ["--at", "0001-01-01T00:00:00Z", "years"]),
        (("--at", "9999-12-31T23:00:00Z"), "{}", ["--at", "9999-12-31T23:00:00Z", "years"]),
        ((), '{"called_at": "9999-12-31T23:00:00Z"}', ["called_at", "9999-12-31T23:00:00Z", "years"]),
        ((), '{"tickz": 1}', ["tickz", "ticks"]),
        ((), '{"ticks": 1, "ticks": 2}', ["ticks", "twice"]),
        ((), '{"ticks": NaN}', ["NaN"]),
        ((), "[1]", ["object"]),
        ((), '{"ticks": ', ["JSON"]),
        ((), "", ["JSON"]),
        ((), '{"ticks":' + "[" * 100_000, ["nested"]),
    ],
)
def test_status_2_names_what_is_wrong(more: tuple[str, ...], facts: str, named: list[str]) -> None:
    answer = decide(*more, facts=facts)
    assert answer.exit_code == 2, answer.output
    assert not answer.stdout
    for name in named:
        assert name in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize(
    ("more", "facts", "rule"),
    [
        (("--set", "ticks_needed=5"), {"ticks": 5}, "rg-ticks"),
        (("--set", "ticks_needed=50"), {"ticks": 50}, "rg-ticks"),
        (("--set", "call_threshold=20"), {"calls": 20}, "rg-escalation"),
        ((), {"calls": 20, "call_threshold": 20}, "rg-escalation"),
    ],
)
def test_a_number_nobody_may_adopt_may_be_asked_about(more: tuple[str, ...], facts: dict[str, int], rule: str) -> None:
    """`may_vary` bounds what a partnership adopts; what would follow may be asked of any number."""
    less = {name: value - (name in ("ticks", "calls")) for name, value in facts.items()}
    found = []
    for given in (facts, less):
        answer = decide(*more, facts=json.dumps(given))
        assert answer.exit_code == 0, answer.output
        results = json.loads(answer.stdout)["results"]
        found.append(next(one["outcome"] for one in results if one["rule"] == rule))
    assert found == ["fires", "does-not-fire"]


def test_facts_that_are_not_there(tmp_path: Path) -> None:
    answer = run("decide", "--area", "townley", "--at", "2026-03-02T22:14:00Z", str(tmp_path / "none.json"))
    assert answer.exit_code == 2


def test_the_sentence_is_shown_from_the_partnerships_copy(packs_copy: Path, tmp_path: Path) -> None:
    text = "An invented procedure\n\nFirst line.\nFourteen *ticks* are enough to refer.\n"
    cite = build_citation(text, 4, "Fourteen ticks are enough to refer.")
    rules = packs_copy / "region" / "01-rules.toml"
    placed = f'line = 4, from = {cite["from"]}, length = {cite["length"]}, sha256 = "{cite["sha256"]}"'
    rules.write_text(rules.read_text().replace('line = 4, from = 0, length = 20, sha256 = "00"', placed))
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "region-2.24.txt").write_text("A line added above.\n" + text)
    options = [
        "--packs",
        str(packs_copy),
        "--documents",
        str(copies),
        "--area",
        "townley",
        "--at",
        "2026-03-02T22:14:00Z",
    ]
    answer = run("decide", *options, "-")
    quotes = {one["rule"]: one["cite"]["quote"] for one in json.loads(answer.stdout)["results"]}
    assert quotes["rg-ticks"] == "Fourteen ticks are enough to refer."
    assert quotes["rg-baby"] is None


def test_check_counts_what_is_there() -> None:
    answer = run("check", "--packs", str(SMALL_PACKS))
    assert answer.exit_code == 0
    assert "8 rules, 13 facts, 2 acts: no fault" in answer.stdout


def test_check_prints_every_fault(packs_copy: Path) -> None:
    rules = packs_copy / "region" / "01-rules.toml"
    rules.write_text(rules.read_text().replace("ticks >= 14", "tiks >= 14").replace('forbids = "leave_note"', ""))
    answer = run("check", "--packs", str(packs_copy))
    assert answer.exit_code == 1
    assert "region/01-rules.toml:25: rg-ticks: unknown fact tiks: did you mean ticks?" in answer.stdout
    assert "rg-note is a bar that forbids no act" in answer.stdout


def test_check_tells_of_a_row_of_coverage(packs_copy: Path) -> None:
    (packs_copy / "coverage").mkdir()
    (packs_copy / "coverage" / "rows.toml").write_text(
        '[atom.one]\ngist = "Something is said."\nplanned = "directory"\n'
    )
    answer = run("check", "--packs", str(packs_copy))
    assert answer.exit_code == 1
    assert "coverage/rows.toml:1: one has no place in a document" in answer.output


def test_deciding_needs_no_django() -> None:
    code = (
        "import sys; from alongside.cli import alongside\n"
        "try: alongside(sys.argv[1:])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert 'django' not in sys.modules"
    )
    options = [
        "policy",
        "decide",
        "--packs",
        str(SMALL_PACKS),
        "--area",
        "townley",
        "--at",
        "2026-03-02T22:14:00Z",
        "-",
    ]
    done = subprocess.run(
        [sys.executable, "-c", code, *options], input="{}", text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_deciding_needs_no_time_zones_of_the_machine() -> None:
    start = "from alongside.cli import main; main()"
    command = [sys.executable, "-c", start, "policy", "decide", "--packs", str(SMALL_PACKS)]
    done = subprocess.run(
        [*command, "--area", "townley", "--at", "2026-03-02T22:14:00Z", "-"],
        input="{}",
        text=True,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONTZPATH": ""},
    )
    assert done.returncode == 0, done.stderr


def test_the_shipped_packs_are_looked_through_by_z3() -> None:
    said = run("check")
    assert said.exit_code == 0
    assert "noticed: wm-encompass-local-alternative can never fire" in said.stdout
    assert "fault:" not in said.stdout


def test_no_case_falls_through_is_proved_or_one_is_printed() -> None:
    asked = ("never", "--area", "coventry", "--unless", "wm-under-12-months-refer")
    proved = run(*asked, "abuse_incident AND youngest_child_age_months < 12")
    assert proved.exit_code == 0 and "No case can be" in proved.stdout
    found = run(*asked, "abuse_incident AND youngest_child_age_months < 13")
    assert found.exit_code == 1 and "youngest_child_age_months = 12" in found.stdout
    unread = run(*asked, "abuse_incidnt")
    assert unread.exit_code == 2 and "did you mean abuse_incident?" in unread.stderr
    assert "Traceback" not in unread.stderr


def test_without_an_area_each_that_has_such_a_rule_is_asked_and_the_rest_are_named() -> None:
    asked = ("never", "--unless", "wm-under-12-months-refer")
    proved = run(*asked, "abuse_incident AND youngest_child_age_months < 12")
    assert proved.exit_code == 0
    assert "No case can be (birmingham, coventry, dudley, sandwell, solihull, walsall, wolverhampton)" in proved.stdout
    assert "Not asked, for want of such a rule in force: staffordshire, stoke-on-trent" in proved.stdout
    found = run(*asked, "youngest_child_age_months < 12")
    assert found.exit_code == 1 and "abuse_incident = false" in found.stdout
    nowhere = run("never", "--unless", "wm-under-12-month-refer", "abuse_incident")
    assert nowhere.exit_code == 2 and "did you mean wm-under-12-months-refer?" in nowhere.stderr


def test_never_asks_by_the_rules_of_a_day() -> None:
    before = run("never", "--on", "2020-01-01", "--unless", "wm-under-12-months-refer", "abuse_incident")
    assert before.exit_code == 2 and "wm-under-12-months-refer is in force in no area on that day" in before.stderr


@pytest.mark.parametrize(
    ("area", "rule", "condition", "told"),
    [
        ("coventri", "wm-marac-14-ticks", "victim_pregnant", "unknown area 'coventri'"),
        ("coventry", "wm-marac-14-tick", "victim_pregnant", "did you mean wm-marac-14-ticks?"),
        ("coventry", "nothing-like-it", "victim_pregnant", "none is spelt like it"),
        ("staffordshire", "wm-marac-14-ticks", "victim_pregnant", "is in force in: birmingham, coventry, dudley"),
        ("staffordshire", "wm-marac-14-ticks", "victim_pregnant", "wolverhampton; not in staffordshire"),
        ("coventry", "wm-marac-14-ticks", "victim_pregnant AND", "expected a fact"),
        ("coventry", "wm-marac-14-ticks", "dash_yes_count >= 'many'", "compares a integer with a word"),
        ("coventry", "wm-marac-14-ticks", "victim_pregnant OR " * 600 + "victim_pregnant", "at most 10,000"),
        ("coventry", "wm-marac-14-ticks", "(" * 500 + "victim_pregnant" + ")" * 500, "more than 50 brackets"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_by_name(area: str, rule: str, condition: str, told: str) -> None:
    said = run("never", "--area", area, "--unless", rule, condition)
    assert said.exit_code == 2 and told in said.stderr
    assert "Traceback" not in said.stderr and not said.stdout
