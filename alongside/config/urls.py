"""Every address. Each app brings its own; of allauth's, only those we offer: no sign-up, no reset by e-mail, no recovery codes."""

from __future__ import annotations

from importlib.util import find_spec

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from alongside.config import directories, passkeys
from alongside.design.icon import icon
from alongside.gate.still import still, unlocked

OWN = [app for app in settings.INSTALLED_APPS if app.startswith("alongside.")]

handler400 = "alongside.design.errors.bad_request"
handler403 = "alongside.design.errors.forbidden"
handler404 = "alongside.design.errors.not_found"
handler429 = "alongside.design.errors.too_often"  # asked for by allauth
handler500 = "alongside.design.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/sign-in/", passkeys.login, name="account_login"),
    path("account/directory/<slug:provider_id>/", directories.begin, name="openid_connect_login"),
    path("account/directory/<slug:provider_id>/back/", directories.back, name="openid_connect_callback"),
    path("account/sign-out/", account.logout, name="account_logout"),
    path("account/still/", still, name="still_signed_in"),
    path("account/unlocked/", unlocked, name="unlocked"),
    path("favicon.ico", icon, name="icon"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/none/", passkeys.no_password, name="account_set_password"),
    path("account/two-step/", passkeys.ways, name="mfa_index"),
    path("account/two-step/code/", passkeys.code, name="mfa_authenticate"),
    path("account/two-step/confirm/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/two-step/set-up/", passkeys.set_up_app, name="mfa_activate_totp"),
    path("account/two-step/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/passkeys/sign-in/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("account/passkeys/add/", passkeys.add, name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", passkeys.confirm, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
]
urlpatterns += [path("", include(f"{app}.urls")) for app in OWN if find_spec(f"{app}.urls")]

if settings.ALONGSIDE_DEMO or settings.DEBUG:
    from alongside.design import stylepage

    urlpatterns.append(path("design/", stylepage.show, name="design"))
