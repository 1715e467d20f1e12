"""Random histories of consent, decisions, second looks, agreements and the clock: after each step what every team can read is what an
independent account of them says. The account knows no grounds and no doors; it keeps a list and asks it anew each time.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.cases import hooks
from alongside.cases.models import Case
from alongside.casework.models import ActRecord
from alongside.clock import in_london
from alongside.gate.viewing import TeamView, Viewer
from alongside.sharing.actions import Weighed, disclose, keep_back, record_consent
from alongside.sharing.agreements.actions import add_agreement, end_agreement, renew_agreement
from alongside.sharing.agreements.models import Agreement
from alongside.sharing.decisions import queries
from alongside.sharing.decisions.actions import review_share
from alongside.sharing.models import Disclosure, ShareReview
from tests.apps.partnership import NOW, Partnership
from tests.apps.sharing.deciding import act_of

EXAMPLES = int(os.environ.get("SHARING_HISTORIES", "6"))
STEPS = 14
TEAMS = ("csc", "mash", "haven-idva", "asc", "walsall-csc")
BASES = ("consent", "protect-child", "protect-adult")
teams, days = st.sampled_from(TEAMS), st.integers(1, 30)


@dataclass
class Told:
    """A decision as the account knows it. `record` is 0 or 1; None is the case itself."""

    row: Disclosure
    record: int | None
    team: str
    person: str
    basis: str
    look_again: date
    lives: bool = True
    asked: bool = False


@dataclass
class Signed:
    """An agreement between the police and a team's agency."""

    row: Agreement
    agency: object
    last: date
    ended: bool = False


class Account:
    """What each team may read, from the list alone."""

    def __init__(self, ends_at_review: bool) -> None:
        self.ends_at_review = ends_at_review
        self.told: list[Told] = []
        self.signed: list[Signed] = []
        self.words: dict[str, str] = {}

    def stands(self, one: Told, agency: object, day: date) -> bool:
        if not one.lives or (self.ends_at_review and day > one.look_again):
            return False
        return one.record is not None or self.is_covered(agency, day)

    def is_covered(self, agency: object, day: date) -> bool:
        return any(one.agency == agency and not one.ended and day <= one.last for one in self.signed)

    def reads(self, team: str, agency: object, day: date) -> tuple[bool, set[int]]:
        open_to = [one for one in self.told if one.team == team and self.stands(one, agency, day)]
        whole = any(one.record is None for one in open_to)
        return whole, {0, 1} if whole else {one.record for one in open_to if one.record is not None}

    def said(self, person: str, status: str) -> None:
        before, self.words[person] = self.words.get(person, ""), status
        if status != "withdrawn" and not (status == "refused" and before == "given"):
            return
        for one in self.told:
            one.asked = one.asked or one.lives
            one.lives = one.lives and not (one.basis == "consent" and one.person == person)


