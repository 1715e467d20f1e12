"""The one place that talks to a mail server."""

from __future__ import annotations

import hmac
import smtplib
from dataclasses import dataclass
from enum import Enum
from types import TracebackType
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from alongside.outbox.templates import rendered

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Outcome(Enum):
    """How an attempt ended, as far as anybody can know."""

    SENT = "sent"
    NOT_SENT = "not sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Result:
    outcome: Outcome
    problem: str = ""


NOT_USABLE = Result(Outcome.REFUSED, "address-not-usable")


def configured() -> bool:
    """Whether there is a mail server to send to."""
    return settings.EMAIL_BACKEND != SMTP or bool(settings.EMAIL_HOST)


def message_id(key: str, address: str) -> str:
    """The same for every attempt of one message to one address, and telling nothing about either."""
    secret = settings.SECRET_KEY.encode()
    digest = hmac.digest(secret, f"message-id\n{key}\n{address}".encode(), "sha256").hex()[:40]
    domain = settings.ALONGSIDE_MAIL_FROM.rpartition("@")[2] or "localhost"
    return f"<{digest}@{domain}>"


class Gateway:
    """A connection to the mail server, opened at the first mail and closed at the end of the block."""

    def __init__(self) -> None:
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, *, key: str, template: str, address: str) -> Result:
        """Send one mail to one address. Never raises for what a mail server or a network does, nor for an address that is none."""
        if not address.strip():
            return NOT_USABLE
        try:
            if self._connection is None:
                connection = get_connection(fail_silently=False)
                connection.open()
                self._connection = connection
        except (OSError, smtplib.SMTPException) as error:
            return Result(Outcome.NOT_SENT, f"mail-server-unreachable ({type(error).__name__})"[:60])
        subject, body = rendered(template)
        mail = EmailMessage(
            subject,
            body,
            settings.ALONGSIDE_MAIL_FROM,
            [address],
            headers={"Message-ID": message_id(key, address), "Auto-Submitted": "auto-generated"},
        )
        try:
            self._connection.send_messages([mail])
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return _result(error)
        except ValueError:  # several in one, or a line of its own: nothing has left, and nobody else must wait for it
            return NOT_USABLE
        return Result(Outcome.SENT)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.close()
            except (OSError, smtplib.SMTPException):
                # The server is gone; what it had accepted it has.
                return


def _result(error: Exception) -> Result:
    """What an error in the middle of a mail says about whether the mail left."""
    code = _code(error)
    if code >= 500:
        return Result(Outcome.REFUSED, f"mail-server-refused ({code})")
    if code >= 400:
        return Result(Outcome.NOT_SENT, f"mail-server-busy ({code})")
    return Result(Outcome.UNCERTAIN, f"connection-lost ({type(error).__name__})"[:60])


def _code(error: Exception) -> int:
    """The server's answer as a number; 0 when it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=0)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
