"""The demo app: nothing but invented people, and only where it is asked for."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "alongside.demo"
    label = "demo"
    verbose_name = "The demonstration"
    strand = ("prepare",)

    def ready(self) -> None:
        from django.conf import settings

        from alongside.demo.accounts import PASSWORD, accounts
        from alongside.demo.inventing import INVENTED
        from alongside.design.signin import Offered, offer
        from alongside.insight.hooks import register_source

        if settings.ALONGSIDE_DEMO:
            register_source("invented", INVENTED)
            offer([Offered(one.email, PASSWORD, one.label, one.description) for one in accounts()])
