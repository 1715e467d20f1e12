"""The gate app."""

from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "alongside.gate"
    label = "gate"
    verbose_name = "Who may see what"
    strand = ("prepare", "protect")
