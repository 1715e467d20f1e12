"""A more local pack may ask for more, never silently for less; loading takes no unproved pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from alongside.cli import alongside
from alongside.policy import Library, PackFaults, load_library
from alongside.policy.proofs import NAME
from alongside.policy.weakening import weaker

TOWN, LOCAL, LAND = "town/pack.toml", "town/01-local.toml", "land/pack.toml"
BABY = """
[[rule]]
id = "rg-baby"
replaces = "Here it is worded anew."
kind = "obligation"
action = "refer"
reaches_as = "duty"
actor = "anyone"
when = "incident AND child_months < 12"
discharged_by = ["referral.sent"]
severity = 5
cite = { document = "region-2.24", section = "Babies", line = 3, from = 0, length = 31, sha256 = "b20a" }
gist = "Refer where there is a baby."
effective_from = 2026-01-01
example = [
  { given = { incident = true, child_in_family = true, child_months = 5, pregnant = false, calls = 0 }, then = "fires" },
  { given = { incident = false }, then = "does-not-fire" },
]
"""
WRITE_UP = (
    BABY.replace("rg-baby", "rg-write-up")
    .replace('kind = "obligation"', 'kind = "deadline"')
    .replace("incident AND child_months < 12", "incident")
    .replace("severity", 'timer = { starts = "called_at", limit_hours = 48 }\nseverity')
)


UNBORN = """replaces = [{ rule = "rg-baby", only_if = "yes", was = "child_months < 12", becomes = "(child_months < 12 OR pregnant)" }]"""
IN_TIME = """replaces = [{ rule = "rg-write-up", part = "timer", was = "48", becomes = ":write_up_hours" }]"""


def add(root: Path, text: str, *, choices: bool = False) -> Library:
    """The invented packs with a local rule; without `choices`, none of them puts words into the rules worded anew."""
    if not choices:
        land = root / LAND
        land.write_text(land.read_text().replace(UNBORN, "").replace(IN_TIME, ""))
    (root / "town" / "02-more.toml").write_text(text, encoding="utf-8")
    return load_library(root, unproved=True)


def told(library: Library) -> list[str]:
    return [str(fault) for fault in weaker(library)]


def test_the_same_in_other_words_and_more_than_before_are_no_less(packs_copy: Path) -> None:
    assert told(add(packs_copy, BABY)) == []
    assert told(add(packs_copy, BABY.replace("child_months < 12", "NOT child_months >= 12 AND child_in_family"))) == []
    assert told(add(packs_copy, BABY.replace("child_months < 12", "(child_months < 18 OR pregnant)"))) == []


def test_less_is_told_with_file_line_case_and_remedy(packs_copy: Path) -> None:
    [fault] = told(add(packs_copy, BABY.replace("child_months < 12", "child_months < 11")))
    assert fault == (
        "town/02-more.toml:2: rg-baby asks for less than in region: it does not fire where child_in_family = true, "
        "child_months = 11, incident = true: "
        'ask for at least as much, or say why this partnership asks for less: weakens = "why"'
    )


def test_waiting_for_more_facts_than_before_is_less(packs_copy: Path) -> None:
    waits = BABY.replace("child_months < 12", "child_months < 12 AND (calls > 9 OR calls < 10)")
    [fault] = told(add(packs_copy, waits))
    assert "it cannot be told where child_in_family = true, child_months = " in fault and "calls" not in fault


def test_it_is_compared_whatever_is_chosen(packs_copy: Path) -> None:
    same = BABY.replace("child_months < 12", "(child_months < 12 OR calls > 9)")
    assert told(add(packs_copy, same, choices=True)) == []
    less = BABY.replace("child_months < 12", "child_months < 12 AND NOT (pregnant AND calls > 9)")
    [fault] = told(add(packs_copy, less, choices=True))
    assert "pregnant = true" in fault and "calls = 10" in fault


def test_a_wording_that_a_choice_cannot_change_is_refused(packs_copy: Path) -> None:
    with pytest.raises(PackFaults, match=r"rg-baby does not say \(town/02-more.toml:2\)"):
        add(packs_copy, BABY.replace("child_months < 12", "NOT child_months >= 12"), choices=True)


def test_a_reason_lets_it_stand(packs_copy: Path) -> None:
    held = add(packs_copy, BABY.replace("months < 12", "months < 11").replace("kind =", 'weakens = "Agreed."\nkind ='))
    assert told(held) == []
    assert {rule.weakens for rule in held.every_rule() if rule.weakens} >= {"Agreed."}
    load_library(packs_copy)  # and nothing has to be on record


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        (
            'reaches_as = "duty"',
            'reaches_as = "guidance"\nplace = "scene"\nwhy_reaches = "x"',
            "as guidance and no more",
        ),
        ('kind = "obligation"', 'kind = "permission"', "is a permission and no more a obligation"),
        ('actor = "anyone"', 'actor = "court"', "its actor is court and no more anyone"),
        ('discharged_by = ["referral.sent"]', 'discharged_by = ["referral.sent", "a.call"]', "a.call closes it too"),
    ],
)
def test_less_is_also_another_way_of_asking(packs_copy: Path, was: str, becomes: str, words: str) -> None:
    assert any(words in fault for fault in told(add(packs_copy, BABY.replace(was, becomes))))


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("limit_hours = 48", "limit_hours = 24", None),
        ("limit_hours = 48", 'limit = "immediate"', None),
        (
            "limit_hours = 48",
            "limit_hours = 72",
            "its time is 72 hours from called_at and no more 48 hours from called_at",
        ),
        ("limit_hours = 48", "limit_hours = 48, sundays_left_out = true", "its time is 48 hours, Sundays and"),
        ("limit_hours = 48", "limit_working_days = 2", "its time is 2 working days from called_at"),
        ('timer = { starts = "called_at", limit_hours = 48 }', "", "its time is left out"),
    ],
)
def test_a_longer_time_is_less(packs_copy: Path, was: str, becomes: str, words: str | None) -> None:
    found = told(add(packs_copy, WRITE_UP.replace(was, becomes)))
    assert found == [] if words is None else any(words in fault for fault in found)


def test_rules_that_never_hold_on_one_day_are_not_compared(packs_copy: Path) -> None:
    held = add(packs_copy, BABY.replace("< 12", "< 11").replace("2026-01-01", "2019-01-01\neffective_to = 2019-12-31"))
    assert told(held) == []


def test_it_is_compared_with_what_would_stand_without_it_day_by_day(packs_copy: Path) -> None:
    """A middle layer that asks for less, and says why, until the end of 2026: from then on the lowest is what would stand."""
    (packs_copy / "town" / "pack.toml").write_text(
        (packs_copy / "town" / "pack.toml").read_text().replace('"region"]', '"region", "middle"]')
    )
    less = BABY.replace("child_months < 12", "child_months < 9").replace("kind =", 'weakens = "Agreed."\nkind =')
    (packs_copy / "middle").mkdir()
    (packs_copy / "middle" / "pack.toml").write_text(
        '[pack]\nid = "middle"\ntitle = "Middle"\nversion = "1"\nextends = ["land", "region"]\n'
    )
    until = less.replace("effective_from = 2026-01-01", "effective_from = 2026-01-01\neffective_to = 2026-12-31")
    (packs_copy / "middle" / "01.toml").write_text(until)
    own = BABY.replace("child_months < 12", "child_months < 9")
    ends = own.replace("effective_from = 2026-01-01", "effective_from = 2026-01-01\neffective_to = 2026-12-31")
    assert told(add(packs_copy, ends)) == []
    [fault] = told(add(packs_copy, own))
    assert "asks for less than in region" in fault


def choose(root: Path, words: str, file: str = TOWN, was: str = "ticks_needed = {}") -> Library:
    path = root / file
    assert was in path.read_text()
    path.write_text(path.read_text().replace(was, words, 1))
    return load_library(root, unproved=True)


def test_a_number_outside_its_range_stands_where_it_loses_no_case(packs_copy: Path) -> None:
    assert told(choose(packs_copy, 'ticks_needed = { value = 9, status = "shipped" }')) == []


def test_a_number_that_loses_a_case_is_told_with_the_case(packs_copy: Path) -> None:
    [fault] = told(choose(packs_copy, 'ticks_needed = { value = 15, status = "shipped" }'))
    assert fault.startswith(
        "town/pack.toml:11: parameter ticks_needed = 15 asks for less than the packs below: rg-ticks does not fire where "
    )
    assert "ticks = 14" in fault and fault.endswith("within 10 to 14, or a number that loses no case")


def test_a_setting_and_a_deadline_outside_their_range(packs_copy: Path) -> None:
    held = choose(packs_copy, 'ticks_needed = {}\ncall_threshold = { value = 12, status = "shipped" }')
    assert ["rg-escalation does not fire where calls = " in fault for fault in told(held)] == [True]
    held = choose(packs_copy, "call_threshold = { value = 0", was="call_threshold = { value = 12")
    assert told(held) == []
    held = choose(packs_copy, 'ticks_needed = {}\nwrite_up_hours = { value = 72, status = "confirm" }')
    assert ["rg-write-up is due after 72 hours and no more after 48" in fault for fault in told(held)] == [True]


def check(root: Path, *more: str) -> Result:
    return CliRunner().invoke(alongside, ["policy", "check", "--packs", str(root), *more])


def test_loading_takes_only_what_is_on_record_as_proved(packs_copy: Path) -> None:
    choose(packs_copy, 'ticks_needed = { value = 9, status = "shipped" }')
    with pytest.raises(
        PackFaults, match=r"town/pack.toml:11: parameter ticks_needed = 9 lies outside 10 to 14 and was not proved"
    ):
        load_library(packs_copy)
    assert "run alongside policy check --write" in check(packs_copy).output
    assert check(packs_copy, "--write").exit_code == 0
    assert load_library(packs_copy).pack("townley", date(2026, 3, 2)).values["ticks_needed"] == 9
    assert check(packs_copy).exit_code == 0


@pytest.mark.parametrize("file", [LAND, "region/01-rules.toml", "town/pack.toml", "vocabulary/10-facts.toml"])
def test_a_proof_of_something_else_is_none(packs_copy: Path, file: str) -> None:
    choose(packs_copy, 'ticks_needed = { value = 9, status = "shipped" }')
    check(packs_copy, "--write")
    path = packs_copy / file
    path.write_text(
        path.read_text()
        .replace('question = "', 'question = "So: ', 1)
        .replace('title = "', 'title = "So: ', 1)
        .replace('gist = "', 'gist = "So: ', 1)
    )
    with pytest.raises(PackFaults, match="was not proved"):
        load_library(packs_copy)


@pytest.mark.parametrize("spoilt", ["", "[proved", "proved = 3", '[proved]\n"region/townley" = 3\n'])
def test_a_record_that_cannot_be_read_proves_nothing(packs_copy: Path, spoilt: str) -> None:
    choose(packs_copy, 'ticks_needed = { value = 9, status = "shipped" }')
    (packs_copy / NAME).write_text(spoilt)
    with pytest.raises(PackFaults, match="was not proved"):
        load_library(packs_copy)


def test_what_weakens_is_never_written_down_as_proved(packs_copy: Path) -> None:
    choose(packs_copy, 'ticks_needed = { value = 15, status = "shipped" }')
    answer = check(packs_copy, "--write")
    assert answer.exit_code == 1 and "ticks = 14" in answer.output
    assert not (packs_copy / NAME).exists()


def test_the_shipped_packs_ask_for_no_less(library: Library) -> None:
    assert told(library) == []
