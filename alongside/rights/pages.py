"""What people dispute, and who was told, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from alongside.agencies.regimes import regime_of
from alongside.cases.models import Case, CaseMember
from alongside.gate.viewing import Viewer
from alongside.people.models import Person
from alongside.rights import queries
from alongside.rights.exemptions import EXEMPTIONS
from alongside.rights.models import FOUND, NATURES, Dispute, DisputeFinding, Told
from alongside.rights.notices import Notice, notice_for, notices
from alongside.sharing.days import today

BESIDE = "Disputed: {who} says that this is not right. Their words stand under “What people dispute”."


def beside(case: Case, viewer: Viewer) -> Mapping[tuple[str, str], str]:
    """Beside each disputed entry of the timeline, by the record it is of."""
    people: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in queries.disputed(case, viewer):
        people[(row.entry.record_kind, str(row.entry.record_id))].add(row.person.initials)
    return {record: BESIDE.format(who=" and ".join(sorted(who))) for record, who in people.items() if record[0]}


@dataclass(frozen=True)
class Line:
    """One dispute: the entry, who disputes it, their words, and what was found by whom."""

    row: Dispute
    nature: str
    words: str
    findings: list[tuple[str, str, DisputeFinding]]


def line(row: Dispute, found: list[DisputeFinding]) -> Line:
    """A dispute with its sealed words opened; whoever calls this has recorded the read."""
    told = [(FOUND[one.found], one.reason.open(), one) for one in found]
    return Line(row, NATURES[row.nature], row.words.open(), told)


def disputed(case: Case, viewer: Viewer) -> dict[str, object]:
    """What people of this case dispute, under the timeline. The words are opened on a page of their own."""
    found = queries.findings(case, viewer)
    rows = [(row, NATURES[row.nature], found.get(row.pk, [])) for row in queries.disputed(case, viewer)]
    return {"case": case, "rows": rows, "labels": FOUND, "may_record": viewer.user.may("answer")}


@dataclass(frozen=True)
class ToldLine:
    """Whether one person was told; `state` empty where nobody has decided, and `is_due` when it has to be looked at again."""

    member: CaseMember
    notice: Notice
    row: Told | None
    why: str
    is_due: bool


def told(case: Case, viewer: Viewer) -> dict[str, object]:
    """Who was given their privacy notice, who not yet, and under which law the agency that opened the case records."""
    held = queries.told(case, viewer)
    return {
        "case": case,
        "lines": [_told(one, held.get(one.person_id), viewer) for one in queries.people(case, viewer)],
        "agency": case.opened_by_agency.name,
        "regime": regime_of(case.opened_by_agency.kind),
        "may_decide": viewer.user.may("decide_sharing"),
    }


def _told(member: CaseMember, row: Told | None, viewer: Viewer) -> ToldLine:
    notice = notices()[notice_for(member.role, member.person.date_of_birth, viewer.at)]
    why = EXEMPTIONS[row.exemption].words if row and row.exemption else ""
    is_due = row is not None and row.again_on is not None and row.again_on <= today(viewer.at)
    return ToldLine(member, notice, row, why, is_due)


def notice_of(person: Person, member: CaseMember, viewer: Viewer) -> Notice:
    """The notice that is somebody's."""
    return notices()[notice_for(member.role, person.date_of_birth, viewer.at)]
