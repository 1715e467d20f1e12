"""Layers, dates, local choices, hashes: which rules are in force where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from alongside.policy import Library, PackFaults, PolicyError, load_library
from tests.policy import small

ON = date(2026, 3, 2)


def test_layers_lie_in_order(townley: Library) -> None:
    assert [one.id for one in townley.pack("townley", ON).packs] == ["land", "region", "region/townley"]


def test_a_local_rule_takes_the_place_from_its_day_on(townley: Library) -> None:
    assert townley.pack("townley", date(2024, 12, 31)).rule("rg-note").pack == "region"
    assert townley.pack("townley", date(2025, 1, 1)).rule("rg-note").pack == "region/townley"
    assert townley.pack("townley", date(2019, 12, 31)).rules == ()


def test_a_document_is_the_same_on_every_day(townley: Library) -> None:
    for on in (date(2019, 1, 1), ON):
        pack = townley.pack("townley", on, document="region-2.24")
        assert len(pack.rules) == 7
        assert {rule.pack for rule in pack.rules} == {"region"}
        assert [one.id for one in pack.packs] == ["region"]


def test_a_rule_ends_with_its_last_day(packs_copy: Path) -> None:
    rules = packs_copy / "region" / "01-rules.toml"
    ended = 'gist = "Write the call up in time."\neffective_to = 2026-03-01'
    rules.write_text(rules.read_text().replace('gist = "Write the call up in time."', ended))
    library = load_library(packs_copy)
    held = [{rule.id for rule in library.pack("townley", date(2026, 3, day)).rules} for day in (1, 2)]
    assert held[0] - held[1] == {"rg-write-up"}


def test_parameters_have_periods(packs_copy: Path) -> None:
    land = packs_copy / "land" / "pack.toml"
    old = land.read_text()
    start = old.index("[parameter.call_threshold]")
    end = old.index("[parameter.ticks_needed]")
    table = old[start:end].replace("[parameter.call_threshold]", "[[parameter.call_threshold]]")
    first = table.replace("value = 3", "value = 3\neffective_to = 2025-12-31")
    second = table.replace("value = 3", "value = 5\neffective_from = 2026-01-01")
    land.write_text(old[:start] + first + second + old[end:])
    library = load_library(packs_copy)
    assert library.parameters("townley", date(2025, 12, 31))["call_threshold"].value == 3
    assert library.parameters("townley", date(2026, 1, 1))["call_threshold"].value == 5
    land.write_text(old[:start] + first + second.replace("2026-01-01", "2026-02-01") + old[end:])
    with pytest.raises(PackFaults, match=r"call_threshold is not in force from 2026-01-01 to 2026-01-31"):
        load_library(packs_copy)


def test_what_is_proposed_is_not_in_force(townley: Library) -> None:
    held = townley.parameters("townley", ON)
    assert (held["unborn_counts"].proposed, held["unborn_counts"].in_force) == ("yes", None)
    assert (held["call_threshold"].in_force, held["call_threshold"].status) == (3, "confirm")
    assert (held["tool"].in_force, held["tool"].question) == ("DASH", "Which tool do the police use?")
    assert (held["ticks_needed"].in_force, held["ticks_needed"].text_says) == (None, 14)
    assert held["ticks_needed"].accepts(12) and not held["ticks_needed"].accepts(15)
    assert not held["ticks_needed"].accepts("12") and not held["tool"].accepts("dash")


def test_hash_follows_content_and_nothing_else(townley: Library, packs_copy: Path) -> None:
    pack = townley.pack("townley", ON)
    rules = packs_copy / "region" / "01-rules.toml"
    rules.write_text("# a remark\n\n" + rules.read_text())
    same = load_library(packs_copy).pack("townley", ON)
    assert (same.hash, same.packs) == (pack.hash, pack.packs)
    rules.write_text(rules.read_text().replace("severity = 4", "severity = 3", 1))
    other = load_library(packs_copy).pack("townley", ON)
    assert other.hash != pack.hash
    assert [a.hash == b.hash for a, b in zip(other.packs, pack.packs, strict=True)] == [True, False, True]
    assert townley.pack("townley", ON, settings={"ticks_needed": 12}).hash != pack.hash
    assert townley.pack("townley", ON) is pack


def test_some_rules_only(townley: Library) -> None:
    pack = townley.pack("townley", ON)
    facts = {"incident": True, "ticks": 14}
    assert pack.outcomes(facts, ["rg-ticks", "rg-write-up"]) == {"rg-ticks": "fires", "rg-write-up": "fires"}
    assert pack.decide(facts, ("rg-ticks", "rg-ticks")).fires == ["rg-ticks"]
    assert pack.decide_rule("rg-baby", facts).ask == ("child_months",)
    with pytest.raises(PolicyError, match=r"rg-tick.*rg-ticks"):
        pack.outcomes(facts, ["rg-tick"])


def test_facts_of_a_rule(townley: Library) -> None:
    pack = townley.pack("townley", ON)
    assert pack.facts_of("rg-escalation") == {"escalating", "calls", "call_threshold"}
    assert pack.facts_of("rg-baby") == {"incident", "child_months", "child_in_family"}


def test_unknown_names_are_named(townley: Library) -> None:
    with pytest.raises(PolicyError, match=r"child_in_famly.*child_in_family"):
        townley.pack("townley", ON).decide({"child_in_famly": True})
    with pytest.raises(PolicyError, match=r"ticks_need.*ticks_needed"):
        townley.pack("townley", ON, adopted={"ticks_need": 12})
    with pytest.raises(PolicyError, match=r"ticks_needed.*'12'"):
        townley.pack("townley", ON, adopted={"ticks_needed": "12"})


def test_a_parameter_without_value_is_not_known() -> None:
    pack = small.pack(small.rule("n >= 2", id="r0"))
    assert pack.decide_rule("r0", {}).ask == ("n",)


def test_ask_is_the_union_under_the_undecided_branches() -> None:
    pack = small.pack("(a AND b) OR (c AND d)")
    result = pack.decide({"a": False, "c": None}).results[0]
    assert result.ask == ("c", "d")
    assert result.could_fire == (("c", "d"),)
    assert result.could_not_fire == (("c",), ("d",))
    assert result.settles == (("c", "d"),)


def test_at_most_twenty_sets_smallest_first() -> None:
    names = [f"x{number:02}" for number in range(30)]
    vocabulary = {name: replace(small.VOCABULARY["b"], name=name) for name in names}
    pack = small.pack(small.rule(" OR ".join(names), id="r0"))
    pack = type(pack)(area="here", on=ON, rules=pack.rules, layers=[], vocabulary=vocabulary, parameters={}, values={})
    result = pack.decide_rule("r0", {})
    assert result.could_fire == tuple((name,) for name in names[:20])
    assert result.could_not_fire == (tuple(names),) == result.settles
