"""The rights app."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "alongside.rights"
    label = "rights"
    verbose_name = "What people may ask of their records"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, beside_entries, register_panel
        from alongside.design import navigation
        from alongside.rights import pages

        beside_entries(pages.beside)
        register_panel(Panel("timeline", 20, "rights/_disputed.html", pages.disputed))
        register_panel(Panel("sharing", 40, "rights/_told.html", pages.told))
        navigation.add_own("Privacy notices", "rights:notices")
