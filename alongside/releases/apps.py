"""The app of papers and of requests for one's own data."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    name = "alongside.releases"
    label = "releases"
    verbose_name = "Papers that leave, and requests for one's own data"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases.hooks import Panel, register_panel
        from alongside.design import navigation
        from alongside.duties.hooks import register_unfinished
        from alongside.outbox.registry import register_timer
        from alongside.people.hooks import lead_to
        from alongside.releases import pages
        from alongside.releases.actions import releasing
        from alongside.releases.requests import pages as requests

        register_panel(Panel("documents", 10, "releases/_panel.html", pages.panel))
        register_panel(Panel("documents", 20, "releases/requests/_panel.html", requests.panel))
        register_unfinished(pages.waiting)
        register_unfinished(requests.waiting)
        register_timer(releasing.TIMER, releasing.tell_team)
        navigation.add("Papers", "releases:papers", position=17, permission="draft_papers")
        lead_to("Whose copy is this?", "releases:whose", permission="release_papers")
