"""Saying and deciding who works here; ending sessions; ways of signing in."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import IntegrityError

from alongside.agencies import actions as agencies
from alongside.agencies import hooks
from alongside.agencies.access import Refused
from alongside.agencies.models import Team, User
from alongside.audit.api import SystemActor, action, record, unit_of_work
from alongside.outbox.api import SIGN_IN_CHANGED, post
from alongside.staffing import access, queries, states
from alongside.staffing.models import JOIN, LEAVE, RESET, StaffChange

# Letters and figures that nobody takes for one another when they are read out: 16 of them are beyond guessing.
SPOKEN = "abcdefghjkmnpqrstuvwxyz23456789"


@action("staffing.join_proposed")
def propose_join(
    *, email: str, name: str, role: str, team: Team, reason: str, subject: str = "", by: User, at: datetime
) -> StaffChange:
    """Say that somebody starts to work in a team. Nothing opens until another person has confirmed it. `subject` is who they are in the
    directory of the agency, for an agency that signs its staff in itself."""
    access.check_may_change(by, team.agency, role)
    if User.objects.filter(email__iexact=email, is_active=True).exists():
        raise Refused("Somebody signs in with this address already. Nothing was changed.")
    said = {"kind": JOIN, "agency": team.agency, "email": email.lower(), "name": name, "role": role, "team": team}
    change = _propose(said | {"subject": subject}, reason, by, at)
    record(change, by=by, at=at, role=role, team=team.code)
    return change


@action("staffing.leave_proposed")
def propose_leave(*, user: User, reason: str, by: User, at: datetime) -> StaffChange:
    """Say that somebody has left: their access ends now, on one person's word; another confirms it afterwards."""
    access.check_about(by, user)
    if not user.is_active:
        raise Refused("This account is closed already. Nothing was changed.")
    change = _propose({"kind": LEAVE, "agency": user.agency, "user": user}, reason, by, at)
    _shut(user)
    record(change, by=by, at=at, user=user.pk)
    return change


@action("staffing.reset_proposed")
def propose_reset(*, user: User, reason: str, by: User, at: datetime) -> StaffChange:
    """Say that somebody has to set up signing in anew, because a device or a password is lost or known to others: their access ends
    now, and another person opens it again."""
    access.check_about(by, user)
    if not user.is_active:
        raise Refused("This account is closed: say that they start to work here. Nothing was changed.")
    change = _propose({"kind": RESET, "agency": user.agency, "user": user}, reason, by, at)
    _shut(user)
    record(change, by=by, at=at, user=user.pk)
    return change


@action("staffing.change_confirmed")
def confirm(*, change: StaffChange, why: str, by: User, at: datetime) -> str:
    """A second person confirms, and says how they made sure. For a joiner and a reset the words to begin with come back, once: they are
    given to the person by voice, and open nothing but the page where a passkey is set up."""
    access.check_is_second(by, change)
    states.CHANGE.move(change, to="confirmed", by=by, at=at, why=why)
    words = {JOIN: _joined, LEAVE: _left, RESET: _reset}[change.kind](change, by, at)
    _decided(change, why, by, at)
    record(change, by=by, at=at, kind=change.kind, user=change.user_id)
    return words


@action("staffing.change_refused")
def refuse(*, change: StaffChange, why: str, by: User, at: datetime) -> None:
    """A second person does not confirm: nobody new comes in, and who was shut out signs in again as before."""
    access.check_is_second(by, change)
    states.CHANGE.move(change, to="refused", by=by, at=at, why=why)
    if change.user is not None:
        change.user.is_active = True
        change.user.save(update_fields=["is_active"])
    _decided(change, why, by, at)
    record(change, by=by, at=at, kind=change.kind, user=change.user_id)


@action("staffing.change_taken_back")
def take_back(*, change: StaffChange, by: User, at: datetime) -> None:
    """Who proposed somebody new takes it back. What shut somebody out is not taken back alone: that would open it on one word."""
    if change.proposed_by_id != by.pk or change.kind != JOIN:
        raise Refused("Only who proposed somebody new takes that back; anything else a second person decides.")
    states.CHANGE.move(change, to="taken-back", by=by, at=at)
    _decided(change, "", by, at)
    record(change, by=by, at=at)


@action("staffing.session_ended")
def end_session(*, session: UserSession, by: User, at: datetime) -> None:
    """End one of one's own sessions, wherever it is open."""
    if session.user_id != by.pk:
        raise Refused("This is not a session of yours. Nothing was changed.")
    session.end()
    record(by, by=by, at=at)


@action("staffing.signed_in")
def sign_in(*, user: User, how: str, by: User, at: datetime) -> None:
    """A proof of who somebody is was shown and fitted: `how` is password, webauthn, totp or the way of a directory."""
    record(user, by=by, at=at, how=how)


