"""Referrals to social care, as kinds of referral."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.agencies.models import Area, Team
from alongside.cases.models import Case
from alongside.casework.actions.referrals import send_referral
from alongside.casework.codes import SERVICES
from alongside.casework.forms.referrals import ReferralForm
from alongside.casework.models import Referral
from alongside.casework.pages.sending import preview_rows, unfinished
from alongside.casework.queries import drafts
from alongside.casework.sending import Going, Kind, register_kind
from alongside.duties.hooks import register_unfinished
from alongside.gate.viewing import Viewer

ACTS = {
    "childrens-social-care": ("refer_to_childrens_social_care", "write_up_telephone_referral"),
    "adult-social-care": ("refer_to_adult_social_care",),
}

RING = (
    "Ring the council’s own number for worried professionals in {area}, by day or its emergency duty team at night, and say "
    "what you would have written here."
)


def register() -> None:
    """Called once when the app is ready."""
    register_unfinished(unfinished)
    for service, name in SERVICES.items():
        register_kind(
            service,
            Kind(
                name=name,
                nobody=f"No team of {name} receives referrals in {{area}} yet",
                ring=RING,
                write=partial(_write, service),
                refuse=partial(_refuse, service),
                record=_record,
                form=partial(_form, service),
                teams=partial(_teams, service),
                rows=preview_rows,
                send=partial(_send, service),
            ),
        )


def _write(service: str, case: Case) -> str:
    return reverse("casework:refer", args=[case.reference, service])


def _refuse(service: str, case: Case) -> str:
    return reverse("casework:do-not-refer", args=[case.reference, service])


def _record(key: UUID) -> str:
    return reverse("casework:referral", args=[key])


def _form(service: str, typed: Any, case: Case, viewer: Viewer) -> ReferralForm:
    """The referral; a call noted on its task stands in it."""
    task = drafts.open_task(case, viewer, *ACTS[service])
    called = {"spoken_to": task.spoken_to, "telephoned": task.spoken_at} if task and task.spoken_at else {}
    return ReferralForm(typed, draft=drafts.draft(case, viewer), service=service, initial=called)


def _teams(service: str, area: Area) -> list[Team]:
    team = drafts.receiving_team(service, area)
    return [team] if team else []


def _send(service: str, going: Going) -> Referral:
    form: ReferralForm = going.form  # type: ignore[assignment]  # made by `_form`
    return send_referral(
        key=going.key,
        case=going.case,
        service=service,
        area=going.area,
        from_team=going.sender,
        to_team=going.teams[0],
        about=drafts.people_ticked(going.case, Viewer(going.by, going.at), form.cleaned_data["people"]),
        content=form.content(),
        facts=form.facts_sent(),
        left_out=form.not_sent(),
        by=going.by,
        at=going.at,
    )
