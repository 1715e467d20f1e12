"""Who may, by role; the sentence is what the user reads."""

from alongside.agencies.models import User
from alongside.agencies.roles import PERMISSIONS


class Refused(Exception):
    """An act is not allowed. `str()` is a sentence a person can read; `cite` names the procedure when one forbids it."""

    def __init__(self, sentence: str, *, cite: object = None) -> None:
        super().__init__(sentence)
        self.cite = cite


def check_may(user: User, permission: str) -> None:
    """Raise `Refused` when the person's role does not hold the permission."""
    if not user.may(permission):
        raise Refused(
            f"Your role ({user.role_held.label}) may not {PERMISSIONS[permission]}. Nothing was changed. "
            "If you need this for your work, ask your partnership's administrator."
        )


def may(user: User, permission: str) -> bool:
    """Boolean twin of `check_may`."""
    return user.may(permission)
