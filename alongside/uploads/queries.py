"""Reads of files: each through the gate of the file and of its case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from alongside.agencies.models import User
from alongside.cases.models import Case
from alongside.cases.queries import all_cases
from alongside.gate.viewing import NotVisible, Viewer, load
from alongside.uploads import sealing
from alongside.uploads.models import Content, Ticket, Upload


def files(viewer: Viewer) -> QuerySet[Upload]:
    """Files the viewer may see: their agency's own, of cases they may open. Whoever is kept apart from a case sees none of it."""
    return Upload.objects.visible_to(viewer).select_related("added_by__agency", "case").defer("key")


def of_case(case: Case, viewer: Viewer) -> list[Upload]:
    """The files of a case, the latest first."""
    return list(files(viewer).filter(case=case))


def open_case(viewer: Viewer, reference: str, what: str) -> Case:
    """The case of a reference, its reading audited; `NotVisible` otherwise."""
    return load(all_cases(), viewer, what=what, reference=reference)


def open_file(viewer: Viewer, pk: UUID, what: str) -> Upload:
    """One file, its reading audited, and that of its case with it; `NotVisible` otherwise."""
    row = files(viewer).filter(pk=pk).first()
    if row is None:
        raise NotVisible
    load(Case.objects.all(), viewer, what=what, pk=row.case_id)
    return load(Upload.objects.select_related("added_by__agency", "case", "agency"), viewer, what=what, pk=pk)


def added_since(user: User, moment: datetime) -> int:
    """How many files somebody added since a moment."""
    return Upload.objects.filter(added_by=user, added_at__gt=moment).count()


def waiting(limit: int) -> list[Upload]:
    """Files nobody has looked at, the oldest first, for the worker."""
    return list(Upload.objects.filter(state=Upload.State.WAITING).order_by("added_at", "pk")[:limit])


def original(row: Upload) -> bytes:
    """The file as it came, for the scanner alone: no page shows it."""
    return _opened(row, "original")


def copy(row: Upload) -> bytes:
    """The clean copy of a file that is ready. Whoever calls this has recorded the read."""
    return _opened(row, "copy")


def _opened(row: Upload, part: str) -> bytes:
    held = Content.objects.get(upload=row, part=part)
    return sealing.unseal(bytes(held.body), key=row.key.open(), row=held.pk, part=part)


def session_lasts(ticket: Ticket, at: datetime) -> bool:
    """Whether the session that asked for a ticket still opens anything: signing out, or in anew, ends it."""
    return Session.objects.filter(session_key=ticket.session.open(), expire_date__gt=at).exists()


def usable(pk: UUID, at: datetime) -> Ticket | None:
    """A ticket that nobody has used and that has not run out, held until this transaction ends: two at once cannot both have it."""
    rows = Ticket.objects.select_for_update(of=("self",)).filter(pk=pk, used_on__isnull=True, ends_on__gt=at)
    return rows.select_related("opened_by", "upload").first()
