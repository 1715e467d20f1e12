"""Copies of a released paper: each with a mark of its own, and told when the paper is called back."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.audit.api import action, record
from alongside.releases import access, marking
from alongside.releases.codes import HOW
from alongside.releases.models import Paper, PaperCopy


@action("releases.copy_made")
def make_copy(*, paper: Paper, how: str, by: User, at: datetime) -> PaperCopy:
    """Make a copy for the recipient of a paper, to be handed over outside Alongside."""
    check_may(by, "draft_papers")
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_own(by, row)
    access.check_opens(row, at)
    if how not in HOW or how == "read":
        raise Refused("Say how the copy reaches its recipient. Nothing was made.")
    copy = _copy(row, how, None, by, at)
    record(copy, by=by, at=at, paper=str(row.pk), how=how)
    return copy


@action("releases.copy_read")
def read_here(*, paper: Paper, by: User, at: datetime) -> PaperCopy:
    """A member of the receiving team opens a paper: each reader has one copy with a mark of their own."""
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_opens(row, at)
    copy = PaperCopy.objects.filter(paper=row, reader=by).first() or _copy(row, "read", by, by, at)
    record(copy, by=by, at=at, paper=str(row.pk))
    return copy


@action("releases.holder_told")
def tell_holder(*, copy: PaperCopy, by: User, at: datetime) -> PaperCopy:
    """Somebody told the holder of a copy that it is called back."""
    check_may(by, "draft_papers")
    row = PaperCopy.objects.select_for_update().get(pk=copy.pk)
    access.check_own(by, row.paper)
    if row.paper.state != "recalled":
        raise Refused("This paper was not called back, so there is nothing to tell. Nothing was changed.")
    if row.told_at is None:
        row.told_at, row.told_by = at, by
        row.save(update_fields=["told_at", "told_by"])
    record(row, by=by, at=at, paper=str(row.paper_id))
    return row


def _copy(row: Paper, how: str, reader: User | None, by: User, at: datetime) -> PaperCopy:
    number = row.copies.count() + 1
    return PaperCopy.objects.create(
        paper=row, number=number, mark=marking.new_mark(), how=how, reader=reader, made_at=at, made_by=by
    )
