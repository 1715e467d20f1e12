"""Opening and closing grounds, and keeping somebody apart. Called by the app that owns the reason, inside its own transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Q

from alongside.agencies.models import Agency, Team, User
from alongside.audit.api import Actor, action, record
from alongside.gate.models import Block, Ground


@action("gate.ground_opened")
def open_ground(
    *,
    subject_kind: str,
    subject_id: UUID,
    viewer: Agency | Team | User,
    ground: str,
    purpose: str,
    by: Actor,
    at: datetime,
    ends_on: datetime | None = None,
    is_new: bool = False,
    in_name_of: User | None = None,
) -> Ground:
    """Let a viewer see a subject, for a purpose. An identical open ground is returned as it is.

    `in_name_of`: who answers for it where the outbox's worker opens it.
    `is_new`: the subject was made a moment ago in this action, or the caller has looked: there is none to look for.
    """
    holder = {viewer.__class__.__name__.lower(): viewer}  # type() would name the lazy wrapper of a request's user
    standing = Q(ends_on__isnull=True) | Q(ends_on__gt=at)  # one that has ended by itself opens nothing any more
    rows = Ground.objects.filter(
        standing, subject_kind=subject_kind, subject_id=subject_id, ground=ground, closed_at__isnull=True, **holder
    )
    found = (None if is_new else rows.first()) or Ground.objects.create(
        subject_kind=subject_kind,
        subject_id=subject_id,
        ground=ground,
        purpose=purpose,
        opened_at=at,
        opened_by=in_name_of or cast(User, by),
        ends_on=ends_on,
        **holder,
    )
    record(found, by=by, at=at, subject_kind=subject_kind, subject=str(subject_id), ground=ground)
    return found


@action("gate.grounds_opened")
def open_grounds(
    *,
    subject_kind: str,
    subject_id: UUID,
    doors: Iterable[tuple[Agency | Team | User, str, str]],
    by: Actor,
    at: datetime,
) -> list[Ground]:
    """Open several doors to one subject in one statement, each to a viewer on a ground for a purpose; the caller knows that none stands."""
    rows = [
        Ground(
            subject_kind=subject_kind,
            subject_id=subject_id,
            ground=ground,
            purpose=purpose,
            opened_at=at,
            opened_by=cast(User, by),
            **{viewer.__class__.__name__.lower(): viewer},
        )
        for viewer, ground, purpose in doors
    ]
    Ground.objects.bulk_create(rows)
    record((subject_kind, str(subject_id)), by=by, at=at, grounds=" ".join(row.ground for row in rows)[:200])
    return rows


@action("gate.ground_closed")
def close_ground(*, ground: Ground, why: str, by: User, at: datetime) -> Ground:
    """Close a door, with the reason; the row stays."""
    ground.closed_at, ground.closed_by, ground.closed_why = at, by, why
    ground.save(update_fields=["closed_at", "closed_by", "closed_why"])
    record(ground, by=by, at=at, subject_kind=ground.subject_kind, subject=str(ground.subject_id))
    return ground


@action("gate.ground_end_moved")
def move_end(*, ground: Ground, ends_on: datetime | None, by: Actor, at: datetime) -> Ground:
    """Let a door that stands end by itself at another moment, or not at all. One that has ended stays so: what was closed was closed."""
    if ground.closed_at is not None or (ground.ends_on is not None and ground.ends_on <= at):
        raise ValueError("This door has ended; open another.")
    ground.ends_on = ends_on
    ground.save(update_fields=["ends_on"])
    record(ground, by=by, at=at, subject_kind=ground.subject_kind, subject=str(ground.subject_id))
    return ground


@action("gate.personal_grounds_ended")
def end_personal_grounds(*, user: User, by: Actor, at: datetime) -> int:
    """Somebody went to another agency: what was open to them in person stays with the one they left."""
    standing = Q(ends_on__isnull=True) | Q(ends_on__gt=at)
    ended = Ground.objects.filter(standing, user=user, closed_at__isnull=True).update(ends_on=at)
    record(user, by=by, at=at, count=ended)
    return ended


def close_grounds(*, subject_id: UUID, why: str, by: User, at: datetime) -> None:
    """Close every door to a record that is gone."""
    for ground in Ground.objects.filter(subject_kind="record", subject_id=subject_id, closed_at__isnull=True):
        close_ground(ground=ground, why=why, by=by, at=at)


@action("gate.kept_apart")
def keep_apart(*, user: User, subject_kind: str, subject_id: UUID, by: Actor, at: datetime) -> Block:
    """Let somebody see nothing of a subject from now on, whatever ground they have. The same again changes nothing.

    The event names the subject and not the person: whoever reads the audit learns no more than that somebody is.
    """
    row, _ = Block.objects.get_or_create(
        user=user, subject_kind=subject_kind, subject_id=subject_id, lifted_on=None, defaults={"opened_on": at}
    )
    record((subject_kind, str(subject_id)), by=by, at=at)
    return row


@action("gate.block_lifted")
def lift_block(*, user: User, subject_kind: str, subject_id: UUID, by: Actor, at: datetime) -> int:
    """From now on grounds count again; how many blocks were lifted."""
    rows = Block.objects.filter(user=user, subject_kind=subject_kind, subject_id=subject_id, lifted_on__isnull=True)
    lifted = rows.update(lifted_on=at)
    record((subject_kind, str(subject_id)), by=by, at=at, lifted=lifted)
    return lifted
