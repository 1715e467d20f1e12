"""Releasing a paper, sending it back, and calling it back."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Team, User
from alongside.audit.api import Actor, action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.outbox.api import STAFF_NOW, post, schedule
from alongside.releases import access, document, states
from alongside.releases.actions.preparing import check_whole, told
from alongside.releases.codes import RECALL_WINDOW, SIDES
from alongside.releases.models import AccessRequest, Paper
from alongside.releases.queries import looking, safe
from alongside.sharing.actions import Weighed, disclose
from alongside.sharing.decisions.actions.reviewing import end_share
from alongside.sharing.decisions.models import Disclosure
from alongside.sharing.gateways import GATEWAYS

TIMER = "paper-opens"


@action("releases.paper_released")
def release_paper(*, paper: Paper, by: User, at: datetime) -> Paper:
    """Release a paper to its recipient, after it was looked through once more, in linked records too.

    To a team it is a decision to share as any other. Whether two are needed is asked again: somebody may be protected since.
    """
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    if row.state == "released" and row.released_by_id == by.pk:
        record(row, by=by, at=at, again=True)
        return row
    row.needs_two = row.needs_two or access.needs_two(row.side, row.kind, safe.is_protected(safe.people_in(row)))
    access.check_may_release(by, row)
    check_whole(row)
    request = _request_of(row)
    access.check_says_nothing(looking.stops(row, linked=True))
    row.released_at, row.released_by, row.opens_on = at, by, at + RECALL_WINDOW
    row.save(update_fields=["needs_two", "released_at", "released_by", "opens_on"])
    states.PAPER.move(row, to="released", by=by, at=at)
    if row.case is not None and row.to_team is not None:
        _share(row, row.case, row.to_team, by, at)
    if request is not None:
        states.REQUEST.move(request, to="answered", by=by, at=at)
    record(row, by=by, at=at, side=row.side, left_out=row.count_left_out, two=row.needs_two)
    told(row, f"A paper was released to {SIDES[row.side]}", by, at)
    return row


def _request_of(row: Paper) -> AccessRequest | None:
    """The request a paper answers, locked; none of an answer is released that nobody else looked at."""
    request = AccessRequest.objects.select_for_update().filter(paper=row).first()
    if request is not None and request.state != "releasing":
        raise Refused("Somebody other than who built this answer has to look at it first. Nothing was released.")
    return request


def _share(row: Paper, case: Case, team: Team, by: User, at: datetime) -> None:
    disclose(
        case=case,
        subject=row,
        to_team=team,
        purpose=row.purpose,
        basis=GATEWAYS[row.gateway].basis,
        gateway=row.gateway,
        consent=row.consent,
        reason=row.reason.open(),
        what=[part.label for part in document.parts_of(row)],
        left_out=[one["label"] for one in document.left_out_of(row)],
        weighed=Weighed(necessity=row.reason.open()),
        by=by,
        at=at,
    )
    schedule(kind=TIMER, subject_id=str(row.pk), due=at + RECALL_WINDOW, key=f"paper-opens:{row.pk}", by=by, at=at)
    cases.changed(case=case, by=by, at=at)


def tell_team(subject_id: str, /, *, by: Actor, at: datetime) -> None:
    """The time to call it back unseen is over: the team is told that something came, unless somebody did."""
    row = Paper.objects.filter(pk=subject_id, state="released", to_team__isnull=False).first()
    if row is not None:
        post(to=f"team:{row.to_team_id}", key=f"paper-{row.pk}", template=STAFF_NOW, by=by, at=at)


@action("releases.paper_sent_back")
def send_back(*, paper: Paper, why: str, by: User, at: datetime) -> Paper:
    """Send a paper back to whoever prepared it, with what to change."""
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    access.check_may_release(by, row)
    states.PAPER.move(row, to="draft", by=by, at=at, why=why)
    request = AccessRequest.objects.select_for_update().filter(paper=row, state="releasing").first()
    if request is not None:
        states.REQUEST.move(request, to="building", by=by, at=at, why=why)
    record(row, by=by, at=at)
    return row


@action("releases.paper_recalled")
def recall_paper(*, paper: Paper, why: str, by: User, at: datetime) -> Paper:
    """Call a paper back: nothing of it opens from now on, a team's door closes and it is told; copies outside stand on the recall list
    until somebody has told each holder. Whoever prepared it may, too: nobody waits for a second person to shut a door.
    """
    row = Paper.objects.select_for_update().get(pk=paper.pk)
    check_may(by, "draft_papers")
    access.check_own(by, row)
    states.PAPER.move(row, to="recalled", by=by, at=at, why=why)
    row.recalled_at, row.recalled_by, row.recalled_why = at, by, why.strip()
    row.save(update_fields=["recalled_at", "recalled_by", "recalled_why"])
    for decision in Disclosure.objects.filter(record_id=row.pk, state="live").select_related("case", "to_team"):
        end_share(decision=decision, why="The paper was called back.", by=by, at=at)
        post(to=f"team:{decision.to_team_id}", key=f"paper-recall-{row.pk}", template=STAFF_NOW, by=by, at=at)
    record(row, by=by, at=at, copies=row.copies.count())
    told(row, "A paper was called back", by, at)
    return row
