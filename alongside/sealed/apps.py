"""Django's description of the app."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "alongside.sealed"
    label = "sealed"
    verbose_name = "Sealed fields"
    strand = ("protect",)
