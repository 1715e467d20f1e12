"""The cases app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "alongside.cases"
    label = "cases"
    verbose_name = "Cases"
    strand = ("protect",)

    def ready(self) -> None:
        from alongside.cases import actions, linked, panels, reaching, sides
        from alongside.cases.hooks import Panel, register_panel
        from alongside.design import navigation
        from alongside.people.hooks import MAY_LOCATE, on_asked, on_link, register_case_ties, register_contact

        on_link(linked.on_linked)
        on_asked(actions.let_in_asked)
        register_case_ties(sides.ties)
        MAY_LOCATE[:] = [sides.check_may_locate]
        register_contact(reaching.area_rules, reaching.team_asked)
        navigation.add("Cases", "cases:list", position=20, permission="see_cases")
        for tab, order, template, context in panels.ALL:
            register_panel(Panel(tab, order, template, context))
