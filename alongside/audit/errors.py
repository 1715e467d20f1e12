"""What goes wrong in the audit: three mistakes of a programmer and one refusal a person reads."""


class AuditError(Exception):
    """Base of everything this app raises."""


class ActionError(AuditError):
    """An action is declared or used wrongly: no actor, no aware moment, no event, or the event twice."""


class SideDoor(AuditError):
    """A record that must not change without trace was written outside an action."""


class StateRefused(AuditError):
    """The state of a record does not allow the step; `str()` is the sentence the user reads."""
