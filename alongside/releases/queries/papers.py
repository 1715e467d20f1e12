"""Reads of papers and their copies, through the gate; and whose copy a mark is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from alongside.agencies.models import User
from alongside.agencies.roles import ROLES
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.gate.viewing import Viewer
from alongside.gate.wall import beyond_the_gate
from alongside.releases import marking
from alongside.releases.models import Paper, PaperCopy
from alongside.releases.queries import own, safe
from alongside.releases.queries.looking import is_way
from alongside.sharing.hooks import Part, Shareable, shareable

WITH = (
    "case",
    "person",
    "agency",
    "to_team__agency",
    "drafted_by__agency",
    "released_by__agency",
    "recalled_by__agency",
)


@dataclass(frozen=True)
class Offer:
    """A part that may be chosen. `never` is the code of why it may not; `unless` of why it is left out unless somebody ticks it."""

    part: Part
    never: str = ""
    unless: str = ""


def papers() -> QuerySet[Paper]:
    """Papers to load one from, through the gate."""
    return Paper.objects.select_related(*WITH)


def of_case(case: Case, viewer: Viewer) -> list[Paper]:
    """Papers that the viewer's agency made of a case, the latest first: another's are that agency's own."""
    rows = papers().visible_to(viewer).filter(case=case, agency=viewer.user.agency_id, kind="papers")  # type: ignore[attr-defined]
    return list(rows.prefetch_related("copies"))


def own_papers(viewer: Viewer) -> list[Paper]:
    """Papers of the viewer's agency that are not done with, and the latest of the others."""
    rows = papers().visible_to(viewer).filter(agency=viewer.user.agency_id)  # type: ignore[attr-defined]
    return list(rows.exclude(state="dropped").order_by("-drafted_at").prefetch_related("copies")[:100])


def to_release(viewer: Viewer) -> list[Paper]:
    """Those that wait for the viewer as a second person, the longest waiting first."""
    rows = papers().visible_to(viewer).filter(agency=viewer.user.agency_id, state="waiting")  # type: ignore[attr-defined]
    return list(rows.exclude(drafted_by=viewer.user).order_by("drafted_at"))


def received(viewer: Viewer) -> list[Paper]:
    """Papers released to the viewer's teams whose time to be opened has come, the latest first."""
    rows = papers().visible_to(viewer).filter(to_team__in=viewer.team_ids, opens_on__lte=viewer.at)  # type: ignore[attr-defined]
    return list(rows.filter(state="released").order_by("-released_at"))


def unread(viewer: Viewer) -> list[Paper]:
    """Those that nobody of the team has opened yet."""
    rows = papers().visible_to(viewer).filter(to_team__in=viewer.team_ids, opens_on__lte=viewer.at, state="released")  # type: ignore[attr-defined]
    return list(rows.exclude(copies__reader__isnull=False).order_by("released_at"))


def copies() -> QuerySet[PaperCopy]:
    """Copies to load one from, through the gate."""
    return PaperCopy.objects.select_related(
        "paper__case", "paper__agency", "paper__to_team", "reader", "made_by__agency"
    )


def copies_of(paper: Paper, viewer: Viewer) -> list[PaperCopy]:
    """Who has which copy: the recall list of one paper."""
    rows = PaperCopy.objects.visible_to(viewer).filter(paper=paper)
    return list(rows.select_related("reader__agency", "made_by", "told_by"))


def to_recall(viewer: Viewer) -> list[PaperCopy]:
    """Copies of what was called back whose holders have not been told yet."""
    rows = PaperCopy.objects.visible_to(viewer).filter(paper__agency=viewer.user.agency_id, paper__state="recalled")
    rows = rows.filter(told_at__isnull=True, reader__isnull=True)
    return list(rows.select_related("paper__case").order_by("paper__recalled_at", "number"))


@beyond_the_gate
def by_marks(text: str, viewer: Viewer) -> list[PaperCopy]:
    """The copies whose marks stand in a text; none of a case the viewer is kept apart from.

    Not through the gate: whoever holds a paper that lies where it should not must learn whom to ring. Nothing of what it says.
    """
    rows = PaperCopy.objects.filter(mark__in=marking.marks_in(text))
    apart = viewer.kept_from.get("case", ())
    rows = rows.exclude(paper__case__in=apart).exclude(paper__person__memberships__case__in=apart)
    return list(rows.select_related("paper__agency", "paper__case", "paper__released_by__agency", "reader__agency"))


def releasers(viewer: Viewer) -> list[User]:
    """Who else of the viewer's agency may release a paper."""
    roles = [code for code, role in ROLES.items() if "release_papers" in role.permissions]
    rows = User.objects.filter(agency=viewer.user.agency_id, role__in=roles, is_active=True).exclude(pk=viewer.user.pk)
    return list(rows)


def records_for(case: Case, viewer: Viewer) -> list[Shareable]:
    """Records of a case that a paper may draw on: never the case as it grows."""
    return [one for one in shareable(case, viewer) if not one.is_case]


def offers(paper: Paper, viewer: Viewer) -> list[Offer]:
    """What may be chosen for a paper, by the side it is for."""
    if paper.side in ("team", "court"):
        return [_offer(paper, part, False) for part in _of_records(paper, viewer)]
    if paper.person is None:
        return []
    is_safe = paper.side == "survivor" and safe.is_protected([paper.person.pk])
    return [_offer(paper, part, is_safe) for part in own.parts_for(paper.side, paper.person, viewer)]


def _offer(paper: Paper, part: Part, is_safe: bool) -> Offer:
    way = is_way(part.key)
    return Offer(
        part,
        never="leads" if way and paper.side == "court" else "",
        unless="safe-place" if way and is_safe else "leads" if way and paper.side == "team" else "",
    )


def _of_records(paper: Paper, viewer: Viewer) -> Iterator[Part]:
    held = records_for(paper.case, viewer) if paper.case else []
    chosen = [one for one in held if str(one.id) in paper.sources]
    for source in chosen:
        for part in source.parts:
            label = f"{source.title}: {part.label}" if len(chosen) > 1 else part.label
            yield replace(part, key=f"{source.id}:{part.key}", label=label)


def people_to_write_to(case: Case, viewer: Viewer) -> Iterator[tuple[str, str, str]]:
    """Side, id and initials of everybody of a case a paper may be for: grown people themselves, and a parent for each child."""
    sides = {"victim": "survivor", "other": "survivor", "person-causing-harm": "causing-harm", "child": "parent"}
    for member in members_of([case.pk], viewer).get(case.pk, []):
        if member.role in sides:
            yield sides[member.role], str(member.person_id), member.person.initials


def visible_references(rows: Iterable[PaperCopy], viewer: Viewer) -> dict[str, str]:
    """References of the cases of copies, where the viewer may open the case: by id."""
    cases = Case.objects.visible_to(viewer).filter(pk__in={one.paper.case_id for one in rows if one.paper.case_id})
    return {str(pk): reference for pk, reference in cases.values_list("pk", "reference")}
