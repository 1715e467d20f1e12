"""The api app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "alongside.api"
    label = "api"
    verbose_name = "Interface for other systems"
    strand = ("protect",)
