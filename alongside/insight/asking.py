"""From an address to an answer, or to the form with what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from alongside.agencies import queries as agencies
from alongside.design.dates import Date
from alongside.duties.population import choices_on
from alongside.gate.routes import Request
from alongside.insight import queries, tried
from alongside.insight.forms import WhatIfForm, defaults
from alongside.insight.models import CaseSet
from alongside.insight.pages import Shown
from alongside.insight.stands import choices
from alongside.policy import PolicyError
from alongside.policy.asked import ALL
from alongside.procedures.queries import library


@dataclass
class Asked:
    """What an address asks. `answer` is there once all of it is sound; `fault` says why the cases cannot answer."""

    form: WhatIfForm
    case_set: CaseSet | None
    answer: Shown | None = None
    fault: str = ""
    notes: tuple[str, ...] = field(default=())
    changed: dict[str, str] = field(default_factory=dict)


def asked(request: Request) -> Asked:
    """Read the address; where it asks for a change, and there are cases that can be relied on, answer it."""
    today = timezone.localdate(request.at)
    data = defaults(today) | {name: request.GET[name] for name in request.GET}
    names = {area.code: area.name for area in agencies.areas() if area.code in library().areas}
    area = data["area"] if data["area"] in names else ALL
    on = _day(data, today)
    offered = choices(area, on, choices_on(on), names)
    form = WhatIfForm(data, areas=list(names.items()), choices=offered)
    found = Asked(form, queries.ready())
    if not form.is_valid():
        return found
    found.changed = form.changed()
    if found.case_set is None:
        return found
    try:
        found.notes = tried.notes(found.case_set.pk)
        found.fault = _fault(found.case_set)
        if found.changed and not found.fault:
            found.answer = _answer(found, {one.name: one for one in offered}, names)
    except PolicyError as error:
        found.fault = f"{error}. Nothing was replayed."
    return found


def _answer(found: Asked, offered: dict, names: dict[str, str]) -> Shown:
    said, case_set = found.form.cleaned_data, found.case_set
    assert case_set is not None  # noqa: S101 - asked for only where there is one
    held = tried.try_out(
        case_set,
        area=said["area"],
        on=said["on"],
        settings=found.changed,
        adopted=choices_on(said["on"]),
        only_last_year=said["period"] == "year",
    )
    return Shown(held, found.changed, offered, said["area"], names, said["per_meeting"], said["minutes"])


def _fault(case_set: CaseSet) -> str:
    """Why no answer of these cases can be relied on, if it cannot."""
    if case_set.differing:
        return (
            f"Deciding these cases again gives another result in {case_set.differing:,} of {case_set.decisions:,} decisions. "
            "What a change would do cannot be told from them, so nothing is shown. Tell whoever operates Alongside."
        )
    if not tried.is_as_checked(case_set.pk, case_set.cases - case_set.unchecked):
        return "The rules have changed since these cases were prepared. Prepare the cases again; nothing was replayed."
    return ""


def _day(data: dict[str, str], today: date) -> date:
    """The day asked for, or today where it is none: the form says what is wrong with it."""
    try:
        return Date().clean([data.get(f"on_{part}", "") for part in range(3)]) or today
    except ValidationError:
        return today
