"""Tokens of connected systems. Only a hash is kept: a token is shown once, when it is made."""

import hashlib
import uuid

from django.db import models

from alongside.agencies.models import Agency, User
from alongside.audit.api import Guarded, Privacy


def mark_of(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so a plain hash cannot be turned round."""
    return hashlib.sha256(token.encode()).hexdigest()


class ApiToken(Guarded):
    """`begins` are the first characters, by which people tell tokens apart; `mark` is the SHA-256 of the whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", help_text="in whose name the system acts"
    )
    begins = models.CharField(max_length=12)
    mark = models.CharField(max_length=64, unique=True)
    made_on = models.DateTimeField()
    ended_on = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(who="nobody: it is looked up by its hash", kept="while the agency is connected", about="none")

    class Meta:
        ordering = ["-made_on"]

    def __str__(self) -> str:
        return f"{self.begins}… of {self.agency_id}"
