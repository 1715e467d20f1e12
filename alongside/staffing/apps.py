"""The staffing app."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "alongside.staffing"
    label = "staffing"
    verbose_name = "Who works here, and how they sign in"
    strand = ("prepare",)

    def ready(self) -> None:
        from allauth.account.signals import authentication_step_completed
        from allauth.mfa import signals
        from axes.signals import user_locked_out
        from django.contrib.auth.signals import user_logged_out, user_login_failed

        from alongside.agencies import hooks
        from alongside.design import navigation
        from alongside.staffing import factors, signing
        from alongside.staffing.joining import queries as joining

        signals.authenticator_added.connect(factors.added, dispatch_uid="staffing.added")
        signals.authenticator_removed.connect(factors.removed, dispatch_uid="staffing.removed")
        signals.authenticator_used.connect(factors.used, dispatch_uid="staffing.used")
        authentication_step_completed.connect(signing.proved, dispatch_uid="staffing.proved")
        signals.authentication_failed.connect(signing.factor_refused, dispatch_uid="staffing.factor_refused")
        user_login_failed.connect(signing.password_refused, dispatch_uid="staffing.password_refused")
        user_logged_out.connect(signing.left, dispatch_uid="staffing.left")
        user_locked_out.connect(signing.locked, dispatch_uid="staffing.locked")
        hooks.UNKNOWN_AGENCIES.append(joining.unknown)
        navigation.add("Agencies", "staffing:agencies", position=59, permission="bring_agencies")
        navigation.add("Staff", "staffing:people", position=58, permission="manage_staff")
