"""Whoever holds nothing of a case gets no task of it: every rule, recorded by an agency of every kind."""

from __future__ import annotations

import pytest

from alongside.agencies.models import Agency, Team
from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.duties.routing import Router
from alongside.procedures.queries import library, pack_for
from tests.apps.partnership import NOW

KINDS = ("police", "childrens-social-care", "health", "schools", "housing", "domestic-abuse-service")


def router(partnership: Partnership, area: str, kind: str) -> Router:
    """Routes of a case that an agency of this kind has just recorded, in memory."""
    teams = Team.objects.filter(agency__kind=kind, roles__area=area, roles__role="front-line").select_related("agency")
    team = teams[0]
    case = Case(area_id=area, opened_by_agency=team.agency, recording_team=team, received_on=NOW)
    return Router(case, library(), [team.agency], kinds=frozenset())


@pytest.mark.parametrize("area", ["coventry", "stoke-on-trent"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_duty_stands_with_those_who_hold_the_case(partnership: Partnership, area: str, kind: str) -> None:
    here = router(partnership, area, kind)
    held = {agency.pk for agency in here.holders}
    duties = [rule for rule in pack_for(area, NOW.date()).rules if rule.reaches_as == "duty"]
    assert len(duties) > 10
    astray = {
        rule.id: route.team
        for rule in duties
        for route in here.routes(rule)
        if route.team is not None and route.team.agency_id not in held
    }
    assert astray == {}


def test_a_duty_of_another_agency_says_for_whom_it_is_meant(partnership: Partnership) -> None:
    here = router(partnership, "coventry", "health")
    [route] = here.routes(pack_for("coventry", NOW.date()).rule("wm-liaise-all-agencies"))
    assert route.team == here.case.recording_team
    assert route.meant_for is not None and route.meant_for.agency.kind == "childrens-social-care"
    assert Agency.objects.filter(pk=route.meant_for.agency_id).exists()
