"""Saying whom one is close to, keeping somebody apart, and what two leads together see or lift."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Agency, User
from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.gate.actions import keep_apart, lift_block
from alongside.outbox.api import STAFF, post
from alongside.people import matching
from alongside.people.records import PersonSaid
from alongside.sharing.conflicts import access, queries
from alongside.sharing.conflicts.models import CarryOn, CloseKey, ClosePerson, Conflict, TwoLeads
from alongside.sharing.conflicts.queries import finding


@action("sharing.closeness_declared")
def declare(*, relation: str, said: PersonSaid, by: User, at: datetime) -> ClosePerson:
    """Say who one is, or whom one is close to. Whatever case they are in is closed to whoever said it, at once and without a word."""
    keys = matching.telling(said)
    if not keys:
        raise Refused(
            "Nobody can be found by this alone. Give the name with the date of birth, or a telephone number, or the number "
            "of the house with the postcode. Nothing was kept."
        )
    close = ClosePerson.objects.create(user=by, relation=relation, said=finding.sealed(said), declared_on=at)
    CloseKey.objects.bulk_create(CloseKey(close=close, key=key) for key in sorted(keys))
    _keep_found_apart(finding.of_close(close), by, at)
    record(close, by=by, at=at, relation=relation)
    return close


def look_in(*, case: Case, by: User, at: datetime) -> None:
    """After each change of a case: whoever is close to somebody in it sees nothing of it from now on."""
    _keep_found_apart(finding.in_case(case), by, at)


def _keep_found_apart(found: Iterable[finding.Closeness], by: User, at: datetime) -> None:
    for one in found:
        # Where two leads lifted this very closeness it stays lifted.
        if not Conflict.objects.filter(user=one.close.user, case_id=one.case, close=one.close).exists():
            case = Case.objects.get(pk=one.case)
            close_case(user=one.close.user, case=case, how="found", close=one.close, agrees=one.agrees, by=by, at=at)


@action("sharing.conflict_opened")
def close_case(
    *,
    user: User,
    case: Case,
    how: str,
    reason: str = "",
    close: ClosePerson | None = None,
    agrees: Iterable[str] = (),
    by: User,
    at: datetime,
) -> Conflict:
    """Keep somebody apart from a case, and ask their leads to see that it is carried on. The same again adds nothing."""
    row, is_new = Conflict.objects.get_or_create(
        user=user,
        case=case,
        lifted_on=None,
        defaults={
            "how": how,
            "reason": reason,
            "close": close,
            "agrees": list(agrees),
            "opened_at": at,
            "opened_by": by,
        },
    )
    if is_new:
        keep_apart(user=user, subject_kind="case", subject_id=case.pk, by=by, at=at)
        _ask_to_carry_on(row, user.agency, by, at)
    record(row, by=by, at=at, how=how)
    return row


@action("sharing.conflict_declared")
def declare_case(*, case: Case, reason: str, by: User, at: datetime) -> Conflict:
    """Say that one is close to somebody in this case: it is closed to whoever says it."""
    if not reason.strip():
        raise Refused("Say in a sentence who they are to you. Nothing was changed, and the case is still open to you.")
    row = close_case(user=by, case=case, how="declared", reason=reason, by=by, at=at)
    record(case, by=by, at=at)
    return row


@action("sharing.conflict_told")
def tell(*, user: User, case: Case, reason: str, by: User, at: datetime) -> Conflict:
    """A lead was told that somebody on the staff is close to a party: one lead is enough to keep them apart."""
    check_may(by, "keep_conflicts")
    if user.pk == by.pk:
        raise Refused("For yourself, say it on the case. Nothing was changed.")
    if not reason.strip():
        raise Refused("Say in a sentence who told you, and what. Nothing was changed.")
    row = close_case(user=user, case=case, how="told", reason=reason, by=by, at=at)
    record(case, by=by, at=at)
    return row


@action("sharing.carried_on")
def carry_on(*, task: CarryOn, how: str, by: User, at: datetime) -> CarryOn:
    """A lead saw to it that somebody else does the work."""
    check_may(by, "keep_conflicts")
    row = CarryOn.objects.select_for_update().select_related("conflict").get(pk=task.pk)
    if row.agency_id != by.agency_id or row.conflict.user_id == by.pk:
        raise Refused("Nothing we can show you. This is not a nil return. Nothing was changed.")
    if row.done_at is not None:
        raise Refused("A colleague answered this already. Nothing was changed.")
    if not how.strip():
        raise Refused("Say in a sentence who carries it on. Nothing was changed.")
    row.done_at, row.done_by, row.done_how = at, by, how.strip()
    row.save(update_fields=["done_at", "done_by", "done_how"])
    record(row, by=by, at=at)
    return row


@action("sharing.conflict_asked")
def ask(*, conflict: Conflict, what: str, reason: str, by: User, at: datetime) -> TwoLeads:
    """Ask to see whom a conflict is about, or to lift it: a lead of another agency answers."""
    access.check_may_keep(by, conflict)
    if not reason.strip():
        raise Refused("Say in a sentence why. Nothing was asked.")
    if conflict.lifted_on is not None:
        raise Refused("This was lifted already. Nothing was asked.")
    waiting = TwoLeads.objects.filter(conflict=conflict, what=what, agreed__isnull=True).first()
    row = waiting or TwoLeads.objects.create(conflict=conflict, what=what, reason=reason, asked_at=at, asked_by=by)
    if waiting is None:
        for lead in queries.leads_elsewhere(by.agency, conflict):
            _notify(f"conflict:{row.pk}:{lead.pk}", lead, by, at)
    record(row, by=by, at=at, what=what)
    return row


@action("sharing.conflict_answered")
def answer(*, asked: TwoLeads, agreed: bool, by: User, at: datetime) -> TwoLeads:
    """A lead of another agency agrees, or does not. Agreed to lift: the case is open to them again as far as grounds go."""
    row = TwoLeads.objects.select_for_update().select_related("conflict__user", "asked_by").get(pk=asked.pk)
    access.check_may_answer(by, row)
    row.agreed, row.answered_at, row.answered_by = agreed, at, by
    row.save(update_fields=["agreed", "answered_at", "answered_by"])
    if agreed and row.what == "lift" and row.conflict.lifted_on is None:
        held = row.conflict
        held.lifted_on = at
        held.save(update_fields=["lifted_on"])
        lift_block(user=held.user, subject_kind="case", subject_id=held.case_id, by=by, at=at)
    record(row, by=by, at=at, agreed=agreed)
    return row


def _ask_to_carry_on(conflict: Conflict, agency: Agency, by: User, at: datetime) -> None:
    """The leads of the person's own agency; where it has none, those of the others who may see the case."""
    leads = queries.leads_to_ask(agency, conflict, at)
    for asked in {lead.agency_id: lead.agency for lead in leads}.values():
        CarryOn.objects.create(conflict=conflict, agency=asked, asked_on=at)
    for lead in leads:
        _notify(f"carry-on:{conflict.pk}:{lead.pk}", lead, by, at)


def _notify(key: str, lead: User, by: User, at: datetime) -> None:
    """A mail that says only that something waits."""
    post(key=key, to=f"user:{lead.pk}", template=STAFF, by=by, at=at)
