"""What adopting a local choice does to the rules, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from .shelf import HERE, Table, pack, read
from .test_examples import TODAY, library

ADOPTED = read(HERE / "adopted.toml")["adopted"]


@pytest.mark.parametrize("row", ADOPTED, ids=[f"{row['choice']}={row['value']}:{row['rule']}" for row in ADOPTED])
def test_an_adopted_choice_takes_the_place_of_words(row: Table) -> None:
    before = library().pack(row["area"], TODAY)
    after = library().pack(row["area"], TODAY, adopted={row["choice"]: row["value"]})
    assert before.decide_rule(row["rule"], row["facts"]).outcome == row["before"]
    assert after.decide_rule(row["rule"], row["facts"]).outcome == row["after"]


def test_every_choice_that_replaces_words_is_tried() -> None:
    replacing = {name for name, entry in pack("england")["parameter"].items() if "replaces" in entry}
    assert replacing - {row["choice"] for row in ADOPTED} == {"dvpo_hearing_hours"}, "a timer's, tried below"


@pytest.mark.parametrize(
    ("choice", "rule", "start", "hours"),
    [
        ("marf_deadline_hours", "staffs-written-followup-48h", "telephone_referral_at", 24),
        ("dvpo_hearing_hours", "staffs-dvpo-hearing-48h", "dvpn_issued_at", 72),
    ],
)
def test_an_adopted_choice_moves_a_deadline(choice: str, rule: str, start: str, hours: int) -> None:
    began = datetime(2026, 3, 2, 22, 14, tzinfo=UTC)
    before = library().pack("staffordshire", TODAY).decide_rule(rule, {start: began})
    after = library().pack("staffordshire", TODAY, adopted={choice: hours}).decide_rule(rule, {start: began})
    assert before.due == began + timedelta(hours=48)
    assert after.due == began + timedelta(hours=hours)
    assert "48" not in after.due_text


@pytest.mark.parametrize(
    ("area", "document"), [("coventry", "west-midlands-2.24"), ("stoke-on-trent", "staffordshire-2019")]
)
def test_a_document_by_itself_knows_no_adopted_choice(area: str, document: str) -> None:
    adopted = {"marac_ticks": 12, "marf_deadline_hours": 24, "dvpo_max_days": 20}
    alone = library().pack(area, TODAY, document=document)
    assert library().pack(area, TODAY, document=document, adopted=adopted).hash == alone.hash
    assert alone.values.keys() <= {"police_tool", "force_in_encompass"}


def test_nothing_proposed_is_in_force() -> None:
    for area in library().areas:
        pack = library().pack(area, TODAY)
        of_documents = {name for name in pack.values if not pack.parameters[name].sources}
        assert of_documents <= {"police_tool", "force_in_encompass"}
        assert not any(one.proposed is not None and one.name in pack.values for one in pack.parameters.values())


def test_the_topics_are_not_counted_where_police_use_another_tool() -> None:
    facts: dict[str, Any] = {}
    assert library().pack("coventry", TODAY).decide_rule("wm-marac-14-ticks", facts).outcome == "cannot-decide"
    told = library().pack("coventry", TODAY, adopted={"police_tool": "DIAL"})
    assert told.decide_rule("wm-marac-14-ticks", facts).outcome == "does-not-fire"


def test_callouts_count_from_three_until_the_partnership_says_otherwise() -> None:
    pack = library().pack("coventry", TODAY)
    assert pack.parameters["local_callout_threshold"].status == "confirm"
    assert pack.decide_rule("wm-marac-escalation", {"police_callouts_12m": 3}).outcome == "fires"
    alone = library().pack("coventry", TODAY, document="west-midlands-2.24")
    assert alone.decide_rule("wm-marac-escalation", {"police_callouts_12m": 3}).outcome == "cannot-decide"


def test_every_rule_a_choice_has_changed_says_so_beside_its_gist() -> None:
    told = 0
    for area in library().areas:
        for name, parameter in library().pack(area, TODAY).parameters.items():
            changed = {one.rule for one in parameter.replaces if one.only_if is None}
            if not changed or parameter.type != "integer" or parameter.text_says is None:
                continue
            value = next(n for n in range(1, 100) if parameter.accepts(n) and n != parameter.text_says)
            held = {rule.id: rule for rule in library().pack(area, TODAY, adopted={name: value}).rules}
            for rule in changed & held.keys():
                told += 1
                assert f"Your partnership has adopted {value} in place of {parameter.text_says}." in held[rule].local
            same = library().pack(area, TODAY, adopted={name: parameter.text_says})
            said = [words for rule in same.rules if rule.id in changed for words in rule.local]
            assert not [words for words in said if "has adopted" in words], "the text says the same"
    assert told > 30
    shipped = [words for rule in library().pack("coventry", TODAY).rules for words in rule.local]
    assert shipped and not [words for words in shipped if "has adopted" in words], "nothing is adopted"
