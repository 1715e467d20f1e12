"""The staffing app."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "alongside.staffing"
    label = "staffing"
    verbose_name = "Who works here, and how they sign in"
    strand = ("prepare",)

    def ready(self) -> None:
        from allauth.mfa import signals

        from alongside.design import navigation
        from alongside.staffing import factors

        signals.authenticator_added.connect(factors.added, dispatch_uid="staffing.added")
        signals.authenticator_removed.connect(factors.removed, dispatch_uid="staffing.removed")
        signals.authenticator_used.connect(factors.used, dispatch_uid="staffing.used")
        navigation.add("Staff", "staffing:people", position=58, permission="manage_staff")
