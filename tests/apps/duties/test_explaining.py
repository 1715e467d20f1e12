"""Why a rule fires, told in plain words from the snapshot it was decided on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from alongside.cases.models import Case
from alongside.duties import words
from alongside.duties.explaining import Snapshot, _node, seen
from alongside.duties.models import Duty, Evaluation
from alongside.policy import Pack
from alongside.policy.parser import parse
from alongside.policy.tree import Between, Compare, Flag, In
from alongside.procedures.queries import library, pack_for
from alongside.procedures.words import EVIDENCE
from tests.apps import partnership as invented
from tests.apps.partnership import Partnership

ROW = {
    "name": "victim_pregnant",
    "about": None,
    "value": True,
    "said_by": "Police officer",
    "manner": "answered",
    "since": "2026-03-02T21:30:00+00:00",
    "disputed": [],
}


def opened(case: Case) -> Snapshot:
    evaluation = Evaluation.objects.filter(case=case).latest()
    return Snapshot(evaluation, pack_for(evaluation.area, evaluation.in_force_on))


def leaves(node: dict[str, Any]) -> list[dict[str, Any]]:
    return [leaf for part in node["parts"] for leaf in leaves(part)] if node["parts"] else [node]


def test_every_tree_is_words_to_the_last_leaf(case: Case) -> None:
    snapshot = opened(case)
    names = set(library().vocabulary)
    shown = 0
    for rule in snapshot.pack.rules:
        node = snapshot.why(rule.id, [])
        if node is None:
            continue
        for leaf in leaves(node):
            shown += 1
            told = f"{leaf['says']} {leaf['saw_words']}"
            assert not {name for name in names if "_" in name and name in told.split()}, (rule.id, told)
    assert shown > 300


def test_the_tree_comes_to_what_was_decided(case: Case) -> None:
    snapshot = opened(case)
    duties = list(Duty.objects.filter(case=case))
    assert duties
    for duty in duties:
        node = snapshot.why(duty.rule, duty.about)
        assert node is not None
        assert node["is"] is True, duty.rule


def test_a_child_s_own_facts_are_shown_for_that_child(there: Partnership) -> None:
    case = invented.call(
        there,
        facts=invented.CALL
        | {"child_of_school_age": True, "child_experienced_incident": True, "force_in_encompass": True},
    )
    duty = Duty.objects.get(case=case, rule="wm-encompass-notify")
    node = opened(case).why(duty.rule, duty.about)
    assert node is not None
    assert all(leaf["is"] is True for leaf in leaves(node))


def test_a_rule_that_is_in_force_no_more_has_no_tree(case: Case) -> None:
    assert opened(case).why("a-rule-that-was", []) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (None, ""),
        (ROW, "yes, said by police officer, Monday 2 March, 9:30pm"),
        (ROW | {"value": None}, "not known, said by police officer, Monday 2 March, 9:30pm"),
        (ROW | {"value": None, "disputed": [True, False]}, "statements differ: yes / no"),
        (ROW | {"said_by": "West Midlands Police", "since": None}, "yes, said by West Midlands Police"),
        (
            ROW | {"value": False, "manner": "no record", "said_by": "no such record in Alongside", "since": None},
            "no, no such record in Alongside",
        ),
    ],
)
def test_what_was_seen(row: dict[str, Any] | None, said: str) -> None:
    assert seen("victim_pregnant", row) == said


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (3, "3"),
        ({"min": 9, "max": 17}, "9 to 17"),
        ({"min": 9}, "at least 9"),
        ({"max": 17}, "at most 17"),
        ({"not_applicable": True}, "does not apply"),
        ("not-sought", "not sought"),
        ("2026-03-02T21:30:00+00:00", "Monday 2 March, 9:30pm"),
    ],
)
def test_values_in_words(held: object, said: str) -> None:
    assert words.value(held) == said


def test_a_negation_is_carried_down_with_what_it_came_to() -> None:
    shipped = library().pack("coventry", date(2026, 3, 2))
    rule = replace(shipped.rules[0], when="NOT (victim_pregnant OR emergency)")
    pack = Pack(
        area="here", on=shipped.on, rules=[rule], layers=[], vocabulary=shipped.vocabulary, parameters={}, values={}
    )
    why = pack.decide({"victim_pregnant": True, "emergency": False}).results[0].why
    told = _node(why, {})
    assert (told["says"], told["is"]) == ("All of these:", False)
    assert [(leaf["says"], leaf["is"]) for leaf in told["parts"]] == [
        ("The victim is not pregnant", False),
        ("Nobody needs emergency help now", True),
    ]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("victim_pregnant", "The victim is pregnant"),
        ("victim_age_years >= 16", "The age of the victim is at least 16 years"),
        (
            "relationship IN ('family', 'ex-partner')",
            "The relationship of the person reported as causing harm to the victim is that of a member of the family or that of a former partner",
        ),
        (
            "police_callouts_12m BETWEEN 2 AND 4",
            "The number of police callouts to this victim for domestic abuse in the last twelve months is from 2 to 4",
        ),
    ],
)
def test_conditions_in_words(condition: str, said: str) -> None:
    node = parse(condition)
    assert isinstance(node, Flag | Compare | Between | In)
    assert words.leaf(node) == said


def test_every_kind_of_evidence_and_every_act_has_words() -> None:
    kinds = {kind for rule in library().every_rule() for kind in rule.discharged_by}
    assert kinds
    assert kinds - set(EVIDENCE) == set()
    acts = set(library().acts)
    named = {*words.PLACE_OF_ACT, *words.BESIDE, *words.CHOICES} | {
        code for some in (*words.BESIDE.values(), *words.CHOICES.values()) for code in some
    }
    assert named - acts == set()
