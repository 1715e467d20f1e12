"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "alongside.agencies"
    label = "agencies"
    verbose_name = "Agencies and people who sign in"
    strand = ("prepare",)
    default_auto_field = "django.db.models.BigAutoField"
