"""Whom a duty is about, where the rule speaks of the family: the children who made it so, by their refs."""

from __future__ import annotations

import copy
from typing import Any
from uuid import uuid4

from alongside.agencies.queries import team_for
from alongside.casework.actions.referrals import Content as Content_
from alongside.casework.actions.referrals import send_referral
from alongside.demo.partnership import Partnership
from alongside.duties.models import Duty
from tests.apps.intake.conftest import NOW, Content, Tell

REFER = "wm-under-12-months-refer"


def about(answer: dict[str, Any], rule: str) -> list[str] | None:
    """Refs of the people a duty of the answer is about; None where it is not owed."""
    return next((duty["about"] for duty in answer["duties"] if duty["rule"] == rule), None)


def child(content: Content, ref: str, born: str | None, **more: Any) -> Content:
    """The notification with one more child of the mother."""
    told = copy.deepcopy(content)
    told["people"].append({"ref": ref, "roles": ["child"], "date_of_birth": born, "lives_in_household": True, **more})
    told["relationships"].append({"from": "v", "to": ref, "kind": "parent-of"})
    return told


def test_the_duty_names_the_baby(baby: Content, tell: Tell) -> None:
    assert about(tell(baby).answer, REFER) == ["c"]


def test_an_older_sibling_is_not_whom_the_rule_speaks_of(baby: Content, tell: Tell) -> None:
    assert about(tell(child(baby, "older", "2015-01-01")).answer, REFER) == ["c"]


def test_one_who_may_be_the_youngest_is_named_too(baby: Content, tell: Tell) -> None:
    assert about(tell(child(baby, "other", None)).answer, REFER) == ["c", "other"]


def test_the_unborn_child_is_named_where_it_is_the_ground(baby: Content, tell: Tell) -> None:
    told = copy.deepcopy(baby)
    told["people"][2]["date_of_birth"] = "2012-01-01"
    told["people"].append({"ref": "unborn", "roles": ["unborn-child"]})
    assert about(tell(told).answer, REFER) == ["unborn"]


def test_a_pregnancy_alone_is_of_the_case(baby: Content, tell: Tell) -> None:
    told = copy.deepcopy(baby)
    told["people"][2]["date_of_birth"] = "2012-01-01"
    told["people"][0]["pregnant"] = True
    assert about(tell(told).answer, REFER) == []


def test_a_duty_names_the_people_it_is_about_once(baby: Content, tell: Tell) -> None:
    tell(child(baby, "other", "2025-09-01"))
    assert Duty.objects.filter(rule=REFER).count() == 1
    assert len(Duty.objects.get(rule=REFER).about) == 1


def test_a_referral_that_leaves_the_baby_out_leaves_its_duty_open(
    baby: Content, tell: Tell, partnership: Partnership
) -> None:
    case = tell(child(baby, "older", "2015-01-01")).notification.case
    assert case.recording_team is not None
    people = {member.ref: member.person for member in case.members.select_related("person")}

    def refer(*about: str) -> str:
        send_referral(
            key=uuid4(),
            case=case,
            service="childrens-social-care",
            area=case.area,
            from_team=case.recording_team,
            to_team=team_for("csc-duty", "coventry") or partnership.teams["none"],
            about=[people[ref] for ref in about],
            content=Content_(account="A broken door.", basis="protect-child", basis_reason="He is near."),
            facts=[],
            by=case.opened_by,
            at=NOW,
        )
        return Duty.objects.get(case=case, rule=REFER).state

    assert refer("v", "older") == "open"
    assert refer("v", "c") == "done"
