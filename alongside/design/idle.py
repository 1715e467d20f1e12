"""What the script of a page needs to cover it in time, and to give it back to nobody else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac


def mark(user: Any) -> str:
    """Whose page it is, as a word that tells nothing and is the same in every session of theirs."""
    return salted_hmac("alongside.idle", str(user.pk)).hexdigest()[:20]


def lock(user: Any) -> dict[str, Any]:
    """After how many seconds without anything done, and whose page it is."""
    return {"seconds": settings.ALONGSIDE_IDLE_MINUTES * 60, "who": mark(user)}
