"""What other apps import from the audit."""

from alongside.audit.actors import PARTNERSHIP, Actor, SystemActor
from alongside.audit.acts import ACTIONS, action, discover, record, record_read
from alongside.audit.errors import ActionError, AuditError, SideDoor, StateRefused
from alongside.audit.guard import (
    AppendOnly,
    AppendOnlyManager,
    AppendOnlyQuerySet,
    Guarded,
    GuardedManager,
    GuardedQuerySet,
)
from alongside.audit.hooks import before_reading
from alongside.audit.once import once, turn
from alongside.audit.privacy import WHOLE, Privacy
from alongside.audit.work import unit_of_work

__all__ = [
    "ACTIONS",
    "PARTNERSHIP",
    "WHOLE",
    "ActionError",
    "Actor",
    "AppendOnly",
    "AppendOnlyManager",
    "AppendOnlyQuerySet",
    "AuditError",
    "Guarded",
    "GuardedManager",
    "GuardedQuerySet",
    "Privacy",
    "SideDoor",
    "StateRefused",
    "SystemActor",
    "action",
    "before_reading",
    "discover",
    "once",
    "record",
    "record_read",
    "turn",
    "unit_of_work",
]
