"""Every address. Each app brings its own; of allauth's, only those we offer: no sign-up, no reset by e-mail."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.design.icon import icon
from alongside.design.still import still

OWN = [app for app in settings.INSTALLED_APPS if app.startswith("alongside.")]

handler400 = "alongside.design.errors.bad_request"
handler403 = "alongside.design.errors.forbidden"
handler404 = "alongside.design.errors.not_found"
handler500 = "alongside.design.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/sign-in/", account.login, name="account_login"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/still/", still, name="still_signed_in"),
    path("favicon.ico", icon, name="icon"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/two-step/", mfa.index, name="mfa_index"),
    path("account/two-step/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/two-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/two-step/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/two-step/recovery/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/two-step/recovery/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
]
urlpatterns += [path("", include(f"{app}.urls")) for app in OWN if find_spec(f"{app}.urls")]

if settings.ALONGSIDE_DEMO or settings.DEBUG:
    from alongside.design import stylepage

    urlpatterns.append(path("design/", stylepage.show, name="design"))
