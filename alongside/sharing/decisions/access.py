"""Who may decide to share, who looks at a share again, and what a decision must rest on."""

from __future__ import annotations

from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import Team, User
from alongside.cases.models import Case
from alongside.sharing.agreements import queries as agreements
from alongside.sharing.decisions.models import Disclosure


def check_basis(basis: str, consent: str) -> None:
    """Raise where consent is named as the basis and was not given."""
    if basis == "consent" and consent != "given":
        raise Refused(
            "“The person agreed” is the basis only where consent was given. Choose another basis; nothing was sent."
        )


def check_may_look_again(by: User, decision: Disclosure) -> None:
    """Raise unless it is a decision of one's own agency."""
    check_may(by, "decide_sharing")
    if decision.agency_id != by.agency_id:
        raise Refused(
            f"{decision.agency.name} decided this, so only {decision.agency.name} can look at it again. Ring them if you see it "
            "differently. Nothing was changed."
        )


def may_look_again(by: User, decision: Disclosure) -> bool:
    """Boolean twin of `check_may_look_again`."""
    return by.may("decide_sharing") and decision.agency_id == by.agency_id


def check_may_open_case(by: User, case: Case, team: Team, at: datetime) -> None:
    """Raise unless the case is one's own agency's, and an agreement with the other's is in force."""
    if by.agency_id != case.opened_by_agency_id:
        raise Refused(
            "Only the agency that recorded a case opens the whole of it to another. Share a record of it instead. Nothing was opened."
        )
    if agreements.is_without(case.opened_by_agency_id, team.agency_id, at):
        raise Refused(
            f"No agreement between {by.agency.name} and {team.agency.name} is in force, so the case cannot be opened to them as it "
            "grows. What they need now you can send: share a record of it, or refer. Nothing was opened."
        )
