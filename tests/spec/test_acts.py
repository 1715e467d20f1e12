"""Acts: each one a rule names exists, each one that exists is named, and every duty can be owned and closed."""

from __future__ import annotations

from collections import Counter

import pytest

from alongside.agencies.codes import AGENCY_KINDS, TEAM_ROLES

from .shelf import Table, actors, acts, ids, rules

DUTIES = tuple(rule for rule in rules() if rule["reaches_as"] == "duty")
OWNERS = {"notifying-agency", "agency-kind", "every-agency", "doing-agency", "outside"}


def named(rule: Table) -> set[str]:
    return {rule[key] for key in ("action", "forbids", "opens") if rule.get(key)}


def test_every_act_a_rule_names_exists() -> None:
    missing = {act: rule["id"] for rule in rules() for act in named(rule) if act not in acts()}
    assert rules()
    assert missing == {}


def test_every_act_is_named_by_a_rule_or_barred_by_conduct() -> None:
    assert acts()
    conduct = {code for code, act in acts().items() if act.get("by_conduct")}
    assert set(acts()) - {act for rule in rules() for act in named(rule)} - conduct == set()


@pytest.mark.parametrize("code", acts())
def test_an_act_can_be_shown(code: str) -> None:
    act = acts()[code]
    assert act["label"]
    assert act["button"]
    assert act["does"].endswith(".")
    assert act["kind"] in ("do", "opened", "forbidden")
    assert act.get("owner") is None or act["owner"] in TEAM_ROLES
    assert isinstance(act["evidence"], list)
    assert act.get("handed_over_by", "refer_to_marac") in acts()


def test_no_two_acts_have_the_same_label() -> None:
    labels = Counter(act["label"] for act in acts().values())
    assert [label for label, times in labels.items() if times > 1] == []


@pytest.mark.parametrize("rule", DUTIES, ids=ids(DUTIES))
def test_a_duty_can_be_owned_and_closed(rule: Table) -> None:
    act = acts()[rule["action"]]
    assert act["kind"] == "do"
    assert set(rule["discharged_by"]) <= set(act["evidence"]), "evidence that does not close the act"
    actor = actors()[rule["actor"]]
    owner = act.get("owner") or (actor["owner"] != "outside" and actor.get("role"))
    assert owner, "nobody would own it"


@pytest.mark.parametrize("code", actors())
def test_an_actor_leads_to_a_team_or_outside(code: str) -> None:
    actor = actors()[code]
    assert actor["says"]
    assert actor["owner"] in OWNERS
    if actor["owner"] == "outside":
        assert "role" not in actor
    else:
        assert actor["role"] in TEAM_ROLES
    assert actor.get("agency_kind", "police") in AGENCY_KINDS


def test_a_bar_and_a_duty_do_not_name_the_same_act() -> None:
    barred = {rule["forbids"]: rule["id"] for rule in rules() if rule.get("forbids")}
    owed = {rule["action"] for rule in DUTIES}
    assert barred
    assert {act: barred[act] for act in barred.keys() & owed} == {}
