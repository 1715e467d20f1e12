"""The uploads app."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    name = "alongside.uploads"
    label = "uploads"
    verbose_name = "Files of a case"
    strand = ("protect", "pursue")

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, register_panel
        from alongside.outbox.registry import register_work
        from alongside.uploads import checking, pages

        register_panel(Panel("documents", 50, "uploads/_case_files.html", pages.panel))
        register_work(checking.check_waiting)
