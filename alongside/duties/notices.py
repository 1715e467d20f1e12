"""Telling a team that it has a task, and its deputy when something immediate stays unopened."""

from datetime import datetime, timedelta

from django.conf import settings

from alongside.agencies.models import User
from alongside.audit.api import Actor
from alongside.duties.models import Task
from alongside.outbox.api import STAFF_NOW, post, schedule

UNOPENED = "duties.unopened"


def tell(*, task: Task, by: User, at: datetime) -> None:
    """One neutral message to the owning team; the team that is recording at this moment has the task on its screen already."""
    if task.owner_team_id is None or task.owner_team_id == task.case.recording_team_id:
        return
    post(to=f"team:{task.owner_team_id}", key=f"task-{task.pk}", by=by, at=at)


def watch(*, task: Task, by: User, at: datetime) -> None:
    """Immediate tasks of another team are watched: unopened after the set minutes, a deputy is alerted."""
    if task.immediate and task.owner_team_id is not None and task.owner_team_id != task.case.recording_team_id:
        due = at + timedelta(minutes=settings.ALONGSIDE_UNOPENED_MINUTES)
        schedule(kind=UNOPENED, subject_id=str(task.pk), due=due, key=f"unopened-{task.pk}", by=by, at=at)


def alert_deputy(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    """The timer's handler: nobody has opened the task, so the team's deputy is told (its team once more where it has none)."""
    task = (
        Task.objects.filter(pk=subject_id, state="open", seen_at__isnull=True, spoken_at__isnull=True)
        .select_related("owner_team")
        .first()
    )
    if task is None or task.owner_team is None:
        return
    deputy = task.owner_team.deputy_id
    to = f"user:{deputy}" if deputy else f"team:{task.owner_team_id}"
    post(to=to, key=f"unopened-{task.pk}", template=STAFF_NOW, by=by, at=at)