class Histories(RuleBasedStateMachine):
    there: Partnership
    case: Case
    records: list[ActRecord]
    patch: pytest.MonkeyPatch

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.at = NOW
        self.people = {role: self.case.members.get(role=role).person for role in ("victim", "child")}
        self.by: User = self.there.users["officer"]
        self.account = Account(False)
        self.patch.setattr(queries, "ends_at_review", lambda case, at: False)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @property
    def today(self) -> date:
        return in_london(self.at).date()

    @initialize(after=days, ends=st.booleans())
    def something_stands_already(self, after: int, ends: bool) -> None:
        """A case opened under an agreement, and a share on consent: what can end by the clock and by a word is there from the start."""
        self.account.ends_at_review = ends
        self.patch.setattr(queries, "ends_at_review", lambda case, at: ends)
        self.somebody_signs(team="csc", after=after)
        self.somebody_shares(record=None, team="csc", basis="protect-child", after=30, whose="victim")
        self.somebody_shares(record=0, team="haven-idva", basis="consent", after=30, whose="victim")

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 3, 24 * 10, 24 * 40]))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)

    @rule(person=st.sampled_from(["victim", "child"]), status=st.sampled_from(["given", "withdrawn", "refused", ""]))
    def somebody_says(self, person: str, status: str) -> None:
        self.at += timedelta(seconds=1)  # nobody says two things in one instant
        record_consent(
            case=self.case, person=self.people[person], purpose="referral", status=status, by=self.by, at=self.at
        )
        self.account.said(person, status)

    @rule(
        record=st.sampled_from([0, 1, None]),
        team=teams,
        basis=st.sampled_from(BASES),
        after=days,
        whose=st.sampled_from(["victim", "child"]),
    )
    def somebody_shares(self, record: int | None, team: str, basis: str, after: int, whose: str) -> None:
        look_again, to = self.today + timedelta(days=after), self.there.teams[team]
        subject: Any = self.case if record is None else self.records[record]
        allowed = record is not None or self.account.is_covered(to.agency_id, self.today)
        given: dict[str, Any] = {
            "purpose": "x",
            "reason": "y",
            "what": [],
            "consent": "given",
            "person": self.people[whose],
        }
        given |= {"basis": basis, "weighed": Weighed(review_on=look_again), "by": self.by, "at": self.at}
        try:
            row = disclose(case=self.case, subject=subject, to_team=to, **given)
        except Refused:
            assert not allowed
            return
        assert allowed
        self.account.told.append(Told(row, record, team, whose, basis, look_again))

    @rule(record=st.sampled_from([0, 1]), team=teams)
    def somebody_keeps_back(self, record: int, team: str) -> None:
        to = self.there.teams[team]
        keep_back(
            case=self.case, subject=self.records[record], to_team=to, purpose="x", reason="y", by=self.by, at=self.at
        )

    @rule(data=st.data(), after=days, end=st.booleans())
    @precondition(lambda self: self.account.told)
    def somebody_looks_again(self, data: st.DataObject, after: int, end: bool) -> None:
        one = data.draw(st.sampled_from(self.account.told))
        outcome = ("ended" if end else "goes-on") if one.lives else "stays-ended"
        next_on = self.today + timedelta(days=after)
        given: dict[str, Any] = {"decision": one.row, "outcome": outcome, "reason": "z", "freely": "not-known"}
        review_share(**given, next_on=next_on, by=self.by, at=self.at)
        one.asked = False
        if outcome == "goes-on":
            one.look_again = next_on
        elif outcome == "ended":
            one.lives = False

    @rule(team=teams, after=days)
    def somebody_signs(self, team: str, after: int) -> None:
        agency, last = self.there.teams[team].agency, self.today + timedelta(days=after)
        row = add_agreement(
            name="A",
            scope="B",
            parties=[self.by.agency, agency],
            signed_on=self.today,
            review_on=last,
            by=self.there.users["governance"],
            at=self.at,
        )
        self.account.signed.append(Signed(row, agency.pk, last))

    @rule(data=st.data(), after=days, end=st.booleans())
    @precondition(lambda self: any(not one.ended for one in self.account.signed))
    def somebody_renews_or_ends(self, data: st.DataObject, after: int, end: bool) -> None:
        one = data.draw(st.sampled_from([one for one in self.account.signed if not one.ended]))
        lead, last = self.there.users["governance"], self.today + timedelta(days=after)
        if end:
            end_agreement(agreement=one.row, reason="x", by=lead, at=self.at)
            one.ended = True
        else:
            renew_agreement(agreement=one.row, review_on=last, reason="x", by=lead, at=self.at)
            one.last = last

    @invariant()
    def every_team_reads_what_the_account_says(self) -> None:
        for name in TEAMS:
            team = self.there.teams[name]
            whole, records = self.account.reads(name, team.agency_id, self.today)
            assert self.read_by(TeamView(team, self.at)) == (whole, records), (name, self.at)
        officer = self.read_by(Viewer(self.by, self.at))
        assert officer == (True, {0, 1}), "the police keep their own"

    def read_by(self, viewer: Viewer | TeamView) -> tuple[bool, set[int]]:
        seen = set(ActRecord.objects.visible_to(viewer).values_list("pk", flat=True))
        return Case.objects.visible_to(viewer).exists(), {n for n, one in enumerate(self.records) if one.pk in seen}

    @invariant()
    def whoever_must_look_again_is_asked_once(self) -> None:
        waiting = sorted(ShareReview.objects.filter(answered_at=None).values_list("disclosure", flat=True))
        assert waiting == sorted(one.row.pk for one in self.account.told if one.asked)


def test_what_every_team_reads_rests_on_live_decisions(
    case: Case, there: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "CHANGED", [])  # what is owed has tests of its own, and takes long

    class Here(Histories):
        pass

    Here.there, Here.case, Here.patch = there, case, monkeypatch
    Here.records = [act_of(there, case, "one"), act_of(there, case, "two")]
    many = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None, phases=[Phase.generate]
    )
    run_state_machine_as_test(Here, settings=settings(many, suppress_health_check=list(HealthCheck)))
