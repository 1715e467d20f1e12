"""The procedures app."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "alongside.procedures"
    label = "procedures"
    verbose_name = "Procedures"
    strand = ("prepare",)

    def ready(self) -> None:
        from alongside.design import navigation
        from alongside.procedures import ways_back

        navigation.add_behind(ways_back.link)
        navigation.add("Procedures", "procedures:browse", position=40)
