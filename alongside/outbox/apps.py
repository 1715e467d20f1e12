"""Django's description of the app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "alongside.outbox"
    label = "outbox"
    verbose_name = "Outbox"
    strand = ("protect",)
    default_auto_field = "django.db.models.BigAutoField"
