"""Keeping what is typed of a referral until it is sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from alongside.agencies import access
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.cases.models import Case
from alongside.casework.models import UnsentReferral
from alongside.gate.actions import close_grounds, open_ground


@action("casework.unsent_kept")
def keep(*, case: Case, service: str, typed: Mapping[str, Iterable[str]], by: User, at: datetime) -> UnsentReferral:
    """Keep what was typed, right or wrong; the writer's earlier unsent one about the same case and service is written over."""
    access.check_may(by, "refer")
    Case.objects.select_for_update().get(pk=case.pk)  # two presses wait for each other here
    row = UnsentReferral.objects.filter(case=case, service=service, kept_by=by, sent_on__isnull=True).first()
    row = row or UnsentReferral(case=case, service=service)
    row.content, row.kept_at, row.kept_by = json.dumps({name: list(values) for name, values in typed.items()}), at, by
    row.save()
    open_ground(
        subject_kind="record",
        subject_id=row.pk,
        viewer=by,
        ground="own-record",
        purpose="writes this referral",
        by=by,
        at=at,
    )
    record(row, by=by, at=at, case=str(case.pk), service=service)
    return row


@action("casework.unsent_dropped")
def drop(*, unsent: UnsentReferral, by: User, at: datetime) -> Case:
    """Throw away what was typed and not sent; one that was sent stays as it is."""
    case = unsent.case
    record(unsent, by=by, at=at, case=str(case.pk), service=unsent.service)
    if UnsentReferral.objects.filter(pk=unsent.pk, sent_on__isnull=True).delete()[0]:
        close_grounds(subject_id=unsent.pk, why="what was typed was thrown away", by=by, at=at)
    return case


@action("casework.unsent_emptied")
def empty(*, case: Case, record_id: UUID, by: User, at: datetime) -> None:
    """Part of sending: what was typed stands in the record now, and nowhere else."""
    row = UnsentReferral.objects.filter(record_id=record_id).first()
    if row is not None:
        row.sent_on, row.content = at, ""
        row.save(update_fields=["sent_on", "content"])
    record(case, by=by, at=at, sent=str(record_id))
