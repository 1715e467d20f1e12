"""How referrals to MARAC and listings read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.cases.models import Case
from alongside.casework.pages.referrals import PanelLine, ages, case_href, initials, people_rows
from alongside.casework.received import Received
from alongside.design.jinja import sentence
from alongside.design.moments import when
from alongside.duties import words
from alongside.duties.bars import cited, stops
from alongside.duties.queries import latest_evaluation, questions_of, shown_at
from alongside.gate.viewing import Viewer
from alongside.marac import queries
from alongside.marac.models import CRITERIA, SAFE, MaracReferral
from alongside.policy.parser import parse
from alongside.policy.tree import Between, Compare, Flag, In
from alongside.sharing.codes import BASES

SAFE_WORDS = {code: text for code, text in SAFE if code}
NOT_TO_BE_SPOKEN_OF = {
    "no": "The sender says that it is not safe to talk with her about the referral to MARAC.",
    "": "The sender does not know whether it is safe to talk with her about the referral to MARAC.",
}
SO_THAT = "the agencies can plan together how to keep her safe"
# Acts that a meeting might be tempted to: their bars stand beside the listing and the referral.
BESIDE = {
    "wait_for_marac": "Do not wait for the meeting",
    "recommend_conference_at_marac": "Recommend no child protection conference at the meeting",
    "invite_victim_to_marac": "Do not invite the victim to the meeting",
    "disclose_address": "Give out no address",
}


def bars_beside(case: Case) -> list[tuple[str, Any]]:
    """Bars that stand beside a referral or a listing."""
    return [(text, stop) for act, text in BESIDE.items() for stop in stops(case, act)]


def grounds(case: Case, viewer: Viewer) -> list[dict[str, Any]]:
    """Thresholds and permissions for a referral: met, or what would tell."""
    asked = questions_of(case, viewer)
    found = []
    for one in shown_at(case, reaches_as=("threshold", "permission"), act="refer_to_marac"):
        undecided = one.outcome == "cannot-decide"
        needed = [words.fact(q.fact) for q in asked if one.rule.id in q.rules]
        found.append(
            {
                "cite": cited(one.rule),
                "undecided": undecided,
                "questions": [fact.question for fact in needed if fact is not None] if undecided else [],
                "condition": condition(one.rule.when) if not undecided else "",
            }
        )
    return found


def earlier(case: Case, viewer: Viewer) -> list[str]:
    """What is on record of an earlier referral about the same two people, a line for each person reported as causing harm."""
    evaluation = latest_evaluation(case, viewer)
    rows = [row for row in evaluation.facts if row["name"] == "marac_referral_months"] if evaluation else []
    return [_earlier(row) for row in rows if isinstance(row["value"], int)]


def _earlier(row: dict[str, Any]) -> str:
    if row["manner"] == "record":
        return f"the last referral was on {when(datetime.fromisoformat(row['since']), year=True)}, by {row['said_by']}."
    months = row["value"]
    return f"the last referral was in the last {months} month{'' if months == 1 else 's'}, says {words.role(row['said_by'])}."


def condition(text: str) -> str:
    """Why a ground is met, in words."""
    node = parse(text)
    return words.leaf(node) if isinstance(node, Flag | Compare | Between | In) else ""


def record_rows(row: MaracReferral) -> list[dict[str, str]]:
    """The parts of a referral, opened. Whoever calls this has recorded the read."""
    return [
        {"key": "Ground", "text": CRITERIA[row.criterion]},
        {"key": "Why this victim should be heard", "text": row.reason.open()},
        {"key": "Whom she fears, and what for", "text": row.who_she_fears.open()},
        {"key": "Is it safe to talk with her about it?", "text": SAFE_WORDS.get(row.safe_to_discuss, "")},
        {"key": "Talked over with her", "text": "Yes" if row.discussed else "No"},
        {"key": "Shared because", "text": f"{BASES[row.basis]}. {row.basis_reason}"},
    ]


def preview_rows(form: Any) -> list[dict[str, str]]:
    """The same, before it is sent."""
    said = form.cleaned_data
    return [
        {"key": "Ground", "text": CRITERIA[said["criterion"]]},
        {"key": "Why this victim should be heard", "text": said["reason"]},
        {"key": "Whom she fears, and what for", "text": said["who_she_fears"]},
        {"key": "Is it safe to talk with her about it?", "text": SAFE_WORDS.get(said["safe_to_discuss"], "")},
        {"key": "Talked over with her", "text": "Yes" if said["discussed"] == "yes" else "No"},
        {"key": "How to contact her safely", "text": said["safe_contact"]},
        {"key": "Shared because", "text": f"{BASES[said['basis']]}. {said['basis_reason']}"},
    ]


def record_page(row: MaracReferral, viewer: Viewer) -> dict[str, Any]:
    """The page of one referral, for sender, coordinator, supporting service and those who were sent a copy."""
    people = queries.people_of(row)
    holds_case = row.from_team.agency_id == viewer.user.agency_id
    return {
        "referral": row,
        "people": people_rows(people),
        "rows": record_rows(row),
        "items": [
            {
                "meeting": when(item.meeting.held_on, year=True),
                "by": item.listed_by.name,
                "at": item.listed_at,
                "copies": sentence([copy.get("name", copy["to"]) for copy in item.copies]),
            }
            for item in queries.items_of(row, viewer)
        ],
        "is_coordinator": row.to_team_id in viewer.team_ids and viewer.user.may("list_marac"),
        "case_href": case_href(row.case) if holds_case else "",
        "may_offer": row.idva_team_id in viewer.team_ids and viewer.user.may("offer_support"),
        "bars": bars_beside(row.case) if row.to_team_id in viewer.team_ids else [],
    }


@dataclass(frozen=True)
class Waiting:
    """One referral in the coordinator's list: initials only."""

    href: str
    reference: str
    who: str
    children: str
    sender: str
    area: str
    sent: datetime
    ground: str
    listed: bool


