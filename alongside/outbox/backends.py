"""The mail server of the demonstration: nothing leaves, everything is kept to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from alongside.outbox.models import CaughtMail


class CatchingBackend(BaseEmailBackend):
    """Keeps each mail once for each Message-ID, as a mail server that removes duplicates does."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the mails; returns how many were new."""
        new = 0
        for mail in email_messages:
            ident = mail.extra_headers.get("Message-ID") or make_msgid(domain="localhost")
            for address in mail.recipients():
                _, made = CaughtMail.objects.get_or_create(
                    message_id=ident,
                    recipient=address,
                    defaults={"subject": str(mail.subject), "body": str(mail.body), "caught_on": timezone.now()},
                )
                new += made
        return new
