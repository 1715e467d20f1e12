"""The page "What could be known": whose picture, of when; who may ask; and that it stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from random import Random
from uuid import uuid4

import pytest
from django.test import Client

from alongside.audit.testing import writing
from alongside.cases import actions as cases
from alongside.cases.models import Case, CaseMember
from alongside.casework.actions.referrals import Content, open_referral, send_referral
from alongside.casework.models import Referral
from alongside.duties import queries
from alongside.duties.actions import state_fact
from alongside.duties.again import rules_then
from alongside.gate.actions import close_ground, open_ground
from alongside.gate.models import Ground
from alongside.gate.viewing import Viewer
from alongside.policy import Outcome
from alongside.procedures.actions import adopt_choice
from tests.apps import partnership as invented
from tests.apps.duties.test_knowing import told
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import reads, words

SignIn = Callable[[str], Client]
HOUR = timedelta(hours=1)
CALLED = NOW - 30 * HOUR


@pytest.fixture
def case(there: Partnership) -> Case:
    """A call of yesterday afternoon."""
    return invented.call(there, at=CALLED)


def states(
    there: Partnership, case: Case, who: str, name: str, value: object, at: datetime, *, since: datetime
) -> None:
    by = there.users[who]
    state_fact(case=case, name=name, value=value, about=None, manner="answered", true_since=since, by=by, at=at)
    cases.changed(case=case, by=by, at=at)


def sends(there: Partnership, case: Case, facts: Mapping[str, str], at: datetime) -> Referral:
    child = case.members.get(role="child").person
    return send_referral(
        key=uuid4(),
        case=case,
        service="childrens-social-care",
        area=case.area,
        from_team=there.teams["response"],
        to_team=there.teams["csc"],
        about=[child],
        content=Content(account="What happened.", basis="protect-child", basis_reason="A child is at risk."),
        facts=[{"key": f"{name}:", "label": name, "value": value, "said_by": "x"} for name, value in facts.items()],
        by=there.users["officer"],
        at=at,
    )


def asks(client: Client, case: Case, agency: str, at: datetime) -> str:
    local = at.astimezone(tz=None)
    on = {"on_0": str(local.day), "on_1": str(local.month), "on_2": str(local.year), "on_3": f"{local:%H:%M}"}
    return words(client.get(f"/cases/{case.reference}/known/", {"agency": agency, **on}))


CSC = "coventry-childrens-social-care"


def test_what_was_not_known_then_says_until_when_and_why(case: Case, there: Partnership, at_desk: SignIn) -> None:
    states(there, case, "officer", "victim_pregnant", True, CALLED + HOUR, since=CALLED - 50 * HOUR)
    referral = sends(there, case, {"victim_pregnant": "yes"}, CALLED + 9 * HOUR)
    open_referral(referral=referral, by=there.users["manager"], at=CALLED + 10 * HOUR)
    sergeant = at_desk("sergeant")
    before = asks(sergeant, case, CSC, CALLED + 5 * HOUR)
    assert f"Nothing of this case could have been known to {there.agencies[CSC].name} then" in before
    after = asks(sergeant, case, CSC, CALLED + 9 * HOUR + timedelta(minutes=30))
    assert "it was sent a referral to children's social care, not opened by then" in after
    later = asks(sergeant, case, CSC, CALLED + 12 * HOUR)
    assert "first opened Monday 2 March, 2:20am" in later
    assert "Known in the case now, and not known to" in later
    assert "as far as Alongside can tell" in later, "what was not sent is still not known there"


def test_a_fact_with_an_earlier_date_was_not_known_before_it_was_entered(
    case: Case, there: Partnership, at_desk: SignIn
) -> None:
    officer = at_desk("officer")
    then = CALLED + 5 * HOUR
    before = asks(officer, case, "west-midlands-police", then)
    states(there, case, "officer", "victim_pregnant", True, CALLED + 20 * HOUR, since=CALLED - 90 * HOUR)
    after = asks(officer, case, "west-midlands-police", then)
    told = after.split("Known in the case now, and not known to")[1]
    assert "The victim is pregnant: yes" in told
    assert "true since Wednesday 25 February" in told
    assert "Not known to West Midlands Police until Monday 2 March, 12:20pm, when it recorded it itself." in told
    assert "Nobody had recorded it in Alongside before Monday 2 March, 12:20pm." in told
    facts = "facts that could have been known"
    assert before.split(facts)[1].split("rules that")[0] == after.split(facts)[1].split("rules that")[0]


def test_who_may_ask_for_whom(case: Case, there: Partnership, at_desk: SignIn) -> None:
    path = f"/cases/{case.reference}/known/"
    officer = at_desk("officer")
    assert "West Midlands Police, now" in words(officer.get(path))
    assert officer.get(path, {"agency": CSC}).status_code == 404, "an officer may not see who holds what"
    sends(there, case, {}, CALLED + HOUR)
    assert at_desk("sergeant").get(path, {"agency": CSC}).status_code == 200
    assert at_desk("sergeant").get(path, {"agency": "haven"}).status_code == 404, (
        "not in the case, as far as anybody knows"
    )
    assert at_desk("manager").get(path).status_code == 404, "a receiver sees the record, not the case"
    assert at_desk("auditor").get(path).status_code == 403
    assert reads("duties.known_by")


def test_a_moment_to_come_or_none_at_all_is_refused(case: Case, at_desk: SignIn) -> None:
    path = f"/cases/{case.reference}/known/"
    parts = {"agency": "west-midlands-police", "on_0": "3", "on_1": "3", "on_2": "2027", "on_3": "9:30pm"}
    page = at_desk("officer").get(path, parts)
    assert page.status_code == 422
    assert "That moment has not come yet" in words(page)
    assert at_desk("officer").get(path, parts | {"on_0": "", "on_1": "", "on_2": "", "on_3": ""}).status_code == 422


def test_before_the_case_there_was_nothing(case: Case, at_desk: SignIn) -> None:
    page = asks(at_desk("officer"), case, "west-midlands-police", CALLED - HOUR)
    assert "Nothing of this case was in Alongside then." in page


def test_what_follows_only_by_now_is_said_first(case: Case, there: Partnership, at_desk: SignIn) -> None:
    states(there, case, "officer", "adult_care_and_support_needs", True, CALLED + 20 * HOUR, since=CALLED)
    page = asks(at_desk("officer"), case, "west-midlands-police", CALLED + 5 * HOUR)
    later = page.split("Follows on all that is known now, and could not be seen then")[1].split(
        "Known in the case now"
    )[0]
    assert "It could not be told then." in later


def view(case: Case, there: Partnership, agency: str, at: datetime) -> object:
    """Everything known_to says, with what followed from it."""
    found = queries.history_of(case, Viewer(there.users["officer"], NOW)).known_to(there.agencies[agency].pk, at)
    if found.last is None:
        return None
    pack = rules_then(found.last)
    findings = found.findings(pack)
    return (
        told(found),
        pack.hash,
        {k: (f.outcome, f.about) for k, f in findings.items() if f.outcome != Outcome.DOES_NOT_FIRE},
    )


class Happening:
    """One thing after another, each a real act of somebody."""

    def __init__(self, there: Partnership, case: Case, random: Random) -> None:
        self.there, self.case, self.random = there, case, random

    def states(self, at: datetime) -> None:
        name = self.random.choice(["victim_pregnant", "weapon_used", "adult_care_and_support_needs"])
        since = at - self.random.randint(0, 100) * HOUR
        who = self.random.choice(["officer", "sergeant", "manager", "idva"])
        states(self.there, self.case, who, name, self.random.choice([True, False, None]), at, since=since)

    def sends(self, at: datetime) -> None:
        sends(self.there, self.case, {"victim_pregnant": "yes", "weapon_used": "no"}, at)

    def reads(self, at: datetime) -> None:
        for referral in Referral.objects.filter(case=self.case):
            open_referral(referral=referral, by=self.there.users["manager"], at=at)

    def opens(self, at: datetime) -> None:
        open_ground(
            subject_kind="case",
            subject_id=self.case.pk,
            viewer=self.there.agencies["haven"],
            ground="case-team",
            purpose="works on it",
            by=self.there.users["officer"],
            at=at,
        )

    def closes(self, at: datetime) -> None:
        ground = Ground.objects.filter(agency=self.there.agencies["haven"], closed_at__isnull=True).first()
        if ground:
            close_ground(ground=ground, why="over", by=self.there.users["officer"], at=at)

    def adds_a_child(self, at: datetime) -> None:
        person = self.case.members.get(role="victim").person
        with writing():
            person.pk, person._state.adding = uuid4(), True
            person.save(force_insert=True)
            CaseMember.objects.create(case=self.case, person=person, role="child")
        cases.changed(case=self.case, by=self.there.users["officer"], at=at)

    def adopts(self, at: datetime) -> None:
        """A choice of the partnership, in force from a day before."""
        self.there.users["administrator"].role = "policy-lead"
        adopt_choice(
            area=self.case.area,
            parameter="marac_ticks",
            value=self.random.choice([10, 12, 14]),
            reason="x",
            from_on=date(2026, 1, 1) + timedelta(days=at.hour + 24 * at.day),
            by=self.there.users["administrator"],
            at=at,
        )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_entered_later_an_earlier_view_stays_as_it_was(case: Case, there: Partnership, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    happening = Happening(there, case, random)
    acts = [
        happening.states,
        happening.sends,
        happening.reads,
        happening.opens,
        happening.closes,
        happening.adds_a_child,
    ]
    at, views = CALLED, {}
    for act in random.choices(acts, weights=[5, 2, 1, 2, 1, 1], k=8):
        at += HOUR
        act(at)
        for agency in ("west-midlands-police", CSC, "haven"):
            views[agency, at] = view(case, there, agency, at)
    happening.adopts(at + HOUR)
    for (agency, moment), before in views.items():
        assert view(case, there, agency, moment) == before, (agency, moment)
