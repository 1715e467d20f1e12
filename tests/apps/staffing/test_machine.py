"""Whatever people do in whatever order, no session is open without a factor shown in it that still counts (T7, T25)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import StateRefused
from alongside.staffing import actions, queries
from tests.apps.partnership import PASSWORD, Partnership
from tests.apps.passkey import ADD, Device, options, signs_in

INSIDE, SIGN_IN, AGAIN = "/account/sessions/", "/account/sign-in/", "/account/confirm/"
WHO = st.sampled_from([0, 1, 2])


@dataclass
class Browser:
    """Somebody's browser; `proven` by what they did there since whatever ended all sessions last."""

    client: Client = field(default_factory=Client)
    proven: bool = False


class Machine(RuleBasedStateMachine):
    """One worker with three browsers, one of them a thief's who learns every password; two administrators who disagree."""

    there: Partnership

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.browsers = [Browser() for _ in range(3)]
        self.devices: list[Device] = []
        self.words = PASSWORD
        User.objects.filter(pk=self.worker.pk).update(set_up_until_on=timezone.localdate() + timedelta(days=3))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def worker(self) -> User:
        return User.objects.get(pk=self.there.users["idva"].pk)

    def by(self, who: int) -> User:
        return self.there.users[("administrator", "second-administrator", "officer")[who]]

    def all_end(self) -> None:
        for browser in self.browsers:
            browser.proven = False

    @rule(which=WHO)
    def types_the_password(self, which: int) -> None:
        browser = self.browsers[which]
        browser.client.post(SIGN_IN, {"login": self.worker.email, "password": self.words})
        browser.client.post(AGAIN, {"password": self.words})

    @rule(which=st.sampled_from([0, 1]))
    def adds_a_passkey(self, which: int) -> None:
        browser, device = self.browsers[which], Device()
        page = browser.client.get(ADD)
        if page.status_code == 200:
            answer = browser.client.post(ADD, {"name": "one", "credential": device.made(options(page))})
            if answer.status_code == 302:
                self.devices.append(device)
                browser.proven = True

    @rule(which=st.sampled_from([0, 1]), data=st.data())
    def shows_a_passkey(self, which: int, data: Any) -> None:
        if self.devices:
            browser = self.browsers[which]
            device = data.draw(st.sampled_from(self.devices))
            browser.client.logout()
            browser.proven = False
            if signs_in(browser.client, device).headers.get("Location") == "/":
                assert self.worker.is_active
                browser.proven = True

    @rule(who=WHO, leaving=st.booleans())
    def is_shut_out(self, who: int, leaving: bool) -> None:
        act = actions.propose_leave if leaving else actions.propose_reset
        try:
            act(user=self.worker, reason="Said so.", by=self.by(who), at=timezone.now())
        except Refused:
            return
        self.all_end()

    @rule(who=WHO, agrees=st.booleans())
    def is_decided(self, who: int, agrees: bool) -> None:
        for change in queries.waiting(self.by(0)):
            try:
                if agrees:
                    self.words = actions.confirm(change=change, why="Rang.", by=self.by(who), at=timezone.now()) or "-"
                    self.devices.clear()
                else:
                    actions.refuse(change=change, why="Rang.", by=self.by(who), at=timezone.now())
            except (Refused, StateRefused):
                continue
            assert change.proposed_by != self.by(who)

    @rule()
    def days_go_by(self) -> None:
        User.objects.filter(pk=self.worker.pk).update(set_up_until_on=timezone.localdate() - timedelta(days=1))

    @rule(role=st.sampled_from(["refuge", "specialist-worker"]))
    def changes_role(self, role: str) -> None:
        if User.objects.filter(pk=self.worker.pk).exclude(role=role).update(role=role):
            self.all_end()

    @invariant()
    def what_is_open_was_proven(self) -> None:
        for number, browser in enumerate(self.browsers):
            is_open = browser.client.get(INSIDE).status_code == 200
            assert is_open == browser.proven, f"browser {number} is {'open' if is_open else 'shut'}"


@pytest.mark.usefixtures("db")
def test_no_path_leads_in_without_a_factor(there: Partnership, settings: Any) -> None:
    settings.ALONGSIDE_DEMO = False
    settings.AXES_ENABLED = False  # a lock only ever refuses more; its own tests are in tests/apps/config
    settings.ACCOUNT_RATE_LIMITS = False
    there.users["second-administrator"] = User.objects.create_user(
        "b@alongside.example",
        None,
        name="B",
        agency=there.agencies["partnership"],
        role="partnership-administrator",
    )
    Machine.there = there
    run_state_machine_as_test(Machine, settings=BRIEF)


BRIEF = settings(
    max_examples=10,
    stateful_step_count=12,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
