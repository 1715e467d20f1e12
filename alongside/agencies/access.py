"""Who may, by role; the sentence is what the user reads."""

from datetime import date

from alongside.agencies import queries
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


def check_nobody_else_can() -> None:
    """Raise `Refused` when two of the partnership's administrators can sign in, who do together what is asked of one."""
    if queries.administrators_ready() >= 2:
        raise Refused(
            "Two administrators can sign in. They set somebody up anew between them, on the page “People who work here”. Nothing was changed."
        )


def check_are_known(unknown: list[str]) -> None:
    """Raise `Refused` for agencies that two people have not made sure of, once two administrators can sign in."""
    if unknown and queries.administrators_ready() >= 2:
        raise Refused(
            f"Nobody has made sure of {', '.join(unknown)}. Two people do, each on a number they found themselves, on the page “Agencies "
            "that join”; the file then has the code, name and kind they confirmed. Nothing was changed."
        )


def may(user: User, permission: str) -> bool:
    """Boolean twin of `check_may`."""
    return user.may(permission)


def may_use_app(user: User, on: date) -> bool:
    """Whether a day still lies in the days of setting up: codes of an authenticator app stand in for a passkey only then."""
    return user.set_up_until_on is not None and on <= user.set_up_until_on
