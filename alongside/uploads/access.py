"""Who may add a file, and when its copy may be opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.uploads import queries
from alongside.uploads.codes import MOST_A_DAY, PROBLEMS
from alongside.uploads.models import Upload


def check_can_add(by: User) -> None:
    """Raise `Refused` for a role that keeps no files, and where nothing could ever be opened."""
    check_may(by, "keep_files")
    check_has_address()


def check_has_address() -> None:
    """Files are given out from an address of their own, so that nothing in them can act as a page of Alongside."""
    if not settings.ALONGSIDE_FILES_ADDRESS:
        raise Refused(
            "Files cannot be kept here yet: whoever runs Alongside has to give files an address of their own first. Nothing was changed."
        )


def check_not_too_many(by: User, at: datetime) -> None:
    """Raise `Refused` for somebody who added very many in a day: one account must not fill the machine."""
    if queries.added_since(by, at - timedelta(days=1)) >= MOST_A_DAY:
        raise Refused(
            f"You added {MOST_A_DAY} files in a day, which is all one person can. Nothing was kept. Try again tomorrow."
        )


def check_can_open(by: User, upload: Upload) -> None:
    """Raise `Refused` for a file that nobody has looked at, or that was refused."""
    check_may(by, "keep_files")
    check_has_address()
    if upload.state == Upload.State.WAITING:
        raise Refused(PROBLEMS.get(upload.problem, PROBLEMS["scanner-away"]))
    if upload.state != Upload.State.READY:
        raise Refused(f"This file cannot be opened. {PROBLEMS[upload.problem]}")


def can_open(upload: Upload) -> bool:
    """Whether there is a clean copy."""
    return upload.state == Upload.State.READY
