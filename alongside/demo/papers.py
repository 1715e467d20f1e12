"""Papers in the demonstration: one that waits for a second person, one with the court, one that came to a team, and a request for own data."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.cases.models import Case
from alongside.demo.partnership import Partnership
from alongside.gate.viewing import Viewer
from alongside.releases import actions
from alongside.releases.actions.preparing import Recipient, Said
from alongside.releases.models import Paper
from alongside.releases.queries import papers
from alongside.releases.requests.actions import check_identity, take_request
from alongside.sharing.days import today

SAID = {
    "purpose": "the people who decide know how dangerous it is",
    "reason": "The grade and the worry are asked for; the answers one by one are not.",
    "gateway": "adults",
    "consent": "not-safe-to-seek",
}
LABELS = ("Grade given", "Serious concern")


def prepare(made: Partnership, told: dict[str, Case], *, at: datetime) -> None:
    """Tell it, each as its own worker would do it."""
    grave, second = told["high_risk"], made.deputy("police-supervisor")
    court = Recipient("court", "The Family Court at Coventry")
    with_court = _paper(made, grave, court, at - timedelta(days=1))
    actions.release_paper(paper=with_court, by=second, at=at - timedelta(hours=20))
    actions.make_copy(paper=with_court, how="court", by=made.user("police-supervisor"), at=at - timedelta(hours=19))
    team = made.teams["coventry-domestic-abuse-service-idva"]
    to_team = Recipient("team", f"{team.name}, {team.agency.name}", team=team)
    actions.release_paper(
        paper=_paper(made, grave, to_team, at - timedelta(hours=5)), by=second, at=at - timedelta(hours=4)
    )
    _paper(made, grave, Recipient("court", "Coventry Magistrates’ Court"), at - timedelta(hours=1))
    _asked(made, grave, at)


def _paper(made: Partnership, case: Case, to: Recipient, at: datetime) -> Paper:
    """Prepared by the supervisor, who asks a second person."""
    by = made.user("police-supervisor")
    viewer = Viewer(by, at)
    source = next(one for one in papers.records_for(case, viewer) if one.kind == "risk.assessment")
    row = actions.begin_paper(case=case, to=to, sources=[str(source.id)], purpose=SAID["purpose"], by=by, at=at)
    offers = papers.offers(row, viewer)
    parts = [one.part for one in offers if one.part.label in LABELS]
    left = {one.part.label: one.never or one.unless or "not-needed" for one in offers if one.part not in parts}
    row = actions.write_paper(paper=row, said=Said(parts=parts, left_out=left, **SAID), by=by, at=at)
    return actions.ask_release(paper=row, by=by, at=at)


def _asked(made: Partnership, case: Case, at: datetime) -> None:
    """The person reported as causing harm asks what is held about him: a cleared reviewer is asked before anything is built."""
    by = made.user("police-supervisor")
    part = case.members.filter(role="person-causing-harm").select_related("person").order_by("pk").first()
    if part is not None:
        row = take_request(
            person=part.person,
            asker="self",
            asker_name="",
            received_on=today(at) - timedelta(days=6),
            by=by,
            at=at - timedelta(hours=3),
        )
        check_identity(request=row, identity="document", by=by, at=at - timedelta(hours=2))
