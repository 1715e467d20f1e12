"""Beginning, keeping, dropping and sending a draft."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.duties.actions import state_fact
from alongside.gate.actions import close_grounds, open_ground
from alongside.intake.actions import receive
from alongside.intake.drafts import first
from alongside.intake.drafts.content import Item, Told, read
from alongside.intake.drafts.models import Draft, UnsentCall
from alongside.intake.drafts.notification import content_of
from alongside.intake.drafts.watching import watch
from alongside.intake.models import KINDS


@action("intake.draft_begun")
def begin(*, kind: str, by: User, at: datetime) -> Draft:
    """Begin to record a call. A draft of that kind nobody has typed into yet is taken up again: a second press makes no second one."""
    access.check_may(by, "notify")
    if kind not in dict(KINDS):
        raise Refused("That is not one of the kinds of call. Nothing was begun.")
    empty = Draft.objects.filter(began_by=by, kind=kind, sent_on__isnull=True, version=0).first()
    draft = empty or Draft.objects.create(agency=by.agency, kind=kind, began_at=at, began_by=by, kept_at=at, kept_by=by)
    open_ground(
        subject_kind="record",
        subject_id=draft.pk,
        viewer=by,
        ground="own-record",
        purpose="records this call",
        by=by,
        at=at,
    )
    record(draft, by=by, at=at, kind=kind)
    return draft


@action("intake.draft_kept")
def keep(*, draft: Draft, page: str, typed: Mapping[str, Any], by: User, at: datetime) -> Draft:
    """Keep the answers of one page; other pages are left as they are."""
    held, told = _locked(draft)
    if page == "first":
        first.absorb(told, typed)
    else:
        told.pages[page] = dict(typed)
    _save(held, told, by, at)
    record(held, by=by, at=at, page=page)
    return held


@action("intake.draft_item_added")
def add_item(*, draft: Draft, what: str, by: User, at: datetime) -> Item:
    """A further person, or a further way of reaching the victim."""
    held, told = _locked(draft)
    item = told.add(what)
    _save(held, told, by, at)
    record(held, by=by, at=at, what=what)
    return item


@action("intake.draft_item_kept")
def keep_item(*, draft: Draft, ref: str, typed: Mapping[str, Any], by: User, at: datetime) -> Draft:
    """Keep the answers about one person, or one way of contact."""
    held, told = _locked(draft)
    item = told.find(ref)
    if item is None:
        raise Refused("This entry was taken away on another page. Nothing was changed; add it again if it is needed.")
    item.typed = dict(typed)
    _save(held, told, by, at)
    record(held, by=by, at=at, ref=ref)
    return held


@action("intake.draft_item_removed")
def remove_item(*, draft: Draft, ref: str, by: User, at: datetime) -> Draft:
    """Take an entry away."""
    held, told = _locked(draft)
    told.remove(ref)
    _save(held, told, by, at)
    record(held, by=by, at=at, ref=ref)
    return held


@action("intake.draft_dropped")
def drop(*, draft: Draft, by: User, at: datetime) -> UUID:
    """Throw a draft away: what was typed is gone, that it was dropped stays in the audit."""
    held, _ = _locked(draft)
    dropped = held.pk
    record(held, by=by, at=at, kind=held.kind)
    for gone in (dropped, *UnsentCall.objects.filter(draft=held).values_list("pk", flat=True)):
        close_grounds(subject_id=gone, why="the draft was dropped", by=by, at=at)
    held.delete()
    return dropped


@action("intake.draft_sent")
def send(*, draft: Draft, by: User, at: datetime) -> Case:
    """Send the call as a notification. Sending it twice gives the same case. Raises `NotValid` with every fault; then it is kept as typed."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.case is None:
        told = read(held.content.open(), held.kind)
        received = receive(content=content_of(draft=held, told=told, by=by), by=by, at=at)
        held.case = received.notification.case
        held.sent_on, held.content = at, ""
        held.save()
        _keep_not_safe(told, held.case, by, at)
    record(held, by=by, at=at, case=held.case.reference)
    return held.case


def _keep_not_safe(told: Told, case: Case, by: User, at: datetime) -> None:
    """The contract has no word for "not safe to ask": it is kept with the case, so that nobody asks again."""
    if any(victim.typed.get("pregnant") == "not-safe-to-ask" for victim in told.of("victim")):
        state_fact(case=case, name="victim_pregnant", value=None, about=None, manner="not-safe", by=by, at=at)


def _locked(draft: Draft) -> tuple[Draft, Told]:
    """The draft as it stands now, nobody else writing; one that was sent is no longer changed."""
    held = Draft.objects.select_for_update().get(pk=draft.pk)
    if held.sent_on is not None:
        raise Refused("This call was sent. Nothing was changed: what you learn now is added on the case.")
    return held, read(held.content.open(), held.kind)


def _save(held: Draft, told: Told, by: User, at: datetime) -> None:
    held.content, held.kept_at, held.kept_by = told.as_text(), at, by
    held.version += 1
    held.save()
    if held.version == 1:
        watch(draft=held, by=by, at=at)
