"""The keeping app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "alongside.keeping"
    label = "keeping"
    verbose_name = "Keeping and letting go"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.design import navigation
        from alongside.people.hooks import about_person

        navigation.add("Keeping", "keeping:overview", position=60, permission="keep_records")
        about_person("How long this record is kept", "keeping:person", permission="keep_records")
