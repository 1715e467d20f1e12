"""Who prepares papers, who releases them, and what stops one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alongside.agencies.access import Refused, check_may
from alongside.agencies.models import User
from alongside.releases.codes import BY_TWO, OTHER_SIDE
from alongside.releases.models import AccessRequest, Paper
from alongside.releases.queries.looking import Stop


def check_own(by: User, paper: Paper) -> None:
    """Raise unless the paper is of one's own agency."""
    if paper.agency_id != by.agency_id:
        raise Refused(f"This paper is {paper.agency.name}’s. Only they can change it; ring them. Nothing was changed.")


def check_may_prepare(by: User, paper: Paper) -> None:
    """Raise unless somebody may still change what a paper says."""
    check_may(by, "draft_papers")
    check_own(by, paper)
    check_no_answer(paper)
    if paper.state != "draft":
        raise Refused(
            "This paper is not being prepared any more, so what it says stands. Somebody who may release it can send it back. "
            "Nothing was changed."
        )


def check_no_answer(paper: Paper) -> None:
    """Raise for an answer to a request for own data, which changes with its request alone."""
    if paper.kind != "papers":
        raise Refused(
            "This answers a request for own data; what it says is built and reviewed there. Nothing was changed."
        )


def check_side(paper: Paper, asked: bool) -> None:
    """Raise where something is chosen that a side may never have: deny by default."""
    if paper.side in OTHER_SIDE and asked:
        raise Refused(
            "To this side goes only what is theirs by its type, and no record of the case. Nothing was kept. If a court ordered it, "
            "prepare a paper for the court."
        )


def check_may_release(by: User, paper: Paper) -> None:
    """Raise unless this person may release this paper: a cleared role, and where two are needed another than who prepared it."""
    check_may(by, "release_papers")
    check_own(by, paper)
    if paper.needs_two and paper.drafted_by_id == by.pk:
        raise Refused(
            "You prepared this paper, and somebody who may be in danger is concerned; a second person has to read and release it. "
            "Nothing was released."
        )


def may_release(by: User, paper: Paper) -> bool:
    """Boolean twin of `check_may_release`."""
    other = not paper.needs_two or paper.drafted_by_id != by.pk
    return by.may("release_papers") and paper.agency_id == by.agency_id and other


def needs_two(side: str, kind: str, protected: bool) -> bool:
    """Whether a second person releases it: somebody is protected, the other side may see it, or it answers a request."""
    return protected or side in BY_TWO or kind == "own-data"


def check_says_nothing(stops: Sequence[Stop]) -> None:
    """Raise while something in a paper leads to somebody."""
    if stops:
        places = "; ".join(dict.fromkeys(f"{one.what} in “{one.where}”" for one in stops))
        raise Refused(
            f"Nothing was released. This paper could lead to somebody who has to be safe: {places}. Rewrite that, or leave it out; "
            "then ask again."
        )


def check_opens(paper: Paper, at: datetime) -> None:
    """Raise while a release can still be called back unseen, and once it was."""
    if paper.state != "released":
        raise Refused("This paper is not released, so there are no copies of it to make. Nothing was made.")
    if paper.opens_on is not None and at < paper.opens_on:
        raise Refused(
            "It was released a moment ago and can still be called back, so nothing of it opens yet. Try again in five minutes."
        )


def check_may_review(by: User, request: AccessRequest) -> None:
    """Raise unless this person may look at what another built."""
    check_may(by, "release_papers")
    if request.built_by_id == by.pk:
        raise Refused("You built this answer; somebody else has to look at it. Nothing was changed.")


def check_may_build(by: User, request: AccessRequest) -> None:
    """Raise unless this person may build the answer."""
    check_may(by, "answer_access")
    if request.cleared_by_id == by.pk:
        raise Refused(
            "You said what may be built; somebody else builds it, so that two have seen it before anybody reviews. Nothing was changed."
        )
