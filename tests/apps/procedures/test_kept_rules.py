"""The rules that decided a case stay in the database, whole, and once."""

from __future__ import annotations

import pytest

from alongside.cases.models import Case
from alongside.duties.models import Evaluation
from alongside.policy import PolicyError
from alongside.procedures.actions import keep_rules
from alongside.procedures.models import KeptRules
from alongside.procedures.queries import are_kept, kept, pack_at
from tests.apps.partnership import NOW, Partnership


def test_a_case_keeps_the_rules_that_decided_it(case: Case) -> None:
    row = Evaluation.objects.get(case=case)
    assert are_kept(row.pack_hash)
    book, now = kept(row.pack_hash), pack_at(row.places, row.in_force_on)
    assert book.hash == now.hash == row.pack_hash
    assert [rule.when for rule in book.rules] == [rule.when for rule in now.rules]


def test_they_are_kept_once(case: Case, there: Partnership) -> None:
    count = KeptRules.objects.count()
    row = Evaluation.objects.get(case=case)
    keep_rules(book=pack_at(row.places, row.in_force_on), by=there.users["officer"], at=NOW)
    assert KeptRules.objects.count() == count


def test_rules_never_kept_are_said_to_be_missing(db: None) -> None:
    assert not are_kept("0" * 64)
    with pytest.raises(PolicyError, match="are not kept"):
        kept("0" * 64)
