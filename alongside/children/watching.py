"""A notice nobody has opened by half past seven becomes a telephone call."""

from datetime import datetime

from alongside.audit.api import Actor, action, record
from alongside.children.models import SchoolNotice
from alongside.outbox.api import STAFF_NOW, post

UNOPENED = "children.notice_unopened"


@action("children.call_asked_for")
def _ask(*, notice: SchoolNotice, by: Actor, at: datetime) -> SchoolNotice:
    notice.call_needed_on = at
    notice.save(update_fields=["call_needed_on"])
    record(notice, by=by, at=at)
    return notice


def ask_for_a_call(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    """The timer's handler: mark the notice and tell the team that owes it."""
    notice = SchoolNotice.objects.filter(pk=subject_id, opened_at__isnull=True, told_by_phone_at__isnull=True).first()
    if notice is None:
        return
    _ask(notice=notice, by=by, at=at)
    task = notice.case.tasks.filter(act="tell_school", state="open").first()
    if task is not None and task.owner_team_id is not None:
        post(to=f"team:{task.owner_team_id}", key=f"notice-call-{notice.pk}", template=STAFF_NOW, by=by, at=at)
