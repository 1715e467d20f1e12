"""The referral to MARAC, as a kind of referral."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from alongside.agencies.models import Area, Team
from alongside.agencies.queries import team_for
from alongside.cases.models import Case
from alongside.casework.queries import drafts
from alongside.casework.sending import Going, Kind, register_kind
from alongside.gate.viewing import Viewer
from alongside.marac import actions, pages
from alongside.marac.forms import MaracForm
from alongside.marac.models import MaracReferral

MARAC = "marac"
RING = (
    "What is needed now does not wait for a meeting. Ring the police’s safeguarding desk of {area} and ask who coordinates its "
    "MARAC."
)


def register() -> None:
    """Called once when the app is ready."""
    register_kind(
        MARAC,
        Kind(
            name="MARAC",
            nobody="Nobody runs the MARAC of {area} on Alongside yet",
            ring=RING,
            write=_write,
            refuse=_refuse,
            record=_record,
            form=_form,
            teams=teams,
            rows=pages.preview_rows,
            send=_send,
            so_that=pages.SO_THAT,
            also="who speak for her at the meeting",
        ),
    )


def _write(case: Case) -> str:
    return reverse("marac:refer", args=[case.reference])


def _refuse(case: Case) -> str:
    return reverse("marac:do-not-refer", args=[case.reference])


def _record(key: UUID) -> str:
    return reverse("marac:referral", args=[key])


def _form(typed: Any, case: Case, viewer: Viewer) -> MaracForm:
    return MaracForm(typed, draft=drafts.draft(case, viewer))


def teams(area: Area) -> list[Team]:
    """The coordinator's, then the service that speaks for her; none without a coordinator."""
    coordinator, idva = team_for("marac-coordinator", area.pk), team_for("idva", area.pk)
    return [team for team in (coordinator, idva) if team] if coordinator else []


def _send(going: Going) -> MaracReferral:
    form: MaracForm = going.form  # type: ignore[assignment]  # made by `_form`
    idva = going.teams[1] if len(going.teams) > 1 else None
    return actions.refer(
        key=going.key,
        case=going.case,
        from_team=going.sender,
        to_team=going.teams[0],
        idva_team=idva,
        content=form.content(),
        consent=form.word("consent"),
        facts=form.facts_sent(),
        left_out=form.not_sent(),
        by=going.by,
        at=going.at,
    )
