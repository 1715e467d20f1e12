"""Random histories of one agency: people join and leave teams, stand in, review, change role and agency; work comes and goes; reasons
are given, calls are taken, and the clock runs. After each step who sees which case is what an account in plain sets says.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from alongside.agencies import hooks as agency_hooks
from alongside.agencies.models import Membership, Team, TeamRole, User
from alongside.audit.api import action, record
from alongside.cases import hooks
from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.duties.models import Task
from alongside.duties.working import settle_work
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.sharing.needing.actions import open_for_call, say_why
from tests.apps import partnership as invented
from tests.apps.partnership import NOW, Partnership

EXAMPLES = int(os.environ.get("TEAM_HISTORIES", "5"))
STEPS = 12
PEOPLE, TEAMS = ("ann", "bob", "cas"), ("response", "walsall", "desk")
ROLES = ("police-officer", "police-supervisor", "safeguarding-lead", "information-governance-lead", "policy-lead")
ALL = {"safeguarding-lead", "information-governance-lead"}
AFTERWARDS, HOURS, DAYS = timedelta(days=28), timedelta(hours=12), timedelta(days=7)
people, teams, cases = st.sampled_from(PEOPLE), st.sampled_from(TEAMS), st.integers(0, 1)


@dataclass
class Account:
    """Who is what, and until when what is open: no grounds, no doors."""

    role: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PEOPLE, "police-officer"))
    ours: set[str] = field(default_factory=lambda: set(PEOPLE))
    works: set[str] = field(default_factory=lambda: set(PEOPLE))
    member: set[tuple[str, str]] = field(default_factory=set)
    deputy: dict[str, str] = field(default_factory=dict)
    tasks: set[tuple[int, str]] = field(default_factory=set)
    open_until: dict[tuple[int, str], datetime | None] = field(default_factory=dict)  # a team; None: it has work
    called_until: dict[tuple[int, str], datetime] = field(default_factory=dict)
    needs_until: dict[tuple[int, str], datetime] = field(default_factory=dict)

    def desks(self, name: str) -> set[str]:
        own = {team for one, team in self.member if one == name}
        found = own | {team for team, one in self.deputy.items() if one == name and name in self.ours}
        return found | ({"response"} if "desk" in own and name in self.ours else set())

    def sees(self, name: str, case: int, at: datetime) -> bool:
        if name not in self.works:
            return False
        if name in self.ours and self.role[name] in ALL:
            return True
        if self.needs_until.get((case, name), at) > at:
            return True
        return any(self.is_open(case, team, at) for team in self.desks(name))

    def is_open(self, case: int, team: str, at: datetime) -> bool:
        until = self.open_until.get((case, team), at)
        return until is None or until > at or self.called_until.get((case, team), at) > at


@action("tests.work_settled")
def settle(*, case: Case, by: User, at: datetime) -> None:
    tasks = Task.objects.filter(case=case, state="open").select_related("owner_team")
    settle_work(case=case, tasks=list(tasks), by=by, at=at)
    record(case, by=by, at=at)


@action("tests.task_changed")
def task(*, case: Case, team: Team, is_open: bool, by: User, at: datetime) -> None:
    if is_open:
        Task.objects.create(case=case, act="tell", owner_team=team, opened_at=at, opened_by=by)
    else:
        Task.objects.filter(case=case, owner_team=team, state="open").update(state="closed", closed_on=at)
    record(case, by=by, at=at)


class Histories(RuleBasedStateMachine):
    there: Partnership
    held: list[Case]
    records: list[Person]

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.at, self.account = NOW, Account()
        self.by = self.there.users["officer"]

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def user(self, name: str) -> User:
        return User.objects.get(email=f"{name}@alongside.example")

    @initialize()
    def the_response_team_has_both(self) -> None:
        for number, case in enumerate(self.held):
            self.account.open_until[number, "response"] = None
            settle(case=case, by=self.by, at=self.at)
            self.account.open_until[number, "response"] = self.at + AFTERWARDS

    @rule(hours=st.sampled_from([1, 11, 13, 24 * 6, 24 * 20, 24 * 29]))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(name=people, team=teams, joins=st.booleans())
    def somebody_joins_or_leaves(self, name: str, team: str, joins: bool) -> None:
        today, row = in_london(self.at).date(), {"user": self.user(name), "team": self.there.teams[team]}
        Membership.objects.filter(**row).delete()
        if joins:
            Membership.objects.create(**row, from_on=today)
            self.account.member.add((name, team))
        else:
            Membership.objects.create(**row, from_on=today - timedelta(9), until_on=today - timedelta(1))
            self.account.member.discard((name, team))

    @rule(name=people, team=teams)
    def somebody_stands_in(self, name: str, team: str) -> None:
        Team.objects.filter(pk=self.there.teams[team].pk).update(deputy=self.user(name))
        self.account.deputy[team] = name

    @rule(name=people, role=st.sampled_from(ROLES))
    def somebody_has_another_role(self, name: str, role: str) -> None:
        User.objects.filter(pk=self.user(name).pk).update(role=role)
        self.account.role[name] = role

    @rule(name=people, works=st.booleans())
    def somebody_is_shut_out_or_let_in(self, name: str, works: bool) -> None:
        User.objects.filter(pk=self.user(name).pk).update(is_active=works)
        (self.account.works.add if works else self.account.works.discard)(name)

    @rule(name=people, back=st.booleans())
    def somebody_goes_to_another_agency(self, name: str, back: bool) -> None:
        to, user = self.there.agencies["west-midlands-police" if back else "haven"], self.user(name)
        if user.agency_id == to.pk:
            return
        User.objects.filter(pk=user.pk).update(agency=to)
        for listener in agency_hooks.MOVED:
            listener(user=self.user(name), by=self.by, at=self.at)
        (self.account.ours.add if back else self.account.ours.discard)(name)
        for number in range(len(self.held)):
            self.account.needs_until.pop((number, name), None)

    @rule(number=cases, team=teams, is_open=st.booleans())
    def work_comes_or_goes(self, number: int, team: str, is_open: bool) -> None:
        account, case = self.account, self.held[number]
        if is_open == ((number, team) in account.tasks):
            return
        task(case=case, team=self.there.teams[team], is_open=is_open, by=self.by, at=self.at)
        settle(case=case, by=self.by, at=self.at)
        (account.tasks.add if is_open else account.tasks.discard)((number, team))
        account.open_until[number, team] = None if is_open else self.at + AFTERWARDS

    @rule(name=people, number=cases)
    def somebody_says_why(self, name: str, number: int) -> None:
        user = self.user(name)
        if name not in self.account.ours or not user.may("see_cases"):
            return
        say_why(case=self.held[number], why="asked", words="her health visitor rang me", by=user, at=self.at)
        if self.account.needs_until.get((number, name), self.at) <= self.at:
            self.account.needs_until[number, name] = self.at + HOURS

    @rule(name=people, number=cases)
    def somebody_takes_a_call(self, name: str, number: int) -> None:
        """The other case is the call, whose work is the response team's."""
        if name not in self.account.ours or name not in self.account.works:
            return
        account, until = self.account, self.at + DAYS
        last = until - timedelta(seconds=1)
        saw = account.sees(name, number, self.at) and account.sees(name, number, last)
        had = account.is_open(number, "response", last)
        call, records = self.held[1 - number], [self.records[number].pk]
        open_for_call(call=call, records=records, by=self.user(name), at=self.at)
        if not saw:
            account.needs_until[number, name] = until
        if not had:
            account.called_until[number, "response"] = until

    @invariant()
    def everybody_sees_what_the_account_says(self) -> None:
        for name in PEOPLE:
            viewer = Viewer(self.user(name), self.at)
            seen = set(Case.objects.visible_to(viewer).values_list("pk", flat=True))
            wanted = {case.pk for n, case in enumerate(self.held) if self.account.sees(name, n, self.at)}
            assert seen == wanted, (name, self.at)


def test_who_sees_a_case_rests_on_reasons_that_stand(there: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    police = there.agencies["west-midlands-police"]
    there.teams["walsall"] = Team.objects.create(agency=police, code="walsall", name="Walsall")
    TeamRole.objects.create(team=there.teams["walsall"], role="front-line", area=there.other_area)
    for name in PEOPLE:
        User.objects.create(email=f"{name}@alongside.example", name=name, agency=police, role="police-officer")

    class Here(Histories):
        pass

    monkeypatch.setattr(hooks, "CHANGED", [])  # what is owed has tests of its own: work comes and goes here by hand
    Here.there, Here.held = there, [invented.call(there, facts={}) for _ in range(2)]
    Here.records = [case.members.get(role="victim").person for case in Here.held]
    many: dict[str, Any] = {"max_examples": EXAMPLES, "stateful_step_count": STEPS}
    run_state_machine_as_test(
        Here,
        settings=settings(
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            **many,
        ),
    )
