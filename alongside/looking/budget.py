"""How many different records somebody may open in a day: slower from a number on, and no further at another (threat T37).

What was opened already today stays open, and so does a case somebody recorded or worked on themselves: nobody is kept from their own
duty. A lead who finds it explained lifts the stop for the day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from uuid import UUID

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import Actor, once
from alongside.clock import in_london, london
from alongside.looking.queries import facts, raised, subjects
from alongside.looking.rules import A_DAY, PAUSE, SLOW_FROM
from alongside.looking.words import is_opened

STOPPED = (
    "You have opened {count} different records today. No further record opens for you until tomorrow, or until your safeguarding lead has "
    "looked at it: they see that you were stopped. What you opened today stays open to you, and so does every case you worked on. "
    "If this keeps you from protecting somebody, ring your safeguarding lead now; in immediate danger, 999."
)
SLOWED = (
    "You have opened {count} different records today, more than almost anybody needs. This one has not been opened. Wait {seconds} seconds "
    "before each new one, then load the page again. What you opened today opens at once, and so does every case you worked on."
)


def check(*, by: Actor, at: datetime, what: str, shown: Mapping[str, Sequence[str]]) -> None:
    """Raise `Refused` before a record too many is shown to somebody. Lists and connected systems are not counted."""
    user = _user(by)
    new = {(kind, ids[0]) for kind, ids in shown.items() if len(ids) == 1 and facts.is_counted(kind)}
    if user is None or not new or not is_opened(what):
        return
    opened, last = _opened(user.audit_name, since(at))
    if new <= opened or len(opened) < SLOW_FROM:
        return
    if _is_own(user, new, at) or raised.is_lifted(user, at):
        return
    if len(opened) >= A_DAY:
        raise Refused(STOPPED.format(count=len(opened)))
    if last is not None and at - last < PAUSE:
        raise Refused(SLOWED.format(count=len(opened), seconds=PAUSE.seconds))


def since(at: datetime) -> datetime:
    """When the day of a moment began, in London."""
    return london(in_london(at).date(), time())


@once
def _opened(actor: str, begun: datetime) -> tuple[set[tuple[str, str]], datetime | None]:
    return facts.opened_by(actor, begun)


def _user(by: Actor) -> User | None:
    """Somebody who signs in; by the class of what a request's lazy user stands for."""
    return by if isinstance(by, User) and by.role != "service" else None


def _is_own(user: User, new: set[tuple[str, str]], at: datetime) -> bool:
    """Whether each record is of a case they themselves did something in."""
    for kind, id_ in new:
        behind = subjects.about(kind, [UUID(id_)]).get(UUID(id_), set())
        if not behind or not facts.did_something(user.pk, behind):
            return False
    return True
