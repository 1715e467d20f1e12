"""The Jinja environment of every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.templatetags.static import static
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, Undefined

from alongside.design import moments
from alongside.design.addresses import address
from alongside.design.built import asset


class MissingArgument(TypeError):
    """A component was used without something it cannot be drawn without."""


def need(component: str, **given: Any) -> str:
    """Called first by each macro: raises `MissingArgument` naming the component and what it was not given."""
    missing = [name for name, value in given.items() if value is None or value == "" or isinstance(value, Undefined)]
    if missing:
        raise MissingArgument(f"{component} needs {', '.join(missing)}")
    return ""


def environment(**options: Any) -> Environment:
    """The GOV.UK macros lean on undefined parameters, so names are lenient; our own macros call `need` instead."""
    loader = options.pop("loader")
    options.pop("autoescape", None)
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    both = ChoiceLoader([components, loader])
    made = Environment(loader=both, autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    made.globals.update(
        static=static,
        asset=asset,
        url=address,
        need=need,
        demo=settings.ALONGSIDE_DEMO,
    )
    made.globals["component"] = _component
    made.globals["first_id"] = _first_id
    made.filters.update(
        when=moments.when,
        day=moments.day,
        time=moments.clock_time,
        clock=moments.clock,
        ago=moments.ago,
        sentence=sentence,
        document=document,
    )
    return made


def _component(bound: Any) -> dict[str, Any]:
    from alongside.design.forms import component  # forms are drawn by this environment, which they import

    return component(bound)


def _first_id(bound: Any) -> str:
    """Where a link of the error summary leads: the first control of the field."""
    from alongside.design.forms import first_id

    return first_id(bound)


# The titles people use for the documents; any other is shown by its code.
DOCUMENTS = {
    "west-midlands-2.24": "West Midlands procedures 2.24",
    "staffordshire-2019": "Staffordshire procedures 2019",
    "000": "No Excuse for Abuse campaign",
    "001": "Coventry strategy 2018–2023",
    "003": "West Midlands standards",
    "england-practice-2026": "Law and practice in England, November 2026",
}


def document(code: str) -> str:
    """The title of a document of procedure."""
    return DOCUMENTS.get(code, code)


def sentence(items: Any, last: str = "and") -> str:
    """Several words as people say them: "a, b and c"."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