@action("staffing.signed_out")
def sign_out(*, user: User, by: User, at: datetime) -> None:
    """A session ended."""
    record(user, by=by, at=at)


@action("staffing.sign_in_refused")
def refuse_sign_in(*, user: User | None, how: str, by: SystemActor, at: datetime) -> None:
    """A proof did not fit. What was typed is kept nowhere: it may be a password in the wrong place."""
    record(_account(user), by=by, at=at, how=how)


@action("staffing.locked_out")
def lock_out(*, user: User | None, by: SystemActor, at: datetime) -> None:
    """So many proofs did not fit that the account waits."""
    record(_account(user), by=by, at=at)


def signing_in(user: User | None) -> SystemActor:
    """Who says that somebody could not sign in: nobody is known yet, so it is the site, on the chain of the account's agency."""
    return SystemActor("sign-in", user.audit_chain) if user else SystemActor("sign-in")


def _account(user: User | None) -> User | tuple[str, str]:
    return user or ("agencies.user", "no account")


@action("staffing.factor_added")
def add_factor(*, user: User, kind: str, by: User, at: datetime) -> None:
    """A passkey or an app was set up. With the first passkey the words somebody began with stop working."""
    if kind == "webauthn" and user.set_up_until_on is not None and user.has_usable_password():
        user.set_unusable_password()
        user.save(update_fields=["password"])
    record(user, by=by, at=at, kind=kind)


@action("staffing.factor_removed")
def remove_factor(*, user: User, kind: str, by: User, at: datetime) -> None:
    """A passkey or an app was removed by its owner."""
    record(user, by=by, at=at, kind=kind)


def _propose(said: dict[str, Any], reason: str, by: User, at: datetime) -> StaffChange:
    """Keep what is said, and tell everybody who could be the second person."""
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was changed.")
    try:
        with unit_of_work():
            change = StaffChange.objects.create(**said, reason=reason.strip(), proposed_at=at, proposed_by=by)
    except IntegrityError:
        raise Refused("Something about this person waits for a second person already. Nothing was changed.") from None
    states.CHANGE.bulk_open([change], by=by, at=at)
    for second in queries.seconds(change):
        post(to=f"user:{second.pk}", key=f"staff-change:{change.pk}:{second.pk}", by=by, at=at)
    return change


def _decided(change: StaffChange, why: str, by: User, at: datetime) -> None:
    change.decided_at, change.decided_by, change.decided_why = at, by, why.strip()
    change.save(update_fields=["decided_at", "decided_by", "decided_why", "user"])


def _shut(user: User) -> None:
    """At once: the next request of every session of theirs is refused."""
    user.is_active = False
    user.sessions_ended += 1
    user.save(update_fields=["is_active", "sessions_ended"])


def _joined(change: StaffChange, by: User, at: datetime) -> str:
    user = User.objects.filter(email__iexact=change.email).first()
    if user is not None and user.is_active:
        raise Refused("Somebody signs in with this address already. Nothing was changed.")
    has_moved = user is not None and user.agency_id != change.agency_id
    user = user or User(email=change.email)
    user.name, user.agency, user.role = change.name, change.agency, change.role
    words = _begin(user, at, by_directory=bool(change.subject))
    if change.subject:
        _bind(user, change)
    for listener in hooks.MOVED if has_moved else ():
        listener(user=user, by=by, at=at)
    agencies.bring_to_teams(user=user, teams={change.team_id} if change.team_id else set(), at=at)
    change.user = user
    return words


def _left(change: StaffChange, by: User, at: datetime) -> str:
    user = _whose(change)
    agencies.bring_to_teams(user=user, teams=set(), at=at)
    agencies.forget_factors(user=user)
    return ""


def _reset(change: StaffChange, by: User, at: datetime) -> str:
    user = _whose(change)
    words = _begin(user, at)
    post(to=f"user:{user.pk}", key=f"sign-in-reset:{change.pk}", template=SIGN_IN_CHANGED, by=by, at=at)
    return words


def _whose(change: StaffChange) -> User:
    if change.user is None:
        raise Refused("Nobody is named in this change. Nothing was changed.")
    return change.user


def _bind(user: User, change: StaffChange) -> None:
    """To one directory and one person in it, said by two people: what the directory says of addresses counts for nothing."""
    if SocialAccount.objects.filter(provider=change.agency.code, uid=change.subject).exists():
        raise Refused("Somebody else is bound to this identifier of the directory already. Nothing was changed.")
    SocialAccount.objects.create(user=user, provider=change.agency.code, uid=change.subject)


def _begin(user: User, at: datetime, *, by_directory: bool = False) -> str:
    """From here somebody sets up a passkey; nothing they signed in with before counts any more."""
    words = "" if by_directory else "-".join("".join(secrets.choice(SPOKEN) for _ in range(4)) for _ in range(4))
    user.is_active = True
    agencies.begin_signing_in(user=user, password=words or None, at=at)
    return words
