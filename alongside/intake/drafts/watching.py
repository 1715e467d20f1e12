"""A call begun and not sent is no duty yet, so no clock runs for it: after a set time somebody besides its writer is told that it is there."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from alongside.agencies.models import Team, User
from alongside.agencies.queries import first_team
from alongside.audit.api import Actor
from alongside.cases import hooks
from alongside.clock import in_london
from alongside.gate.actions import open_ground
from alongside.intake.drafts.models import Draft, UnsentCall
from alongside.outbox.api import STAFF_NOW, post, schedule

UNSENT = "intake.call_unsent"


def watch(*, draft: Draft, by: User, at: datetime) -> None:
    """Called once something was typed: from the set time on, the writer's team and its deputy may know of it, and nothing in it."""
    team = first_team(by, in_london(at).date())
    if team is None:
        return
    due = draft.began_at + timedelta(minutes=settings.ALONGSIDE_UNSENT_CALL_MINUTES)
    row = UnsentCall.objects.create(draft=draft, team=team, due_on=due)
    for viewer in hooks.colleagues(by, team):
        open_ground(
            subject_kind="record",
            subject_id=row.pk,
            viewer=viewer,
            ground="own-record",
            purpose="a colleague began a call",
            is_new=True,
            by=by,
            at=at,
        )
    schedule(kind=UNSENT, subject_id=str(row.pk), due=due, key=f"unsent-call-{row.pk}", by=by, at=at)


def alert_deputy(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    """The timer's handler: the call was neither sent nor thrown away, so the deputy is told; the team, where none can be."""
    rows = UnsentCall.objects.filter(pk=subject_id, draft__sent_on__isnull=True)
    rows = rows.select_related("team__deputy", "team__agency", "draft__began_by").defer("draft__content")
    row = rows.first()
    if row is None:
        return
    told = hooks.colleagues(row.draft.began_by, row.team)
    people = [one for one in told if isinstance(one, User) and one.is_active and one.pk != row.draft.began_by_id]
    for to in [f"user:{one.pk}" for one in people] or [f"team:{one.pk}" for one in told if isinstance(one, Team)]:
        post(to=to, key=f"unsent-call-{row.pk}-{to}", template=STAFF_NOW, by=by, at=at)
