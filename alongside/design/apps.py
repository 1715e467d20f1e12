"""The design app: templates and built assets, no records."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "alongside.design"
    label = "design"
    verbose_name = "Pages and components"
    strand = ("prepare", "prevent", "protect", "pursue")
