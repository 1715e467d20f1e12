"""A rule that gives way puts no duty on a queue where the other fires; it fires all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.agencies.models import Agency, User
from alongside.audit import guard
from alongside.cases.models import Case
from alongside.casework.queries.receiving import AsSent
from alongside.duties.evaluation import Finding
from alongside.duties.models import Duty
from alongside.duties.queries import Shown, pick
from alongside.duties.routing import Router
from alongside.duties.settling import settle_duties
from alongside.policy import Outcome, Rule
from alongside.procedures.queries import library, pack_for
from tests.apps.partnership import NOW, Partnership

FIRES, NO, OPEN = Outcome.FIRES, Outcome.DOES_NOT_FIRE, Outcome.CANNOT_DECIDE


@pytest.fixture
def yielding(db: None) -> Rule:
    return replace(
        pack_for("coventry", NOW.date()).rule("wm-refer-adult-care-needs"), yields_to=("wm-cin-referral-marf",)
    )


@pytest.fixture
def other(db: None) -> Rule:
    return pack_for("coventry", NOW.date()).rule("wm-cin-referral-marf")


def settle(case: Case, by: User, *decided: tuple[Rule, Outcome], hours: int = 0) -> None:
    at = NOW + timedelta(hours=hours)
    findings = {rule.id: Finding(rule, outcome, (), {}) for rule, outcome in decided}
    router = Router(case, library(), [Agency.objects.get(pk=case.opened_by_agency_id)], frozenset())
    with guard.opened():
        settle_duties(case=case, findings=findings, router=router, reads=lambda _: True, by=by, at=at)


def duties(case: Case) -> dict[str, str]:
    return dict(Duty.objects.filter(case=case, rule__in=NAMES).values_list("rule", "state"))


NAMES = ("wm-refer-adult-care-needs", "wm-cin-referral-marf")


@pytest.mark.parametrize("outcome", [NO, OPEN])
def test_it_is_owed_where_the_other_does_not_fire_and_lapses_once_it_does(
    case: Case, there: Partnership, yielding: Rule, other: Rule, outcome: Outcome
) -> None:
    by = there.users["officer"]
    settle(case, by, (yielding, FIRES), (other, outcome))
    assert duties(case) == {yielding.id: "open"}
    settle(case, by, (yielding, FIRES), (other, FIRES), hours=1)
    assert duties(case) == {yielding.id: "lapsed", other.id: "open"}
    why = Duty.objects.get(case=case, rule=yielding.id).ended_why
    assert why == f"Another rule asks for what excludes it: {other.gist}"


def test_it_is_never_owed_where_both_fire(case: Case, there: Partnership, yielding: Rule, other: Rule) -> None:
    settle(case, there.users["officer"], (yielding, FIRES), (other, FIRES))
    assert duties(case) == {other.id: "open"}


def test_an_act_is_not_offered_by_a_rule_that_gives_way(db: None) -> None:
    pack = pack_for("coventry", NOW.date())
    keep, harmed = pack.rule("wm-csc-info-advice-only"), pack.rule("wm-s47-child-harmed")
    for outcome, offered in ((NO, [keep.id]), (OPEN, [keep.id]), (FIRES, [])):
        findings = {one.id: Finding(one, said, (), {}) for one, said in ((keep, FIRES), (harmed, outcome))}
        shown = [
            Shown(one, str(found.outcome), ()) for one, found in zip((keep, harmed), findings.values(), strict=True)
        ]
        sent = AsSent(pack, findings, {})
        assert [one.rule.id for one in sent.concerning("permission", "treat_as_information_only")] == offered
        assert [
            one.rule.id for one in pick(shown, reaches_as=["permission"], act="treat_as_information_only")
        ] == offered
        assert [one.rule.id for one in pick(shown, reaches_as=["permission"])] == [keep.id]  # it fires all the same
