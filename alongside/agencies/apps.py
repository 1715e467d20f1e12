"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "alongside.agencies"
    label = "agencies"
    verbose_name = "Agencies and people who sign in"
    strand = ("prepare",)

    def ready(self) -> None:
        from alongside.agencies import queries
        from alongside.outbox.api import register_staff

        register_staff("team", queries.team_addresses)
        register_staff("user", queries.user_addresses)
