"""A referral made by telephone is written up within 48 hours: only what was written after that call counts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from alongside.agencies.models import Area
from alongside.cases.models import Case
from alongside.casework.actions.referrals import Content, send_referral
from alongside.casework.models import Referral
from alongside.duties.models import Duty
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership

RULE = "staffs-written-followup-48h"
CALLED = NOW - timedelta(minutes=30, seconds=-40)  # at 40 seconds past: pages ask for no seconds
MINUTE = CALLED.replace(second=0)


@pytest.fixture
def case(there: Partnership) -> Case:
    stoke = Area.objects.create(code="stoke-on-trent", name="Stoke-on-Trent", police="staffordshire-police")
    return invented.call(there, facts=said(CALLED), area=stoke)


def said(called: datetime | None) -> dict[str, object]:
    facts: dict[str, object] = {**invented.CALL, "telephone_referral_made": True}
    return facts | ({"telephone_referral_at": called.isoformat()} if called else {})


def write(
    there: Partnership,
    case: Case,
    at: datetime,
    *,
    service: str = "childrens-social-care",
    telephoned: datetime | None = None,
) -> Referral:
    content = Content(
        account="Shouting.",
        basis="protect-child",
        basis_reason="A baby was there.",
        follows_telephone_call=telephoned is not None,
        telephoned_on=telephoned,
        spoken_to="duty worker" if telephoned else "",
    )
    return send_referral(
        key=uuid4(),
        case=case,
        service=service,
        area=case.area,
        from_team=there.teams["response"],
        to_team=there.teams["csc"],
        about=[member.person for member in case.members.all()],
        content=content,
        facts=[],
        by=there.users["officer"],
        at=at,
    )


def duty(case: Case) -> Duty:
    return Duty.objects.get(case=case, rule=RULE)


def test_it_is_due_48_hours_after_the_call(case: Case) -> None:
    assert (duty(case).state, duty(case).due_on) == ("open", CALLED + timedelta(hours=48))


def test_what_was_written_before_the_call_does_not_count(there: Partnership, case: Case) -> None:
    write(there, case, MINUTE - timedelta(minutes=1))
    assert duty(case).state == "open"
    after = write(there, case, MINUTE)
    assert (duty(case).state, duty(case).evidence_id) == ("done", after.pk)


def test_what_was_written_to_another_service_does_not_count(there: Partnership, case: Case) -> None:
    write(there, case, NOW, service="adult-social-care")
    assert duty(case).state == "open"


def test_what_follows_an_earlier_call_does_not_count(there: Partnership, case: Case) -> None:
    write(there, case, NOW, telephoned=MINUTE - timedelta(minutes=1))
    assert duty(case).state == "open"
    write(there, case, NOW, telephoned=MINUTE)
    assert duty(case).state == "done"


def test_where_the_hour_of_the_call_is_not_known_the_referral_must_say_it_follows_one_or_come_later(
    there: Partnership,
) -> None:
    area = Area.objects.create(code="stoke-on-trent", name="Stoke-on-Trent", police="staffordshire-police")
    case = invented.call(there, facts=said(None), area=area)
    write(there, case, NOW - timedelta(minutes=1))
    assert duty(case).state == "open"
    write(there, case, NOW + timedelta(minutes=1))
    assert duty(case).state == "done"
