"""What z3 says can be, can be; what it says cannot, trying every case does not find."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from alongside.policy import NOT_APPLICABLE, Library, Outcome, Pack
from alongside.policy.binding import Binder
from alongside.policy.evaluate import evaluate
from alongside.policy.proof import Proof
from alongside.policy.tree import Node, walk
from alongside.policy.values import Value
from tests.policy import small

ON = date(2026, 11, 22)
BABY = "wm-under-12-months-refer"


def every_case(tree: Node) -> list[dict[str, Value]]:
    """Every fully known case over the facts of a condition; `k` does not apply where `a` is not so."""
    names = {name for part in walk(tree) for name in part.names} - {"dv"}
    names |= {"a"} if "k" in names else set()
    names |= {"b", "n"} if "dv" in {name for part in walk(tree) for name in part.names} else set()
    cases = small.answers(tuple(sorted(names)), {})
    return [{**case, "k": NOT_APPLICABLE} if "k" in case and case["a"] is False else case for case in cases]


@settings(max_examples=150, deadline=None)
@given(small.trees)
def test_a_case_is_found_exactly_where_one_can_be(tree: Node) -> None:
    pack = small.pack(tree.text)
    bound = Binder(small.VOCABULARY, {}).bind(tree.text)
    found = _found(pack, tree)
    can_be = any(evaluate(bound, case) is True for case in every_case(bound))
    assert (found is not None) is can_be
    if found is not None:
        assert pack.decide_rule("r0", found).outcome is Outcome.FIRES


def _found(pack: Pack, tree: Node) -> dict[str, Value] | None:
    proof = Proof(pack)
    witness = proof.case(so=[proof.rule("r0")], about=[tree.text])
    return witness.facts if witness else None


@pytest.fixture(scope="module")
def coventry(library: Library) -> Pack:
    return library.pack("coventry", ON)


def test_every_rule_has_a_case_for_and_a_case_against_it(coventry: Pack) -> None:
    proof = Proof(coventry)
    for rule in coventry.rules:
        for found, outcome in (
            (proof.case(so=[proof.rule(rule)], about=[rule.when]), Outcome.FIRES),
            (proof.case(not_so=[proof.rule(rule)], about=[rule.when]), Outcome.DOES_NOT_FIRE),
        ):
            assert found is None or coventry.decide_rule(rule.id, found.facts).outcome is outcome


def test_no_child_under_twelve_months_falls_through(coventry: Pack) -> None:
    proof = Proof(coventry)
    baby = "abuse_incident AND youngest_child_age_months < 12"
    assert proof.case(so=[proof.condition(baby)], not_so=[proof.rule(BABY)]) is None
    older = "abuse_incident AND youngest_child_age_months < 13"
    through = proof.case(so=[proof.condition(older)], not_so=[proof.rule(BABY)], about=[older])
    assert through is not None and through.facts["youngest_child_age_months"] == 12
    assert str(through) == "abuse_incident = true, child_in_family = true, youngest_child_age_months = 12"
