"""Adding a file, settling what looking at it came to, and giving its copy out once."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import Actor, action, record
from alongside.cases import actions as cases
from alongside.cases.hooks import own_record
from alongside.cases.models import Case
from alongside.gate.actions import open_ground
from alongside.uploads import access, sealing, states
from alongside.uploads.checking import Looked
from alongside.uploads.codes import KINDS, TICKET_FOR, TYPES
from alongside.uploads.models import Content, Ticket, Upload

PURPOSE = "a file kept with a case"


@action("uploads.added")
def add(
    *, case: Case, kind: str, about: str, media_type: str, data: bytes, looked: Looked, by: User, at: datetime
) -> Upload:
    """Keep a file with a case, sealed. It is ready, or refused, by what looking at it came to; else it waits.

    The same file again, by its hash, is the same row: a second press keeps nothing twice.
    """
    access.check_can_add(by)
    if kind not in KINDS or media_type not in TYPES:
        raise Refused("Say what the file is. Nothing was kept.")
    access.check_not_too_many(by, at)
    digest = hashlib.sha256(data).hexdigest()
    there = Upload.objects.filter(case=case, digest=digest, agency=by.agency_id).first()
    if there is not None:
        record(there, by=by, at=at, case=str(case.pk), again=True)
        return there
    row = Upload.objects.create(
        case=case, agency=by.agency, kind=kind, about=about.strip(), media_type=media_type, size=len(data),
        digest=digest, key=sealing.new_key(), added_at=at, added_by=by,
    )  # fmt: skip
    _keep(row, "original", data)
    for door in own_record(by.agency, by, None):
        open_ground(
            subject_kind="record", subject_id=row.pk, viewer=door.viewer, ground=door.ground, purpose=PURPOSE, is_new=True,
            by=by, at=at,
        )  # fmt: skip
    cases.note(case=case, what="A file was added", record_kind="uploads.upload", record_id=row.pk, by=by, at=at)
    if looked.is_settled:
        settle(upload=row, looked=looked, by=by, at=at)
    elif looked.problem:
        row.problem, row.scanner, row.signatures_on = looked.problem, looked.scanner, looked.signatures_on
        row.save(update_fields=["problem", "scanner", "signatures_on"])
    record(row, by=by, at=at, case=str(case.pk), type=media_type, size=row.size)
    return row


@action("uploads.looked_at")
def settle(*, upload: Upload, looked: Looked, by: Actor, at: datetime) -> Upload:
    """The scanner looked: there is a clean copy, or there never will be one."""
    row = Upload.objects.select_for_update().get(pk=upload.pk)
    is_ready = looked.copy is not None and not looked.problem
    row.problem, row.scanner = looked.problem, looked.scanner
    row.signatures_on, row.looked_on = looked.signatures_on, at
    row.save(update_fields=["problem", "scanner", "signatures_on", "looked_on"])
    if looked.copy is not None and is_ready:
        _keep(row, "copy", looked.copy)
    to = Upload.State.READY if is_ready else Upload.State.REFUSED
    states.upload.move(row, to=to, by=by, at=at, why=looked.problem)
    record(row, by=by, at=at, state=to, problem=looked.problem, scanner=looked.scanner)
    return row


@action("uploads.opened")
def open_copy(*, upload: Upload, session: str, by: User, at: datetime) -> Ticket:
    """Let somebody have the clean copy: once, within a minute, while their session lasts."""
    access.check_can_open(by, upload)
    ticket = Ticket.objects.create(upload=upload, session=session, ends_on=at + TICKET_FOR, opened_at=at, opened_by=by)
    record(upload, by=by, at=at, ticket=str(ticket.pk))
    return ticket


@action("uploads.given_out")
def give_out(*, ticket: Ticket, by: User, at: datetime) -> Ticket:
    """The copy leaves: the ticket is used up, whatever becomes of the answer."""
    ticket.used_on = at
    ticket.save(update_fields=["used_on"])
    record(ticket.upload, by=by, at=at, ticket=str(ticket.pk))
    return ticket


def _keep(row: Upload, part: str, data: bytes) -> None:
    ident = uuid.uuid4()
    body = sealing.seal(data, key=row.key.open(), row=ident, part=part)
    Content.objects.create(pk=ident, upload=row, part=part, body=body)
