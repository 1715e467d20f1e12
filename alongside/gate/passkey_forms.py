"""allauth's forms that take a passkey, which fail on what no browser sends; these refuse it like any other that does not fit."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, LoginWebAuthnForm, ReauthenticateWebAuthnForm
from django.core.exceptions import ValidationError


class _Careful:
    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except ValidationError:
            self._tell()
            raise
        except (KeyError, ValueError, TypeError, AttributeError) as fault:
            self._tell()
            raise get_adapter().validation_error("incorrect_code") from fault

    def _tell(self) -> None:
        """allauth tells of a code that did not fit, not of a passkey."""
        user = self.user  # type: ignore[attr-defined]
        authentication_failed.send(sender=Authenticator, request=context.request, user=user, authenticator=None)


class SignIn(_Careful, LoginWebAuthnForm):
    """Instead of a password."""


class AfterPassword(_Careful, AuthenticateWebAuthnForm):
    """After a password."""


class Confirm(_Careful, ReauthenticateWebAuthnForm):
    """Once more, in a session that is there."""
