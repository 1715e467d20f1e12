"""The demo app: nothing but invented people, and only where it is asked for."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "alongside.demo"
    label = "demo"
    verbose_name = "The demonstration"
    strand = ("prepare",)