def waiting(rows: Iterable[MaracReferral], at: datetime) -> list[Waiting]:
    """The coordinator's list."""
    found = []
    for row in rows:
        people = queries.people_of(row)
        victim = next((person for person in people if "victim" in person["roles"]), None)
        found.append(
            Waiting(
                href=reverse("marac:referral", args=[row.pk]),
                reference=row.case.reference,
                who=(initials(victim["name"]) if victim else "") or "Victim not named",
                children=sentence(ages(people, at)),
                sender=f"{row.from_team.agency.name}, {row.from_team.name}",
                area=row.case.area.name,
                sent=row.sent_at,
                ground=CRITERIA[row.criterion],
                listed=row.state == "listed",
            )
        )
    return found


def received(case: Case, viewer: Viewer) -> list[Received]:
    """What a service that supports her was sent."""
    return [
        Received(
            title="Referral to MARAC",
            sender=f"{row.sent_by.name}, {row.from_team.agency.name}",
            sent=row.sent_at,
            href=reverse("marac:referral", args=[row.pk]),
            people=queries.people_of(row),
            rows=record_rows(row),
            facts=row.facts,
            safe_contact=row.safe_contact.open(),
            warning=NOT_TO_BE_SPOKEN_OF.get(row.safe_to_discuss, ""),
            channels=row.channels,
        )
        for row in queries.offered(case, viewer)
    ]


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """MARAC on the case page."""
    lines = [
        PanelLine(
            title="Referral to MARAC",
            href=reverse("marac:referral", args=[row.pk]),
            when=row.sent_at,
            by=f"{row.sent_by.name} to {row.to_team.name}",
            state="Listed" if row.state == "listed" else "Not listed yet",
            meaning="done" if row.state == "listed" else "waiting",
            text=CRITERIA[row.criterion],
        )
        for row in queries.sent_to(case, viewer)
    ]
    lines += [
        PanelLine(
            "Not referred to MARAC", "", row.decided_at, row.decided_by.name, "Decided not to", "plain", row.reason
        )
        for row in queries.not_referred(case, viewer)
    ]
    return {"marac_lines": sorted(lines, key=lambda line: line.when, reverse=True)} if lines else None
