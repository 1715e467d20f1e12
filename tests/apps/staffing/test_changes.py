"""One person's word takes access away, two give it; and the next request after is refused (T7, T23, T25)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import Client

from alongside.agencies import actions as agencies
from alongside.agencies.access import Refused
from alongside.agencies.models import Agency, Membership, User
from alongside.audit.api import StateRefused, SystemActor
from alongside.audit.models import Event
from alongside.audit.testing import writing
from alongside.outbox.models import Message
from alongside.staffing import actions, queries
from alongside.staffing.models import JOIN, StaffChange
from tests.apps.partnership import NOW, Partnership

SignIn = Callable[[str], Client]
WHY = "Their manager rang."
RANG = "I rang them on the number their agency gave us."
INSIDE = "/account/sessions/"


def joins(desk: Partnership, by: str = "administrator", **more: Any) -> StaffChange:
    said: dict[str, Any] = {"email": "New@Haven.example", "name": "N. Ew", "role": "specialist-worker"}
    said |= {"team": desk.teams["haven-idva"], "reason": WHY, "by": desk.users[by], "at": NOW}
    return actions.propose_join(**(said | more))


def leaves(desk: Partnership, who: str = "idva", by: str = "administrator") -> StaffChange:
    return actions.propose_leave(user=desk.users[who], reason=WHY, by=desk.users[by], at=NOW)


def resets(desk: Partnership, who: str = "idva", by: str = "administrator") -> StaffChange:
    return actions.propose_reset(user=desk.users[who], reason=WHY, by=desk.users[by], at=NOW)


def confirms(desk: Partnership, change: StaffChange, by: str = "second-administrator") -> str:
    return actions.confirm(change=change, why=RANG, by=desk.users[by], at=NOW)


def test_somebody_new_comes_in_on_two_words(desk: Partnership) -> None:
    change = joins(desk)
    assert not User.objects.filter(email__iexact="new@haven.example").exists()
    words = confirms(desk, change)
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", words)
    new = User.objects.get(email="new@haven.example")
    assert new.check_password(words)
    assert (new.agency.code, new.role, new.is_active) == ("haven", "specialist-worker", True)
    assert new.set_up_until_on == NOW.date() + timedelta(days=14)
    assert Membership.objects.get(user=new).team.code == "haven-idva"


def test_the_words_are_kept_nowhere(desk: Partnership) -> None:
    words = confirms(desk, joins(desk))
    kept = [*Event.objects.values_list("detail", flat=True), *StaffChange.objects.values_list("decided_why", flat=True)]
    assert not any(words in one for one in kept)


@pytest.mark.parametrize("make", [joins, leaves, resets])
def test_nobody_is_their_own_second_person(desk: Partnership, make: Any) -> None:
    change = make(desk)
    with pytest.raises(Refused, match="somebody else decides"):
        confirms(desk, change, by="administrator")
    with pytest.raises(Refused, match="somebody else decides"):
        actions.refuse(change=change, why=RANG, by=desk.users["administrator"], at=NOW)


def test_the_database_holds_it_too(desk: Partnership) -> None:
    change = leaves(desk)
    with writing(), pytest.raises(IntegrityError), transaction.atomic():
        StaffChange.objects.filter(pk=change.pk).update(
            state="confirmed", decided_by=desk.users["administrator"], decided_at=NOW
        )


@pytest.mark.parametrize("make", [leaves, resets])
def test_nobody_decides_about_themselves(desk: Partnership, make: Any) -> None:
    with pytest.raises(Refused, match="for themselves"):
        make(desk, who="administrator")
    change = make(desk, who="second-administrator")
    User.objects.filter(pk=desk.users["second-administrator"].pk).update(is_active=True)
    desk.users["second-administrator"].refresh_from_db()
    with pytest.raises(Refused, match="about you"):
        confirms(desk, change)


@pytest.mark.parametrize("by", ["officer", "sergeant", "manager", "idva", "auditor"])
def test_others_say_and_decide_nothing(desk: Partnership, by: str) -> None:
    with pytest.raises(Refused, match="may not"):
        joins(desk, by=by)
    with pytest.raises(Refused, match="may not"):
        leaves(desk, by=by, who="second")
    with pytest.raises(Refused, match="may not"):
        confirms(desk, joins(desk), by=by)


def test_a_lead_looks_after_their_own_agency_and_no_office_of_the_partnership(desk: Partnership) -> None:
    with pytest.raises(Refused, match="not for"):
        leaves(desk, who="officer", by="lead")
    with pytest.raises(Refused, match="not for"):
        confirms(desk, resets(desk, who="officer"), by="lead")
    with pytest.raises(Refused, match="give or take this role"):
        joins(desk, by="lead", role="partnership-administrator")
    with pytest.raises(Refused, match="give or take this role"):
        confirms(desk, joins(desk, role="auditor"), by="lead")
    assert confirms(desk, joins(desk, by="lead", email="b@haven.example"), by="other-lead")


@pytest.mark.parametrize("make", [leaves, resets])
def test_access_ends_on_one_word_at_the_next_request(desk: Partnership, at_desk: SignIn, make: Any) -> None:
    client = at_desk("idva")
    assert client.get(INSIDE).status_code == 200
    make(desk)
    assert client.get(INSIDE).url.startswith("/account/sign-in/")


def test_a_leaver_is_confirmed_afterwards(desk: Partnership) -> None:
    Authenticator.objects.create(user=desk.users["idva"], type="totp", data={})
    assert confirms(desk, leaves(desk)) == ""
    gone = User.objects.get(pk=desk.users["idva"].pk)
    assert not gone.is_active
    assert not gone.has_usable_password()
    assert not Authenticator.objects.filter(user=gone).exists()
    assert not gone.memberships.filter(until_on__isnull=True).exists()


@pytest.mark.parametrize("make", [leaves, resets])
def test_a_second_person_who_knows_better_lets_them_in_as_before(desk: Partnership, at_desk: SignIn, make: Any) -> None:
    client = at_desk("idva")
    actions.refuse(change=make(desk), why=RANG, by=desk.users["second-administrator"], at=NOW)
    back = User.objects.get(pk=desk.users["idva"].pk)
    assert back.is_active
    assert back.password == desk.users["idva"].password
    assert client.get(INSIDE).status_code == 302, "a session of before came to life again"


def test_a_reset_leaves_nothing_of_before_and_tells_the_person(desk: Partnership, at_desk: SignIn) -> None:
    client = at_desk("idva")
    Authenticator.objects.create(user=desk.users["idva"], type="totp", data={})
    change = resets(desk)
    words = confirms(desk, change)
    user = User.objects.get(pk=desk.users["idva"].pk)
    assert user.is_active
    assert user.check_password(words)
    assert not Authenticator.objects.filter(user=user).exists()
    assert client.get(INSIDE).status_code == 302
    letter = Message.objects.get(key=f"sign-in-reset:{change.pk}")
    assert (letter.recipient, letter.template) == (f"user:{user.pk}", "sign_in_changed")


def test_a_reset_does_not_bring_back_somebody_who_left(desk: Partnership) -> None:
    confirms(desk, leaves(desk))
    desk.users["idva"].refresh_from_db()
    with pytest.raises(Refused, match="closed"):
        resets(desk)
    change = joins(desk, email=desk.users["idva"].email, name="Ash Idva")
    confirms(desk, change)
    back = User.objects.get(pk=desk.users["idva"].pk)
    assert change.user == back
    assert back.is_active


def test_only_what_gives_nothing_is_taken_back_alone(desk: Partnership) -> None:
    change = joins(desk)
    with pytest.raises(Refused, match="Only who proposed"):
        actions.take_back(change=change, by=desk.users["second-administrator"], at=NOW)
    actions.take_back(change=change, by=desk.users["administrator"], at=NOW)
    with pytest.raises(StateRefused):
        confirms(desk, change)
    with pytest.raises(Refused, match="Only who proposed"):
        actions.take_back(change=leaves(desk), by=desk.users["administrator"], at=NOW)


def test_it_is_decided_once(desk: Partnership) -> None:
    change = joins(desk)
    stale = StaffChange.objects.get(pk=change.pk)
    confirms(desk, change)
    with pytest.raises(StateRefused):
        confirms(desk, stale)
    with pytest.raises(StateRefused):
        actions.refuse(change=stale, why=RANG, by=desk.users["second-administrator"], at=NOW)
    assert User.objects.filter(email="new@haven.example").count() == 1


def test_one_thing_at_a_time_waits_about_somebody(desk: Partnership) -> None:
    joins(desk)
    with pytest.raises(Refused, match="waits for a second person already"):
        joins(desk, by="second-administrator")
    change = leaves(desk)
    User.objects.filter(pk=change.user_id).update(is_active=True)
    desk.users["idva"].refresh_from_db()
    with pytest.raises(Refused, match="waits for a second person already"):
        resets(desk)


def test_an_address_in_use_is_not_given_twice(desk: Partnership) -> None:
    with pytest.raises(Refused, match="signs in with this address"):
        joins(desk, email=desk.users["idva"].email.upper())
    change = joins(desk)
    User.objects.create_user("NEW@haven.example", None, name="X", agency=desk.agencies["haven"], role="refuge")
    with pytest.raises(Refused, match="signs in with this address"):
        confirms(desk, change)


def test_reasons_are_asked_for(desk: Partnership) -> None:
    with pytest.raises(Refused, match="why"):
        joins(desk, reason="  ")
    with pytest.raises(StateRefused, match="Say why"):
        actions.confirm(change=joins(desk), why=" ", by=desk.users["second-administrator"], at=NOW)


def test_whoever_can_be_the_second_person_is_told_and_nobody_else(desk: Partnership) -> None:
    change = joins(desk)
    told = set(Message.objects.filter(key__startswith=f"staff-change:{change.pk}").values_list("recipient", flat=True))
    seconds = ("second-administrator", "lead", "other-lead")
    assert told == {f"user:{desk.users[name].pk}" for name in seconds}
    assert set(queries.seconds(change)) == {desk.users[name] for name in seconds}


@pytest.mark.parametrize(
    "moved",
    [{"role": "refuge"}, {"agency": "partnership"}, {"sessions_ended": 1}, {"password": "!"}, {"is_active": False}],
)
def test_every_session_ends_with_any_change_of_who_somebody_is(
    desk: Partnership, at_desk: SignIn, moved: dict[str, Any]
) -> None:
    """By whatever way the change came: no act need remember to end them."""
    clients = [at_desk("idva"), at_desk("idva")]
    assert all(client.get(INSIDE).status_code == 200 for client in clients)
    if "agency" in moved:
        moved = {"agency": Agency.objects.get(code=moved["agency"])}
    User.objects.filter(pk=desk.users["idva"].pk).update(**moved)
    assert all(client.get(INSIDE).status_code == 302 for client in clients)


class TestOperator:
    """Whoever runs the platform gives the first ones words to begin with, and then no more."""

    def begins(self, user: User) -> User:
        return agencies.set_password(user=user, password="seven quiet herons", by=SystemActor("operator"), at=NOW)

    def test_until_two_administrators_can_sign_in(self, desk: Partnership) -> None:
        assert self.begins(desk.users["administrator"]).set_up_until_on
        for name in ("administrator", "second-administrator"):
            self.begins(desk.users[name])
            Authenticator.objects.create(user=desk.users[name], type="webauthn", data={})
        with pytest.raises(Refused, match="Two administrators"):
            self.begins(desk.users["idva"])
        leaves(desk, who="second-administrator")
        assert self.begins(desk.users["idva"])

    def test_what_they_had_before_is_gone(self, desk: Partnership, at_desk: SignIn) -> None:
        client = at_desk("idva")
        Authenticator.objects.create(user=desk.users["idva"], type="totp", data={})
        self.begins(User.objects.get(pk=desk.users["idva"].pk))
        assert not Authenticator.objects.exists()
        assert client.get(INSIDE).status_code == 302


def test_every_change_is_in_the_audit(desk: Partnership) -> None:
    confirms(desk, joins(desk))
    actions.refuse(change=leaves(desk), why=RANG, by=desk.users["second-administrator"], at=NOW)
    names = set(Event.objects.values_list("name", flat=True))
    assert {
        "staffing.join_proposed",
        "staffing.change_confirmed",
        "staffing.leave_proposed",
        "staffing.change_refused",
    } <= names
    assert not any(
        "haven.example" in event.detail or "Ash" in event.detail
        for event in Event.objects.filter(name__startswith="staffing.")
    )
    assert StaffChange.objects.filter(kind=JOIN, state="confirmed").count() == 1
