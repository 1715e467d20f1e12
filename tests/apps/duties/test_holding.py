"""A review asks only the apps of whose records the case has any."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.casework.models import NotReferred, Referral
from alongside.duties import facts
from alongside.duties.facts import CaseFile, FactValue
from alongside.duties.holding import is_asked, kinds_of, reads_from
from alongside.duties.models import Duty, ObservedFact
from alongside.sharing.models import Disclosure
from tests.apps.partnership import NOW, Partnership


def test_kinds_are_those_the_case_has(case: Case) -> None:
    kinds = kinds_of(case)
    assert {Duty, ObservedFact} <= kinds
    assert not {Referral, NotReferred, Disclosure} & kinds
    with writing():
        NotReferred.objects.create(
            case=case, service="childrens-social-care", reason="-", decided_at=NOW, decided_by=case.opened_by
        )
    assert kinds_of(case) - kinds == {NotReferred}


def test_another_case_says_nothing_about_this_one(there: Partnership, case: Case) -> None:
    empty = cases.open_case(
        area=there.area,
        local_authority="coventry",
        agency=case.opened_by_agency,
        team=None,
        received_on=NOW,
        occurred_on=None,
        by=case.opened_by,
        at=NOW,
    )
    assert kinds_of(empty) == frozenset()


def test_who_names_nothing_is_always_asked() -> None:
    assert is_asked((), frozenset())
    assert is_asked((Referral,), None)
    assert is_asked((Referral, Duty), frozenset({Duty}))
    assert not is_asked((Referral,), frozenset({Duty}))


def test_a_provider_is_asked_once_its_records_are_there(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[CaseFile] = []

    def provider(file: CaseFile) -> Iterable[FactValue]:
        asked.append(file)
        return ()

    monkeypatch.setitem(facts.PROVIDERS, provider, reads_from((NotReferred,)))
    cases.changed(case=case, by=case.opened_by, at=NOW)
    assert asked == []
    with writing():
        NotReferred.objects.create(
            case=case, service="childrens-social-care", reason="-", decided_at=NOW, decided_by=case.opened_by
        )
    cases.changed(case=case, by=case.opened_by, at=NOW)
    assert [file.case for file in asked] == [case]
