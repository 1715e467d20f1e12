"""The invented partnership: complete, reachable, varied, and nowhere but in a demonstration."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from alongside.agencies.access import Refused
from alongside.agencies.codes import AGENCY_KINDS, TEAM_ROLES
from alongside.agencies.models import Agency, Area, Team, TeamRole, User
from alongside.agencies.queries import team_for
from alongside.agencies.roles import ROLES
from alongside.demo import accounts
from alongside.demo.partnership import SAFETY_PARTNERSHIPS, UNROUTED, Partnership, build_partnership

AT = datetime(2026, 1, 1, 9, tzinfo=UTC)
DRAMA = re.compile(r"0121 496 0\d{3}|01632 960\d{3}")


def test_every_role_of_a_team_is_held_in_every_area_but_one_left_open(partnership: Partnership) -> None:
    held = set(TeamRole.objects.values_list("role", "area_id"))
    wanted = {(role, area) for role in TEAM_ROLES for area in partnership.areas}
    assert len(wanted) == len(TEAM_ROLES) * 9
    assert wanted - held == {UNROUTED}


def test_agencies_have_the_codes_of_the_contract(partnership: Partnership) -> None:
    everywhere = (
        "childrens-social-care",
        "adult-social-care",
        "housing",
        "domestic-abuse-service",
        "schools",
        "health",
    )
    codes = {f"{area}-{kind}" for area in Area.objects.values_list("code", flat=True) for kind in everywhere}
    codes |= {"west-midlands-police", "staffordshire-police", "probation", "partnership"}
    codes |= set(SAFETY_PARTNERSHIPS)
    assert set(Agency.objects.values_list("code", flat=True)) == codes
    assert {agency.kind for agency in partnership.agencies.values()} == set(AGENCY_KINDS)


def test_each_area_has_coordinators_who_are_no_part_of_the_police(partnership: Partnership) -> None:
    for area in partnership.areas:
        team = team_for("marac-coordinator", area)
        assert team == partnership.coordinators(area)
        assert team.agency.kind != "police"
        assert partnership.user("marac-coordinator", area) in team.people.all()


def test_every_team_can_be_rung_at_any_hour_and_has_somebody_else_to_alert(partnership: Partnership) -> None:
    teams = list(Team.objects.select_related("deputy").prefetch_related("people"))
    assert len(teams) > 100
    for team in teams:
        assert DRAMA.fullmatch(team.phone)
        assert DRAMA.fullmatch(team.out_of_hours_phone)
        assert team.deputy in team.people.all()
        assert len(team.people.all()) > 1
    assert len({team.phone for team in teams}) == len(teams)


def test_there_is_one_listed_account_for_each_staff_role(partnership: Partnership) -> None:
    listed = accounts.accounts()
    assert sorted(account.role for account in listed) == sorted(set(ROLES) - {"service"})
    for account in listed:
        user = User.objects.get(email=account.email)
        assert user.role == account.role
        assert user.teams.exists()
        assert account.label
        assert account.description


def test_everybody_has_a_name_of_their_own(partnership: Partnership) -> None:
    names = list(User.objects.values_list("name", flat=True))
    assert len(names) > 200
    assert len(set(names)) == len(names)


def test_the_password_opens_an_account_only_when_one_was_asked_for(db: None) -> None:
    made = build_partnership(AT, accounts.PASSWORD)
    assert made.user("police-officer").check_password(accounts.PASSWORD)


def test_without_a_password_nobody_signs_in(partnership: Partnership) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_it_is_made_nowhere_but_in_a_demonstration(db: None, settings: Any) -> None:
    settings.ALONGSIDE_DEMO = False
    with pytest.raises(Refused, match="ALONGSIDE_DEMO"):
        build_partnership(AT, accounts.PASSWORD)
    assert not User.objects.exists()
