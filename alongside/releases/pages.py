"""Papers in words: on the case, on Today, in lists, and before they go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from alongside.cases.models import Case
from alongside.design.moments import when
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.releases import access, document, marking
from alongside.releases.codes import HOW, KINDS, LEFT_OUT, SIDES, STATES
from alongside.releases.models import Paper, PaperCopy
from alongside.releases.queries import papers

LOOKS = {"draft": "plain", "waiting": "waiting", "released": "done", "recalled": "bar", "dropped": "plain"}


@dataclass(frozen=True)
class Row:
    """A paper in a list: nobody's name."""

    paper: Paper
    side: str
    kind: str
    state: str
    look: str
    by: str

    @property
    def href(self) -> str:
        return reverse("releases:paper", args=[self.paper.pk])


def row(one: Paper) -> Row:
    """A paper as a line."""
    by = f"prepared by {document.outward(one.drafted_by)}, {when(one.drafted_at)}"
    return Row(one, SIDES[one.side], KINDS[one.kind], STATES[one.state], LOOKS[one.state], by)


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """The block on the case: its papers, for those who prepare or release them."""
    if not viewer.user.may("draft_papers"):
        return None
    return {"case": case, "papers": [row(one) for one in papers.of_case(case, viewer) if one.state != "dropped"]}


def waiting(viewer: Viewer) -> list[Unfinished]:
    """For Today: papers to release, holders to tell, and papers that came for one's team."""
    found = []
    if viewer.user.may("release_papers"):
        found += [
            Unfinished(
                f"Read a paper for {SIDES[one.side]}, and release it or send it back",
                f"{_of(one)}Prepared by {one.drafted_by.role_held.label}, {when(one.drafted_at)}.",
                reverse("releases:paper", args=[one.pk]),
                button="Read it",
            )
            for one in papers.to_release(viewer)
        ]
    if viewer.user.may("draft_papers"):
        found += [_to_tell(one) for one in papers.to_recall(viewer)]
    if viewer.user.may("see_cases"):
        found += [
            Unfinished(
                f"A paper from {one.agency.name}",
                f"{_of(one)}Nobody here has opened it yet.",
                reverse("releases:received", args=[one.pk]),
                button="Open it",
            )
            for one in papers.unread(viewer)
        ]
    return found


def _to_tell(one: PaperCopy) -> Unfinished:
    return Unfinished(
        f"Tell the holder of copy {one.number} that the paper is called back",
        f"{_of(one.paper)}Ask for the copy, and say here that they know.",
        reverse("releases:paper", args=[one.paper_id]),
    )


def _of(one: Paper) -> str:
    return f"{one.case.reference}. " if one.case else ""


def left_out(paper: Paper) -> list[tuple[str, list[str]]]:
    """What was left out, for the sender: each reason with the parts it is for."""
    found: dict[str, list[str]] = {}
    for one in document.left_out_of(paper):
        found.setdefault(LEFT_OUT[one["why"]].whole, []).append(one["label"])
    return list(found.items())


def copies(paper: Paper, viewer: Viewer) -> list[dict[str, object]]:
    """The recall list: who has which copy, and whether they were told."""
    return [
        {
            "row": one,
            "mark": marking.shown(one.mark),
            "whose": document.outward(one.reader) if one.reader else HOW[one.how],
            "told": f"told by {one.told_by.initials} {when(one.told_at)}" if one.told_at and one.told_by else "",
        }
        for one in papers.copies_of(paper, viewer)
    ]


def whose(rows: Iterable[PaperCopy], viewer: Viewer) -> list[dict[str, object]]:
    """Whose copies these are: for one's own agency all there is to say, for others whom to ring."""
    held = list(rows)
    references = papers.visible_references(held, viewer)
    return [
        {
            "mark": marking.shown(one.mark),
            "own": one.paper.agency_id == viewer.user.agency_id,
            "agency": one.paper.agency.name,
            "line": document.mark_line(one.paper, one) if one.paper.agency_id == viewer.user.agency_id else "",
            "how": HOW[one.how],
            "made": one.made_at,
            "released": document.outward(one.paper.released_by) if one.paper.released_by else "",
            "state": STATES[one.paper.state],
            "reference": references.get(str(one.paper.case_id), ""),
            "href": reverse("releases:paper", args=[one.paper_id]) if references.get(str(one.paper.case_id)) else "",
        }
        for one in held
    ]


def is_open(paper: Paper, at: datetime) -> bool:
    """Whether what was released can be read: the time to call it back unseen is over, and nobody did."""
    return paper.state == "released" and paper.opens_on is not None and at >= paper.opens_on


def may(paper: Paper, viewer: Viewer) -> dict[str, bool]:
    """What the viewer may do with a paper now."""
    own, may_release = paper.agency_id == viewer.user.agency_id, viewer.user.may("release_papers")
    return {
        "write": own and paper.state == "draft" and paper.kind == "papers",
        "release": access.may_release(viewer.user, paper) and paper.state in ("draft", "waiting"),
        "ask": own and paper.state == "draft" and paper.kind == "papers" and (paper.needs_two or not may_release),
        "drop": own and paper.state in ("draft", "waiting") and paper.kind == "papers",
        "recall": own and paper.state == "released",
        "hand": own and is_open(paper, viewer.at) and paper.side != "team",
    }
