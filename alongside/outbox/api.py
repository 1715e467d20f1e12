"""What other apps import from the outbox."""

from alongside.outbox.actions import cancel, post, release, schedule, void
from alongside.outbox.registry import (
    Clearance,
    NotCleared,
    register_clearance,
    register_staff,
    register_timer,
)
from alongside.outbox.templates import PERSON, SIGN_IN_CHANGED, STAFF, STAFF_NOW

__all__ = [
    "PERSON",
    "SIGN_IN_CHANGED",
    "STAFF",
    "STAFF_NOW",
    "Clearance",
    "NotCleared",
    "cancel",
    "post",
    "register_clearance",
    "register_staff",
    "register_timer",
    "release",
    "schedule",
    "void",
]
