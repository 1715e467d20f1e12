"""allauth's pages for passkeys and codes, with our rules: a passkey is one of the device's own, with its owner checked by it."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.internal.decorators import login_not_required
from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from alongside.agencies.access import Refused, may_use_app
from alongside.clock import in_london
from alongside.config.directory_file import origins
from alongside.config.middleware import CONTENT_SECURITY_POLICY
from alongside.gate import proof
from alongside.staffing import factors, queries

NO_DAYS_LEFT = (
    "The days of setting up are over, and an authenticator app is taken only in them. Nothing was changed. "
    "Set up a passkey instead; if you have no device that can hold one, ask your administrator."
)
LAST_ONE = (
    "This is your only passkey: without it you could not sign in any more. Nothing was changed. Add another one first."
)


def _directories() -> list[dict[str, Any]]:
    """The agencies that sign their staff in themselves, as the sign-in page offers them."""
    providers: Any = settings.SOCIALACCOUNT_PROVIDERS
    return list(providers["openid_connect"]["APPS"])


class SignIn(LoginView):
    """Passkey, password, or the directory of one's agency."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"directories": _directories()}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A browser holds a form to the policy of its page on every step of the way, so this page names where the directories are."""
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if apps := _directories():
            own = "form-action 'self'"
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
                own, " ".join((own, *origins(apps)))
            )
        return response


class PasskeyForm(SignupWebAuthnForm):
    """The name of a new passkey, and what the browser answers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["name"].label = "What do you call this device?"
        self.fields["name"].help_text = "For example: work laptop. You see the name when you look at your passkeys."
        self.fields["name"].max_length = 60
        self.fields["credential"].error_messages["required"] = "No passkey was given. Try again."

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except (ValueError, KeyError, AttributeError) as fault:  # what no browser sends
            raise get_adapter().validation_error("incorrect_code") from fault
        return cleaned

    def clean_name(self) -> str:
        name: str = super().clean_name()
        if len(name) > 60 or not name.isprintable():
            raise ValidationError("Give it a name of at most 60 letters, on one line.")
        return name


class AddPasskey(AddWebAuthnView):
    """A passkey that the device keeps itself and opens only for its owner: a finger, a face, a PIN."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        context["options"] = begin_registration(self.request.user, True)
        context["may_use_app"] = proof.may_set_up(self.request) and not proof.held(self.request)
        return context


class ConfirmByPasskey(ReauthenticateWebAuthnView):
    """Shown once more; a fault stays on the page."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["options"] = context["js_data"]["request_options"]
        context["form"] = kwargs.get("form") or context["form"]
        return context


class SignInByPasskey(LoginWebAuthnView):
    """Alike for every passkey that does not fit, whoever it may be of."""

    def form_invalid(self, form: Any) -> HttpResponse:
        again = {"form": LoginForm(request=self.request), "passkey_failed": True, "directories": _directories()}
        return render(self.request, "account/login.html", again, status=422)


class RemovePasskey(RemoveWebAuthnView):
    """What is not one's own is not found, before anything else is asked; the last one stays."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.get_object()
        if self.get_queryset().count() < 2 and not settings.ALONGSIDE_DEMO:
            raise Refused(LAST_ONE)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_success_url(self) -> str:
        return "/account/two-step/"


class SetUpApp(ActivateTOTPView):
    """Only in the days of setting up."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.ALONGSIDE_DEMO and not proof.may_set_up(request):
            raise Refused(NO_DAYS_LEFT)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        user = self.request.user
        factors.keep(self.request, user, queries.app_of(user))
        return response


class Code(AuthenticateView):
    """Between password and factor: the passkey, and the code for somebody who has the app."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        own = queries.factors(user)
        context["has_passkey"] = proof.PASSKEY in own
        in_days = settings.ALONGSIDE_DEMO or may_use_app(user, in_london(self.request.at).date())
        context["has_app"] = proof.APP in own and (in_days or not context["has_passkey"])
        context["options"] = context["js_data"]["request_options"]
        return context


class Ways(IndexView):
    """How somebody signs in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["may_use_app"] = settings.ALONGSIDE_DEMO or proof.may_set_up(self.request)
        context["until"] = self.request.user.set_up_until_on
        return context


def no_password(request: HttpRequest) -> HttpResponse:
    """Who signs in by passkey alone has no password to change."""
    return redirect("mfa_index")


no_password.access_rule = "signed in"  # type: ignore[attr-defined]
login = login_not_required(SignIn.as_view())
add = AddPasskey.as_view()
confirm = ConfirmByPasskey.as_view()
sign_in = login_not_required(SignInByPasskey.as_view())
remove = RemovePasskey.as_view()
set_up_app = SetUpApp.as_view()
code = Code.as_view()
ways = Ways.as_view()
